using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Controller.Tests.Repair;

/// <summary>Nodes that do not last their probation, in ways that nobody tells.</summary>
public class RelapseTests
{
    [Fact]
    public void A_node_that_is_lost_in_its_probation_gets_no_work_when_it_is_back()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation);
        site.Fleet[5] = site.Fleet[5] with { IsSilent = true };
        site.Pass(30);
        Assert.Equal(RepairStep.Probation, site.Repair.Step); // silent is not gone
        site.Node = site.Node with { Phase = NodePhase.Down };
        site.Until(RepairStep.People);
        Assert.Equal((true, 1), (site.Node.IsDrained, site.Repair.Relapses));
        Assert.Contains("have both lost it", site.Repair.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Where_a_drain_needs_an_approval_a_relapse_asks_for_it()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation).Pass(5);
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { Mode = ActionMode.Approve } };
        site.Ail();
        site.Pass(10);
        Assert.Equal((NodePhase.InService, 1), (site.Node.Phase, site.Fleet.State.ApprovalsAwaited));
        Assert.Contains(site.Fleet.State.Decisions.Values, decision => decision.Verdict == Verdict.AwaitsApproval);
        site.Fleet.Order(OrderKind.Approve, site.Repair.Incident);
        site.Pass(60);
        Assert.Equal((NodePhase.Drained, 1), (site.Node.Phase, site.Repair.Relapses));
    }

    /// <summary>Between the repair's line and the drain's: nobody else's hand is to be seen in it.</summary>
    [Fact]
    public void Killed_in_giving_it_back_the_node_is_still_taken_out_when_it_relapses()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation);
        var drain = site.Fleet.Journal.OfType<JournalEntry.OfDrain>().Last(entry => entry.Drain.Returned is null).Drain;
        site.Fleet.State = site.Fleet.State.With(new JournalEntry.OfDrain(drain) { At = site.Cluster.Now });
        site.Pass(3);
        Assert.DoesNotContain("n5", site.Fleet.State.Drains.Keys);
        site.Ail();
        site.Until(RepairStep.People);
        Assert.Equal((NodePhase.Drained, 1), (site.Node.Phase, site.Repair.Relapses));
    }
}
