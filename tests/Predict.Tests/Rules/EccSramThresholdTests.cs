using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class EccSramThresholdTests() : RuleContract(new EccSramThreshold(), Severity.Failing)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.EccSramThresholdExceeded, 0, 0, 1);
}
