using Forewarn.Controller.Coordination;
using Forewarn.Controller.Decisions;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Tests.Coordination;

public class MovePlanTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Fact]
    public void What_is_only_observed_is_proposed_with_the_placements_that_lost()
    {
        Mode(ActionMode.Observe);
        _fleet.Announce(3).Pass(5);
        var plan = Assert.Single(MovePlan.All(_fleet.State));
        Assert.Equal(("1-41", PlanState.Proposed), (plan.Id, plan.State));
        Assert.NotEmpty(plan.Decision!.Losing);
        Assert.All(plan.Decision.Losing, losing => Assert.DoesNotContain("n3 → n5", losing.Moves)); // that one was taken
    }

    [Fact]
    public void What_a_person_approved_is_approved_until_it_runs_and_done_when_it_has()
    {
        Mode(ActionMode.Approve);
        _fleet.Announce(3).Pass(5);
        Order(OrderKind.Approve);
        Assert.Equal(PlanState.Approved, MovePlan.Find(_fleet.State, "1-41")!.State);
        _fleet.Until(RecoveryStep.AwaitingCheckpoint);
        Assert.Equal(PlanState.Running, MovePlan.Find(_fleet.State, "1-41")!.State);
        _fleet.ToItsEnd();
        Assert.Equal(PlanState.Done, MovePlan.Find(_fleet.State, "1-41")!.State);
    }

    [Fact]
    public void What_a_person_rejected_is_rejected()
    {
        Mode(ActionMode.Approve);
        _fleet.Announce(3).Pass(5);
        Order(OrderKind.Reject);
        _fleet.Pass(5);
        Assert.Equal(PlanState.Rejected, MovePlan.Find(_fleet.State, "1-41")!.State);
    }

    [Fact]
    public void A_plan_whose_trouble_ended_first_has_lapsed()
    {
        Mode(ActionMode.Observe);
        _fleet.Announce(3).Pass(5);
        var incident = _fleet.State.Incidents[1];
        _fleet.State = _fleet.State.With(new JournalEntry.OfIncident(incident with { Closed = incident.Opened.AddMinutes(5) }) { At = incident.Opened.AddMinutes(5) });
        Assert.Equal(PlanState.Lapsed, MovePlan.Find(_fleet.State, "1-41")!.State);
    }

    [Fact]
    public void To_let_a_job_end_where_it_is_is_no_plan_to_move_it()
    {
        var left = new DecisionRecord { Incident = 1, Job = "41", Nodes = ["n3"], Verdict = Verdict.Drained, Why = "it is done soon" };
        Assert.Empty(MovePlan.All(ControllerState.Empty.With(new JournalEntry.OfDecision(left) { At = default })));
        Assert.Null(MovePlan.Find(ControllerState.Empty, "1-41"));
    }

    private void Mode(ActionMode mode) => _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = mode } };

    private void Order(OrderKind kind)
        => _fleet.State = _fleet.State.With(new JournalEntry.OfOrder(new(kind, "uid 0 (root)", "", 1, "41") { Of = Alternative.MoveNow }) { At = default });
}
