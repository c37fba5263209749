using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>A job that ends with an error because its card has failed is started anew; one that ends of anything else stays ended.</summary>
public class CasualtyTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    public CasualtyTests() => _fleet.Look();

    [Fact]
    public void A_job_that_ends_of_its_card_is_started_anew_beneath_its_leaf()
    {
        _fleet.Cluster.Die();
        Fail(3).ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, 1, NodePhase.Draining), (_fleet.Move.Outcome, _fleet.Cluster.Job!.Restarts, _fleet.Cluster[3].Phase));
        Assert.Equal(["n1", "n2", "n4", "n5"], _fleet.Cluster.Job.Nodes.Select(node => node.Name));
        Assert.Equal((0, 1), (Count<SchedulerAct.Signal>(), Count<SchedulerAct.StopAndHold>()));
    }

    [Fact]
    public void It_may_have_been_seen_to_have_ended_before_the_failure_is_told()
    {
        _fleet.Cluster.Die();
        _fleet.Pass(30);
        Assert.Equal(RecoveryOutcome.Recovered, Fail(3).ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void Where_it_had_some_cards_of_its_node_nobody_knows_that_it_was_this_one()
    {
        _fleet.Cluster.Die();
        _fleet.Cluster.Job = _fleet.Cluster.Job! with { Nodes = [.. _fleet.Cluster.Job!.Nodes.Select(node => node with { HoldsAll = false })] };
        _fleet.Pass(30);
        Fail(3).Pass(60);
        Assert.Equal(JobPhase.Ended, _fleet.Cluster.Job!.Phase);
    }

    [Fact]
    public void It_may_end_when_the_failure_is_known_already()
    {
        _fleet.Order(OrderKind.Hold, node: "n3");
        Fail(3).Pass(60);
        _fleet.Cluster.Die();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.Order(OrderKind.Unhold, node: "n3").ToItsEnd().Move.Outcome);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)] // the move is over by then: of its own error, as it seemed
    public void It_may_end_of_a_failure_that_was_announced_while_its_checkpoint_is_awaited(int seconds)
    {
        _fleet.Cluster.OnSignal = static () => { };
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        _fleet.Cluster.Die();
        _fleet.Pass(seconds);
        Fail(3);
        if (seconds > 0) _fleet.Until(RecoveryStep.Securing);
        _fleet.ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, 1), (_fleet.Move.Outcome, _fleet.Cluster.Job!.Restarts));
    }

    [Fact]
    public void Of_its_own_error_while_its_card_is_about_to_fail_it_has_ended()
    {
        _fleet.Cluster.OnSignal = static () => { };
        _fleet.Announce(3).Until(RecoveryStep.AwaitingCheckpoint);
        _fleet.Cluster.Die();
        Assert.Equal((RecoveryOutcome.JobEnded, JobPhase.Ended), (_fleet.ToItsEnd().Move.Outcome, _fleet.Cluster.Job!.Phase));
    }

    [Theory]
    [InlineData("undeclared")]
    [InlineData("leave")]
    [InlineData("off")]
    [InlineData("well")]
    [InlineData("cancelled")]
    [InlineData("requeued never")]
    [InlineData("long before")]
    [InlineData("elsewhere")]
    public void Any_other_stays_as_it_is(string which)
    {
        _fleet.Cluster.Die();
        var job = _fleet.Cluster.Job!;
        _fleet.Cluster.Job = which switch
        {
            "undeclared" => job with { Contract = JobContract.Undeclared },
            "leave" => job with { Contract = job.Contract with { OnFailure = OnFailure.Leave } },
            "off" => job with { Contract = job.Contract with { IsOff = true } },
            "well" => job with { EndedInError = false, EndedWell = true },
            "cancelled" => job with { Phase = JobPhase.Cancelled },
            "requeued never" => job with { CanRequeue = false },
            "long before" => job with { Ended = job.Ended - TimeSpan.FromMinutes(2) },
            _ => job,
        };
        Fail(which == "elsewhere" ? 7 : 3).Pass(120);
        Assert.Equal((_fleet.Cluster.Job!.Phase, 0), (which == "cancelled" ? JobPhase.Cancelled : JobPhase.Ended, Count<SchedulerAct.StopAndHold>()));
        Assert.Equal(NodePhase.Draining, _fleet.Cluster[which == "elsewhere" ? 7 : 3].Phase);
    }

    [Fact]
    public void Long_after_the_failure_it_has_ended_of_something_else()
    {
        _fleet.Order(OrderKind.Hold, node: "n3");
        Fail(3).Pass(31 * 60);
        _fleet.Cluster.Die();
        _fleet.Order(OrderKind.Unhold, node: "n3").Pass(60);
        Assert.Equal(JobPhase.Ended, _fleet.Cluster.Job!.Phase);
    }

    [Fact]
    public void What_others_have_taken_of_its_nodes_meanwhile_is_theirs()
    {
        _fleet.Cluster.Die();
        _fleet.Cluster[1] = _fleet.Cluster[1] with { FreeCards = 0 };
        Fail(3).ToItsEnd();
        var nodes = _fleet.Cluster.Job!.Nodes.Select(node => node.Name).ToList();
        Assert.Equal((RecoveryOutcome.Recovered, 4), (_fleet.Move.Outcome, nodes.Count));
        Assert.DoesNotContain("n1", nodes);
        Assert.DoesNotContain("n3", nodes);
    }

    [Fact]
    public void Nodes_that_are_taken_while_they_are_being_held_are_replaced()
    {
        _fleet.Cluster.Die();
        Fail(3).Until(RecoveryStep.Securing);
        _fleet.Cluster[2] = _fleet.Cluster[2] with { FreeCards = 0 };
        _fleet.ToItsEnd();
        Assert.Equal((RecoveryOutcome.Recovered, 2), (_fleet.Move.Outcome, _fleet.Move.Attempt));
        Assert.DoesNotContain("n2", _fleet.Cluster.Job!.Nodes.Select(node => node.Name));
    }

    [Fact]
    public void A_stop_that_takes_effect_when_the_move_is_given_up_leaves_it_not_held()
    {
        _fleet.Cluster.Die();
        Fail(3).Until(RecoveryStep.Stopping);
        _fleet.KilledBefore.UnionWith(Enumerable.Range(0, 10_000));
        _fleet.Pass(2);
        _fleet.Cluster[3] = _fleet.Cluster[3] with { Phase = NodePhase.InService, Reason = "" };
        Assert.Equal(RecoveryStep.Undoing, _fleet.Pass(3).Move.Step);
        _fleet.KilledBefore.Clear();
        _fleet.Cluster.Do(new SchedulerAct.StopAndHold("41", MayHaveEnded: true));
        Assert.Equal(RecoveryOutcome.Overruled, _fleet.ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void Failed_once_more_it_has_failed_when_it_first_did()
    {
        _fleet.Cluster.Die();
        Fail(3).Until(RecoveryStep.Securing);
        _fleet.Cluster.Pass(TimeSpan.FromSeconds(90));
        _fleet.Announce(3).Look();
        Fail(3).Look();
        Assert.Equal(RecoveryOutcome.Recovered, _fleet.ToItsEnd().Move.Outcome);
    }

    [Fact]
    public void What_was_not_done_for_it_within_half_an_hour_is_not_done_any_more()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = Forewarn.Controller.Guards.ActionMode.Approve } };
        _fleet.Cluster.Die();
        Fail(3).Pass(10);
        Assert.Equal(Verdict.AwaitsApproval, _fleet.Last.Verdict);
        _fleet.Cluster.Pass(TimeSpan.FromMinutes(31));
        _fleet.Order(OrderKind.Approve, 1, "41").Pass(60);
        Assert.Equal(JobPhase.Ended, _fleet.Cluster.Job!.Phase);
    }

    [Fact]
    public void With_nowhere_to_go_it_stays_ended_and_the_node_is_drained()
    {
        _fleet.Cluster.Die();
        foreach (var node in Enumerable.Range(5, 4)) _fleet.Cluster[node] = _fleet.Cluster[node] with { FreeCards = 0 };
        Fail(3).Pass(60);
        Assert.Equal((JobPhase.Ended, NodePhase.Draining, Verdict.Drained), (_fleet.Cluster.Job!.Phase, _fleet.Cluster[3].Phase, _fleet.Last.Verdict));
        Assert.Contains("nowhere to go", _fleet.Last.Decision!.Stakes.CannotMove, StringComparison.Ordinal);
    }

    private TestFleet Fail(int node) => _fleet.Announce(node, rule: "device-lost", code: 79, state: HealthState.Failed, work: WorkAction.StopNow);

    private int Count<T>()
        where T : SchedulerAct => _fleet.Cluster.Done.OfType<T>().Count();
}
