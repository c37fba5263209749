using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.States;

public class LatchTests
{
    private readonly SaidRule _rule = new();
    private readonly TestNode _node;

    public LatchTests() => _node = new TestNode(2, _rule);

    private static Verdict Ill(Latch latch) => new(0, 5, 3) { Latch = latch };

    /// <summary>A turn of both lanes, with a counter that was never told of before or grows.</summary>
    private void Turn(double counted)
    {
        _node.Read(0, SampleGroup.Fast, Reading.Of(SignalId.Energy, counted)).Read(0, SampleGroup.Slow, Reading.Of(SignalId.RowRemapPending, 0));
        _node.Pass(1);
    }

    [Theory]
    [InlineData(Latch.None, false)]
    [InlineData(Latch.Reset, true)]
    [InlineData(Latch.Reboot, true)]
    [InlineData(Latch.Repair, true)]
    public void A_latched_finding_stays_when_its_cause_is_gone(Latch latch, bool stays)
    {
        _rule.Holds = [Ill(latch)];
        Turn(5);
        _rule.Holds = [];
        _node.Pass(7200);
        Assert.Equal(stays ? 1 : 0, _node.Findings().Count);
    }

    [Theory]
    [InlineData(Latch.Reset, 0)]
    [InlineData(Latch.Reboot, 1)]
    [InlineData(Latch.Repair, 1)]
    public void A_reset_opens_its_own_latch_alone(Latch latch, int left)
    {
        _rule.Holds = [Ill(latch)];
        Turn(5);
        _rule.Holds = [];
        _node.Reset(0);
        Turn(1);
        _node.Pass(62);
        Assert.Equal(left, _node.Findings().Count);
        if (left == 0) Assert.Equal("the device was reset or its driver loaded anew and its cause is gone", _node.Transitions.Last(transition => transition.Finding is not null).Why);
    }

    [Fact]
    public void A_driver_of_another_version_opens_the_latch_of_a_reset()
    {
        _node.Node.DriverIs("nvml", "570.1", _node.Now);
        _rule.Holds = [Ill(Latch.Reset)];
        Turn(5);
        _rule.Holds = [];
        _node.Node.DriverIs("nvml", "580.2", _node.Now);
        _node.Pass(62);
        Assert.Empty(_node.Findings());
    }

    [Theory]
    [InlineData(Latch.Reset, 0)]
    [InlineData(Latch.Reboot, 0)]
    [InlineData(Latch.Repair, 1)]
    public void A_reboot_opens_the_latches_of_reset_and_reboot(Latch latch, int left)
    {
        _rule.Holds = [Ill(latch)];
        Turn(5);
        _rule.Holds = [];
        _node.Restart("b0070000-0000-4000-8000-000000000002").Pass(62);
        Assert.Equal(left, _node.Findings().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_restart_of_the_agent_opens_no_latch(bool isMemoryLost)
    {
        _rule.Holds = [Ill(Latch.Reset)];
        Turn(5);
        _rule.Holds = [];
        _node.Restart(isMemoryLost: isMemoryLost);
        Turn(6);
        _node.Pass(3600);
        Assert.Single(_node.Findings());
    }

    [Fact]
    public void A_reset_while_the_agent_did_not_run_opens_the_latch()
    {
        _rule.Holds = [Ill(Latch.Reset)];
        Turn(5);
        _rule.Holds = [];
        _node.Restart();
        Turn(1);
        _node.Pass(62);
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void What_a_reset_did_not_heal_is_raised_again_as_another_episode()
    {
        _rule.Holds = [Ill(Latch.Reset)];
        Turn(5);
        _node.Pass(100);
        _node.Reset(0);
        Turn(1);
        Assert.Equal(2, _node.Transitions.Count(transition => transition.Kind == HealthEventKind.FindingRaised && transition.Device.Index == 0));
        Assert.Equal(_node.Now, Assert.Single(_node.Findings()).FirstSeen);
        Assert.Contains("is there again", _node.Transitions.Last(transition => transition.Kind == HealthEventKind.FindingCleared).Why, StringComparison.Ordinal);
        _node.Pass(100);
        Assert.Equal(3, _node.Told(HealthEventKind.FindingRaised)); // the other card's is the third
    }

    [Fact]
    public void What_was_read_before_the_reset_does_not_close_the_latch_again()
    {
        _rule.Holds = [Ill(Latch.Reset)];
        Turn(5);
        _node.Reset(0).Read(0, SignalId.Energy, 1).Pass(30); // the slow lane, which has the flag, was not read yet
        Assert.Equal(1, _node.Transitions.Count(transition => transition.Kind == HealthEventKind.FindingRaised && transition.Device.Index == 0));
        _rule.Holds = [];
        Turn(2);
        _node.Pass(62);
        Assert.Empty(_node.Findings());
    }

    [Fact]
    public void An_event_from_before_the_reset_holds_no_more_and_one_after_it_does()
    {
        var before = _node.Now;
        _rule.Holds = [Ill(Latch.Reset) with { Last = before }];
        Turn(5);
        _node.Pass(10);
        Turn(6);
        _node.Reset(0);
        Turn(1);
        _node.Pass(62);
        Assert.Empty(_node.Findings());
        _rule.Holds = [Ill(Latch.Reset) with { Last = _node.Now }];
        _node.Pass(1);
        Assert.Equal(_node.Now - TimeSpan.FromSeconds(1), Assert.Single(_node.Findings()).LastSeen);
    }

    [Fact]
    public void An_event_between_the_last_reading_before_a_reset_and_the_first_after_it_is_not_lost()
    {
        Turn(5);
        _node.Pass(5);
        _rule.Holds = [Ill(Latch.Reset) with { Last = _node.Now }];
        _node.Pass(5);
        _node.Reset(0);
        Turn(1);
        _node.Pass(120);
        Assert.Single(_node.Findings());
    }

    [Fact]
    public void A_latched_finding_becomes_no_milder_by_waiting()
    {
        _rule.Holds = [Ill(Latch.Reset) with { Severity = Severity.Failing }];
        Turn(5);
        _rule.Holds = [Ill(Latch.Reset) with { Severity = Severity.Watch }];
        _node.Pass(3600);
        Assert.Equal(HealthState.Failing, _node.State());
    }
}
