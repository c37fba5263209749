using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class FanStoppedTests() : RuleContract(new FanStopped(), Severity.Degraded)
{
    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.FanRevolutions, 3000, 200, 0, 1);
        Put(condition, SignalId.FanSpeed, 0.6, 0.6, 0.6, 1);
    }

    [Fact]
    public void A_fan_may_stand_still_while_little_is_asked_of_it()
    {
        Node.Read(0, SignalId.FanRevolutions, 0).Read(0, SignalId.FanSpeed, 0.1).Pass(600);
        Assert.Empty(Node.Findings());
    }
}
