using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PowerOverLimitTests() : RuleContract(new PowerOverLimit(), Severity.Watch, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.Power, 690, 804, 806);
        Put(condition, SignalId.PowerLimit, 700, 700, 700);
    }
}
