using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ThrottledPowerBrakeTests() : RuleContract(new ThrottledPowerBrake(), Severity.Degraded, step: 1, soon: 600)
{
    protected override void Read(Condition condition) => Count(condition, SignalId.ThrottledHardwarePowerBrake, 0, 5, 45);
}
