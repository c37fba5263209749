using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ThrottledSoftwareThermalTests() : RuleContract(new ThrottledSoftwareThermal(), Severity.Watch, step: 1, soon: 600)
{
    protected override void Read(Condition condition) => Count(condition, SignalId.ThrottledSoftwareThermal, 0, 28, 45);
}
