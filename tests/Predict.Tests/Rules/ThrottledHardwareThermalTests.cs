using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class ThrottledHardwareThermalTests() : RuleContract(new ThrottledHardwareThermal(), Severity.Degraded, step: 1, soon: 600)
{
    protected override void Read(Condition condition) => Count(condition, SignalId.ThrottledHardwareThermal, 0, 5, 45);

    [Fact]
    public void A_minute_in_ten_is_watched()
    {
        for (var second = 0; second < 600; second++) Node.Read(0, SignalId.ThrottledHardwareThermal, second * 0.2).Pass(1);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
    }
}
