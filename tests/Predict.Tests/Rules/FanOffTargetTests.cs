using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class FanOffTargetTests() : RuleContract(new FanOffTarget(), Severity.Watch, soon: 420)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.FanTarget, 0.8, 0.8, 0.8);
        Put(condition, SignalId.FanSpeed, 0.8, 0.6, 0.5);
    }
}
