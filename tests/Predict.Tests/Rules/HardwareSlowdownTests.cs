using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class HardwareSlowdownTests() : RuleContract(new HardwareSlowdown(), Severity.Degraded, step: 1)
{
    private int _second;

    protected override void Read(Condition condition)
    {
        Put(condition, SignalId.ClockEventHardwareSlowdown, 0, ++_second % 30 == 0 ? 0 : 1, 1);
        Put(condition, SignalId.ClockEventHardwarePowerBrake, 0, 0, 1);
        Put(condition, SignalId.ClockEventHardwareThermal, 0, 0, 0);
    }

    [Fact]
    public void What_a_counter_counts_is_told_by_its_own_rule()
    {
        for (var second = 0; second < 300; second++)
        {
            Node.Read(0, SignalId.ClockEventHardwareSlowdown, 1).Read(0, SignalId.ClockEventHardwareThermal, 1).Read(0, SignalId.ThrottledHardwareThermal, second).Pass(1);
        }

        Assert.Empty(Node.Findings());
    }
}
