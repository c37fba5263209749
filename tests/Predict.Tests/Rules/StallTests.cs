using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.Tests.Rules;

public class StallTests
{
    private readonly TestNode _node = new(3, new DeviceStalled(), new DriverStalled());

    [Fact]
    public void A_stalled_card_is_degraded_at_once_and_failed_after_a_minute_while_siblings_are_served()
    {
        Stall(0);
        Assert.Equal(HealthState.Degraded, _node.State(0));
        Serve(60, 1, 2);
        Assert.Equal(HealthState.Degraded, _node.State(0));
        Serve(1, 1, 2);
        var finding = Assert.Single(_node.Findings(0));
        Assert.Equal((Severity.Failed, RepairAction.ResetDevice), (finding.Severity, finding.Actions.Repair));
        Assert.Equal(HealthState.Healthy, _node.State(1));
        Assert.Empty(_node.NodeFindings());
    }

    [Fact]
    public void Siblings_that_are_read_every_half_minute_are_served_in_between()
    {
        for (var turn = 0; turn < 20; turn++) _node.Read(1, SignalId.Power, 100).Pass(30);
        Stall(0);
        for (var turn = 0; turn < 4; turn++) _node.Read(1, SignalId.Power, 100).Pass(29);
        Assert.Equal(Severity.Failed, Assert.Single(_node.Findings(0)).Severity);
        Assert.DoesNotContain(_node.Transitions, change => change.Finding is { Rule: "driver-stalled" });
    }

    [Fact]
    public void One_sibling_that_answers_is_enough()
    {
        Stall(0, 1);
        Serve(61, 2);
        Assert.Equal((HealthState.Failed, HealthState.Failed), (_node.State(0), _node.State(1)));
    }

    [Fact]
    public void When_all_stall_it_is_the_drivers_lock_and_no_single_card_has_failed()
    {
        Serve(1, 0, 1, 2);
        Stall(0, 1, 2);
        _node.Pass(60);
        Assert.Empty(_node.NodeFindings());
        _node.Pass(1);
        var finding = Assert.Single(_node.NodeFindings());
        Assert.Equal(("driver-stalled", Severity.Failed, RepairAction.RebootNode), (finding.Rule, finding.Severity, finding.Actions.Repair));
        Assert.Contains("lock", finding.Summary, StringComparison.Ordinal);
        _node.Pass(600);
        Assert.All([0, 1, 2], card => Assert.Equal(HealthState.Degraded, _node.State(card)));
    }

    [Fact]
    public void It_clears_a_minute_after_calls_return()
    {
        Stall(0);
        Serve(100, 1, 2);
        _node.Become(_node.Card(0), DevicePresence.Measured);
        Serve(59, 0, 1, 2);
        Assert.Single(_node.Findings(0));
        Serve(2, 0, 1, 2);
        Assert.Empty(_node.Findings(0));
    }

    [Fact]
    public void It_stands_after_a_restart_until_the_card_is_measured()
    {
        Stall(0);
        Serve(100, 1, 2);
        var after = _node.Restarted(3, new DeviceStalled(), new DriverStalled());
        after.Become(after.Card(0), DevicePresence.Unknown).Pass(600);
        Assert.Single(after.Findings(0));
        after.Become(after.Card(0), DevicePresence.Measured).Pass(61);
        Assert.Empty(after.Findings(0));
    }

    private void Stall(params int[] cards)
    {
        foreach (var card in cards) _node.Become(_node.Card(card), DevicePresence.Stalled, NoDataReason.Stalled);
        _node.Ask();
    }

    private void Serve(int seconds, params int[] cards)
    {
        for (var second = 0; second < seconds; second++)
        {
            foreach (var card in cards) _node.Read(card, SignalId.Power, 100);
            _node.Pass(1);
        }
    }
}
