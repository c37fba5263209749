using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class TemperatureOverLimitTests() : RuleContract(new TemperatureOverLimit(), Severity.Degraded, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.TemperatureMargin, 40, -1, -2);
        Put(condition, SignalId.TemperatureTLimitSlowdown, -2, -2, -2);
    }

    [Fact]
    public void Memory_has_a_limit_of_its_own()
    {
        Node.Read(0, SignalId.TemperatureMemory, 95).Read(0, SignalId.TemperatureLimitMemory, 95).Pass(40);
        Assert.Equal(1, Assert.Single(Node.Findings()).Key);
    }

    [Fact]
    public void A_margin_that_says_nothing_for_good_is_not_believed()
    {
        Node.Read(0, SignalId.TemperatureMargin, 0).Read(0, SignalId.TemperatureGpu, 45).Read(0, SignalId.TemperatureLimitSlowdown, 89).Pass(600);
        Assert.Empty(Node.Findings());
    }
}
