using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PowerSupplyShortTests() : RuleContract(new PowerSupplyShort(), Severity.Degraded)
{
    protected override void Read(Condition condition) => Put(condition, SignalId.PowerSource, 0, 0, 2);

    [Fact]
    public void A_battery_is_worth_a_look()
    {
        Node.Read(0, SignalId.PowerSource, 1).Pass(180);
        Assert.Equal(Severity.Watch, Assert.Single(Node.Findings()).Severity);
    }
}
