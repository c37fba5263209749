using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

public class CoordinatorTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Fact]
    public void With_nothing_the_matter_nothing_is_done()
    {
        Assert.Empty(_fleet.Plan().Steps);
        Assert.Empty(_fleet.Pass(60).Journal);
    }

    [Fact]
    public void A_card_that_is_announced_to_fail_moves_its_job_to_the_spare_beneath_the_same_leaf()
    {
        _fleet.Announce(3).ToItsEnd();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Move.Outcome);
        Assert.Equal(["n1", "n2", "n4", "n5"], _fleet.Cluster.Job!.Nodes.Select(node => node.Name));
        Assert.Equal("/ckpt/asked", _fleet.Move.Checkpoint!.Path);
        Assert.StartsWith("forewarn[3/1]", _fleet.Cluster[3].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_decision_is_kept_with_all_alternatives_its_reason_and_the_place()
    {
        var told = Assert.Single(_fleet.Announce(3).Look().Decisions);
        Assert.Equal((Verdict.Moving, Alternative.MoveNow, 5, "41", "ada"), (told.Verdict, told.Decision!.Chosen, told.Decision.Alternatives.Length, told.Job, told.User));
        Assert.Equal(["n1", "n2", "n5", "n4"], told.Destinations.AsEnumerable());
        Assert.NotEmpty(told.Placement);
        Assert.Contains("move now", told.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void All_is_written_before_anything_is_done()
    {
        var plan = _fleet.Announce(3).Plan();
        Assert.Equal(["incident", "decision", "drain", "recovery"], plan.Steps.SelectMany(step => step.Entries).Select(entry => entry.Kind));
        Assert.Empty(plan.Steps.SelectMany(step => step.Acts));
    }

    [Fact]
    public void The_same_look_yields_the_same_plan()
    {
        _fleet.Announce(3).Announce(7);
        var (one, other) = (_fleet.Plan(), _fleet.Plan());
        Assert.Equal(one.Steps.SelectMany(step => step.Entries).Select(entry => entry.Kind), other.Steps.SelectMany(step => step.Entries).Select(entry => entry.Kind));
        Assert.Equal(one.Steps.SelectMany(step => step.Acts), other.Steps.SelectMany(step => step.Acts));
    }

    [Fact]
    public void Observed_it_is_said_once_and_nothing_is_done()
    {
        _fleet.Settings = new();
        _fleet.Announce(3).Pass(60);
        Assert.Equal((Verdict.Refused, "mode", Alternative.MoveNow), Assert.Single(_fleet.Decisions) is var told ? (told.Verdict, told.Guard, told.Decision!.Chosen) : default);
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void Between_two_readings_only_what_is_new_or_stands_otherwise_is_weighed()
    {
        _fleet.Settings = new() { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Observe } };
        _fleet.IsBetweenReadings = true;
        Assert.Equal(Alternative.MoveNow, Assert.Single(_fleet.Announce(3).Look().Decisions).Decision!.Chosen);
        Assert.Single(_fleet.Announce(7).Look().Decisions, told => told.Nodes.SequenceEqual(["n7"]));

        _fleet[5] = _fleet[6] = _fleet[8] = _fleet[5] with { IsSilent = true }; // nowhere to go any more
        Assert.Equal(2, _fleet.Look().Decisions.Count());
        Assert.Equal(3, _fleet.Announce(3, state: HealthState.Failed).Look().Decisions.Count());
        _fleet[5] = _fleet[6] = _fleet[8] = _fleet[5] with { IsSilent = false };
        Assert.Equal(3, _fleet.Look().Decisions.Count());
        _fleet.IsBetweenReadings = false;
        Assert.Equal(4, _fleet.Look().Decisions.Count());
    }

    [Fact]
    public void A_checkpoint_is_awaited_of_a_job_that_was_asked_or_is_moved_and_of_no_other()
    {
        var watched = _fleet.Announce(3);
        watched.Settings = new() { Guards = watched.Settings.Guards with { Mode = ActionMode.Observe } };
        Assert.Equal(["41"], watched.Look().Plan().Watched.AsEnumerable());
        Assert.Empty(watched.Plan().Awaited);
        watched.Settings = new() { Guards = watched.Settings.Guards with { Mode = ActionMode.Auto } };
        Assert.Equal(["41"], watched.Look().Plan().Awaited);
    }

    [Fact]
    public void What_waits_for_approval_is_done_when_somebody_approves()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Approve } };
        _fleet.Announce(3).Pass(10);
        Assert.Equal(Verdict.AwaitsApproval, _fleet.Last.Verdict);
        Assert.Empty(_fleet.Cluster.Done);
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Order(OrderKind.Approve, 1, "41").ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void What_somebody_rejects_is_not_done()
    {
        _fleet.Order(OrderKind.Reject, 1, "41").Announce(3).Pass(10);
        Assert.Equal((Verdict.Rejected, "hans: so I say"), (_fleet.Last.Verdict, _fleet.Last.Why));
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void A_node_that_a_person_keeps_from_us_is_neither_drained_nor_a_place_to_go()
    {
        _fleet.Order(OrderKind.Hold, node: "n3").Announce(3).Pass(10);
        Assert.Equal("people", _fleet.Last.Guard);
        Assert.Empty(_fleet.Cluster.Done);
        Assert.Equal("n6", _fleet.Order(OrderKind.Unhold, node: "n3").Order(OrderKind.Hold, node: "n5").ToItsEnd().NewNode);
    }

    [Fact]
    public void Only_the_job_that_holds_the_card_is_moved()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Nodes = [.. _fleet.Cluster.Job.Nodes.Select(node => node with { Cards = [0, 1, 2, 3], HoldsAll = false })], Cards = 16 };
        _fleet.Announce(3, card: 7).Pass(10);
        Assert.Empty(_fleet.State.Recoveries);
        Assert.Equal((Verdict.Drained, ""), (_fleet.Last.Verdict, _fleet.Last.Job)); // nobody has the card, and nobody shall get it
        Assert.Equal(NodePhase.Draining, _fleet.Cluster[3].Phase);
    }

    [Fact]
    public void Trouble_of_the_node_itself_concerns_every_job_on_it()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Nodes = [.. _fleet.Cluster.Job.Nodes.Select(node => node with { Cards = [0, 1], HoldsAll = false })], Cards = 8 };
        _fleet.Announce(3, card: 7);
        _fleet[3] = _fleet[3] with { Devices = [_fleet[3].Devices[0] with { Device = DeviceId.Node, Card = -1 }] };
        Assert.Equal("41", _fleet.Look().Last.Job);
    }

    [Fact]
    public void Nodes_that_are_silent_ill_unknown_or_taken_are_no_place_to_go()
    {
        _fleet[5] = _fleet[5] with { IsSilent = true };
        _fleet.Cluster[6] = _fleet.Cluster[6] with { FreeCards = 0 };
        _fleet.Announce(7, work: WorkAction.Observe, state: HealthState.Degraded).Announce(3);
        Assert.Equal("n8", _fleet.ToItsEnd().NewNode);
    }

    [Fact]
    public void With_nowhere_to_go_the_node_is_drained_and_the_job_runs_on()
    {
        foreach (var node in new[] { 5, 6, 7, 8 }) _fleet[node] = _fleet[node] with { IsSilent = true };
        _fleet.Announce(3).Pass(10);
        Assert.NotEqual(Verdict.Moving, _fleet.Last.Verdict);
        Assert.Contains("nowhere to go", _fleet.Last.Decision!.Stakes.CannotMove, StringComparison.Ordinal);
        Assert.Empty(_fleet.State.Recoveries);
    }

    [Fact]
    public void One_that_opted_out_runs_on_under_the_drain()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Contract = new() { IsDeclared = true, IsOff = true } };
        _fleet.Announce(3).Pass(10);
        Assert.True(_fleet.Last.Verdict is Verdict.Drained or Verdict.Left, $"{_fleet.Last}");
        Assert.Empty(_fleet.State.Recoveries);
    }

    [Fact]
    public void The_last_node_but_one_of_the_share_is_drained_and_no_other_in_the_same_look()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { MaxDrainedShare = 0.01 } };
        _fleet.Announce(6, rule: "a").Announce(7, rule: "b").Announce(8, rule: "c").Look();
        Assert.Single(_fleet.Cluster.Done.OfType<SchedulerAct.TakeOut>());
        Assert.Equal(["", "drained-share", "drained-share"], _fleet.Decisions.Select(told => told.Guard));
    }

    [Fact]
    public void Three_nodes_of_a_leaf_with_one_finding_are_for_people()
    {
        _fleet.Announce(1).Announce(2).Announce(3).Pass(5);
        Assert.All(_fleet.Decisions, told => Assert.Equal("fleet-trouble", told.Guard));
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void An_error_of_programs_on_two_nodes_of_a_job_is_its_own_doing()
    {
        _fleet.Announce(1, rule: "xid-31", code: 31).Announce(2, rule: "xid-31", code: 31).Pass(5);
        Assert.All(_fleet.Decisions, told => Assert.Equal("software", told.Guard));
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void A_trouble_is_closed_when_it_is_over_and_the_node_is_back()
    {
        _fleet.Announce(7).Pass(3).Recover(7).Pass(3);
        Assert.Single(_fleet.State.Open); // it is still out: by us
        _fleet.Cluster[7] = _fleet.Cluster[7] with { Phase = NodePhase.InService, Reason = "" };
        Assert.Empty(_fleet.Pass(2).State.Open);
        Assert.Empty(_fleet.State.Drains);
    }

    [Fact]
    public void A_silent_node_is_no_reason_to_act()
    {
        _fleet[3] = _fleet[3] with { IsSilent = true };
        Assert.Empty(_fleet.Pass(5).Journal);
        _fleet[3] = _fleet[3] with { IsSilent = false };
        _fleet.Settings = new();
        _fleet.Announce(3).Pass(2);
        _fleet.Settings = new() { Guards = new() { Mode = ActionMode.Auto } };
        _fleet[3] = _fleet[3] with { IsSilent = true };
        Assert.Equal("unknown-state", _fleet.Pass(5).Last.Guard);
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void A_node_that_is_awaited_after_a_start_is_neither_gone_nor_judged_by_what_it_told_before()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Observe } };
        _fleet.Announce(3).Look();
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Auto } };
        var written = _fleet.Journal.Count;
        _fleet[3] = _fleet[3] with { IsAwaited = true };
        _fleet[7] = _fleet[7] with { IsAwaited = true };
        foreach (var node in new[] { 3, 7 }) _fleet.Cluster[node] = _fleet.Cluster[node] with { Phase = NodePhase.Down };
        Assert.Equal(written, _fleet.Pass(5).Journal.Count);
        Assert.Empty(_fleet.Cluster.Done);

        // It had its time, and did not speak: now agent and scheduler have both lost it.
        _fleet[7] = _fleet[7] with { IsAwaited = false, IsSilent = true };
        Assert.Contains(_fleet.Look().State.Open, incident => incident is { Node: "n7", Rule: "node-gone" });
    }

    [Fact]
    public void A_move_goes_on_while_the_agents_are_awaited_and_keeps_its_place()
    {
        _fleet.Announce(3).Until(RecoveryStep.Stopping);
        for (var node = 1; node <= 8; node++) _fleet[node] = _fleet[node] with { IsAwaited = true };
        _fleet.ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, 1), (_fleet.Move.Outcome, _fleet.Move.Attempt));
        Assert.Equal(["n1", "n2", "n4", "n5"], _fleet.Cluster.Job!.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_node_that_is_awaited_is_no_place_to_go()
    {
        _fleet[5] = _fleet[5] with { IsAwaited = true };
        Assert.NotEqual("n5", _fleet.Announce(3).ToItsEnd().NewNode);
    }

    [Fact]
    public void A_job_that_writes_regularly_and_has_time_is_moved_at_its_next_checkpoint()
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Contract = new() { IsDeclared = true, Directory = "/ckpt", Interval = TimeSpan.FromMinutes(10) }, Started = _fleet.Cluster.Now.AddHours(-1) };
        _fleet.Cluster.Newest = new("/ckpt/8", 8, _fleet.Cluster.Now.AddMinutes(-9));
        _fleet.Announce(3).Pass(5);
        Assert.Equal((Verdict.AwaitsCheckpoint, NodePhase.Draining), (_fleet.Last.Verdict, _fleet.Cluster[3].Phase));
        Assert.Empty(_fleet.State.Recoveries);
        _fleet.Cluster.Newest = new("/ckpt/9", 9, _fleet.Cluster.Now);
        Assert.Equal((RecoveryOutcome.Recovered, "/ckpt/9"), _fleet.ToItsEnd() is { Move: var move } ? (move.Outcome, move.Checkpoint!.Path) : default);
    }

    [Fact]
    public void The_jobs_nodes_carry_the_request_while_it_is_awaited()
    {
        _fleet.Cluster.OnSignal = () => { };
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        var orders = CheckpointOrders.Of(_fleet.State, _fleet.Cluster.See().Cluster, _fleet.Settings.Steps, _fleet.Cluster.Now);
        Assert.Equal(["n1", "n2", "n3", "n4"], orders.Keys.Order());
        Assert.Equal(("41", 1L), (orders["n1"][0].Job, orders["n1"][0].Incident));
        _fleet.Until(RecoveryStep.Placing);
        Assert.Empty(CheckpointOrders.Of(_fleet.State, _fleet.Cluster.See().Cluster, _fleet.Settings.Steps, _fleet.Cluster.Now));
    }

    [Theory]
    [InlineData(ActionMode.Approve, true)]
    [InlineData(ActionMode.Observe, false)]
    public void A_job_that_declared_nothing_is_told_by_the_file_alone_where_more_than_looking_on_is_meant(ActionMode mode, bool isTold)
    {
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Contract = JobContract.Undeclared };
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = mode } };
        _fleet.Announce(3).Pass(5);
        var orders = CheckpointOrders.Of(_fleet.State, _fleet.Cluster.See().Cluster, _fleet.Settings.Steps, _fleet.Cluster.Now);
        Assert.Equal(isTold ? ["n1", "n2", "n3", "n4"] : [], orders.Keys.Order());
        Assert.All(orders.Values, told => Assert.Equal(("41", told[0].At), (Assert.Single(told).Job, told[0].Until)));

        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Auto } };
        _fleet.ToItsEnd();
        Assert.Empty(CheckpointOrders.Of(_fleet.State, _fleet.Cluster.See().Cluster, _fleet.Settings.Steps, _fleet.Cluster.Now));
        Assert.Empty(_fleet.Cluster.Done.OfType<SchedulerAct.Signal>());
    }
}
