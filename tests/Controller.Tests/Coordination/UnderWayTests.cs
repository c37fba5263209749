using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>What may be done is asked anew as long as the job runs where it was; and what is not known yet is waited for.</summary>
public class UnderWayTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Theory]
    [InlineData("hold")]
    [InlineData("observe")]
    [InlineData("approve")]
    [InlineData("fleet")]
    public void A_move_whose_ground_is_taken_away_ends_before_the_job_is_stopped(string what)
    {
        _fleet.Cluster.OnSignal = () => { };
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        Withdraw(what);
        Assert.Equal(RecoveryOutcome.Overruled, _fleet.ToItsEnd().Move.Outcome);
        Assert.Equal((JobPhase.Running, 0), (_fleet.Pass(30).Cluster.Job!.Phase, _fleet.Cluster.Job!.Restarts));
        Assert.Equal(RecoveryStep.Closed, _fleet.Move.Step);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("observe")]
    public void A_job_that_was_stopped_already_is_brought_to_its_new_nodes(string what)
    {
        _fleet.Announce(3).Until(RecoveryStep.Placing);
        Withdraw(what);
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void What_was_approved_is_gone_on_with()
    {
        _fleet.Settings = Mode(ActionMode.Approve);
        _fleet.Announce(3).Pass(3).Order(OrderKind.Approve, 1, "41");
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.ToItsEnd().Move.Outcome);
    }

    [Theory]
    [InlineData("hold")]
    [InlineData("observe")]
    public void A_drain_that_was_decided_and_not_done_is_not_done_any_more(string what)
    {
        _fleet.State = _fleet.Announce(7).Plan().State;
        if (what == "hold") _fleet.Order(OrderKind.Hold, node: "n7");
        else Withdraw(what);
        Assert.Equal(NodePhase.InService, _fleet.Pass(5).Cluster[7].Phase);
    }

    [Fact]
    public void An_approval_to_drain_is_none_to_move()
    {
        _fleet.Settings = Mode(ActionMode.Approve);
        foreach (var node in new[] { 5, 6, 7, 8 }) _fleet[node] = _fleet[node] with { IsSilent = true };
        _fleet.Cluster[3] = _fleet.Cluster[3] with { FreeCards = 0 }; // a drain leaves nothing idle
        _fleet.Announce(3).Pass(3);
        Assert.Equal((Verdict.AwaitsApproval, Alternative.DrainAndLetEnd), (_fleet.Last.Verdict, _fleet.Last.Decision!.Chosen));
        _fleet.Order(OrderKind.Approve, 1, "41").Pass(3);
        Assert.Equal((Verdict.Drained, NodePhase.Draining), (_fleet.Last.Verdict, _fleet.Cluster[3].Phase));

        _fleet[5] = _fleet[5] with { IsSilent = false }; // now there is a place to go
        _fleet.Pass(3);
        Assert.Equal((Verdict.AwaitsApproval, Alternative.MoveNow), (_fleet.Last.Verdict, _fleet.Last.Decision!.Chosen));
        Assert.Empty(_fleet.State.Recoveries);
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Order(OrderKind.Approve, 1, "41").ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void A_node_is_taken_from_all_its_partitions_and_each_of_them_is_asked()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Modes = _fleet.Settings.Guards.Modes.Add("debug", ActionMode.Observe) } };
        _fleet.Cluster[3] = _fleet.Cluster[3] with { Partitions = ["gpu", "debug"] };
        _fleet.Announce(3).Pass(5);
        Assert.Equal((Verdict.Refused, "mode", "partition debug is only observed"), (_fleet.Last.Verdict, _fleet.Last.Guard, _fleet.Last.Why));
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void What_a_job_would_lose_is_known_before_it_is_decided()
    {
        _fleet.Cluster.IsUnread = true;
        _fleet.Announce(3).Pass(10);
        Assert.True(_fleet.Plan().AwaitsReading);
        Assert.Empty(_fleet.Decisions);
        Assert.Empty(_fleet.Cluster.Done);
        _fleet.Cluster.IsUnread = false;
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.ToItsEnd().Move.Outcome);
        Assert.False(_fleet.Plan().AwaitsReading);
    }

    [Fact]
    public void What_has_failed_already_waits_for_no_reading()
    {
        _fleet.Cluster.IsUnread = true;
        Assert.Equal(Verdict.Moving, _fleet.Announce(3, rule: "fell-off", state: HealthState.Failed).Look().Last.Verdict);
    }

    [Fact]
    public void A_job_that_asked_for_no_cards_is_not_moved_for_one_on_its_node()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Nodes = [.. _fleet.Cluster.Job.Nodes.Select(node => new JobNode(node.Name, [], HoldsAll: false, HoldsNone: true))] };
        _fleet.Announce(3, card: 7).Announce(4, card: -1, rule: "nobody-knows-which").Pass(5);
        Assert.Empty(_fleet.State.Recoveries);
        Assert.All(_fleet.Decisions, told => Assert.Equal("", told.Job));
    }

    [Fact]
    public void A_signal_that_was_refused_once_is_sent_once_more_to_a_job_that_stays()
    {
        foreach (var node in new[] { 5, 6, 7, 8 }) _fleet[node] = _fleet[node] with { IsSilent = true };
        _fleet.Cluster.OnSignal = () => { };
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Started = _fleet.Cluster.Now.AddHours(-12), Ends = _fleet.Cluster.Now.AddHours(2) };
        _fleet.Announce(3).Pass(3);
        Assert.Equal(Verdict.Asked, _fleet.Last.Verdict);
        Assert.Single(_fleet.Cluster.Done.OfType<SchedulerAct.Signal>());
        Assert.Equal(2, _fleet.Pass(600).Cluster.Done.OfType<SchedulerAct.Signal>().Count());
    }

    private void Withdraw(string what)
    {
        if (what == "hold") _fleet.Order(OrderKind.Hold, node: "n3");
        else if (what == "fleet") _fleet.Announce(1).Announce(2);
        else _fleet.Settings = Mode(what == "observe" ? ActionMode.Observe : ActionMode.Approve);
    }

    private CoordinationSettings Mode(ActionMode mode) => _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = mode } };
}
