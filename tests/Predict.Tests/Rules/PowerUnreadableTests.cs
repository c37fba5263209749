using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class PowerUnreadableTests() : RuleContract(new PowerUnreadable(), Severity.Watch, step: 1)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.TemperatureGpu, 50);
        if (condition is Condition.Ill or Condition.Absent) Node.Read(0, Reading.None(SignalId.Power, NoDataReason.Invalid));
        else Node.Read(0, SignalId.Power, 300);
    }

    [Fact]
    public void A_card_that_does_not_tell_its_power_is_not_at_fault()
    {
        Node.Read(0, SignalId.TemperatureGpu, 50).Read(0, Reading.None(SignalId.Power, NoDataReason.NotSupported)).Pass(600);
        Assert.Empty(Node.Findings());
    }
}
