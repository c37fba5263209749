using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class TemperatureNearLimitTests() : RuleContract(new TemperatureNearLimit(), Severity.Watch, step: 1)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.TemperatureMargin, 40, 6, 5);

    [Fact]
    public void A_card_without_a_margin_is_held_against_its_limits()
    {
        Node.Read(0, SignalId.TemperatureGpu, 85).Read(0, SignalId.TemperatureLimitSlowdown, 89)
            .Read(0, SignalId.TemperatureMemory, 93).Read(0, SignalId.TemperatureLimitMemory, 95).Pass(70);
        Assert.Equal([0, 1], Node.Findings().Select(finding => finding.Key));
    }

    [Fact]
    public void A_moment_near_the_limit_is_nothing()
    {
        for (var i = 0; i < 10; i++) Node.Read(0, SignalId.TemperatureMargin, 2).Pass(40).Read(0, SignalId.TemperatureMargin, 20).Pass(5);
        Assert.Empty(Node.Findings());
    }
}
