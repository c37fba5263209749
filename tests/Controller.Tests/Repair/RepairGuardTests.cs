using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Repair;

/// <summary>Who keeps a repair from being done, and whose orders count more.</summary>
public class RepairGuardTests
{
    [Fact]
    public void Where_repairs_are_only_observed_it_is_told_and_nothing_is_done()
    {
        var site = Modes(ActionMode.Auto, ActionMode.Observe).Pass(600);
        Assert.Equal((RepairStep.Proposed, "mode", false), (site.Repair.Step, site.Repair.Guard, site.Repair.AwaitsApproval));
        Assert.Equal(["TakeOut"], site.Deeds);
        Assert.Equal(2, site.Fleet.Journal.OfType<JournalEntry.OfRepair>().Count()); // told once
    }

    [Fact]
    public void Where_people_approve_it_waits_for_them_and_then_goes_to_its_end()
    {
        var site = Modes(ActionMode.Auto, ActionMode.Approve).Pass(60);
        Assert.Equal((RepairStep.Proposed, true), (site.Repair.Step, site.Repair.AwaitsApproval));
        Assert.Equal(1, site.Fleet.State.ApprovalsAwaited);
        Assert.Equal(["TakeOut"], site.Deeds);
        site.Fleet.Order(OrderKind.ApproveRepair, site.Repair.Incident);
        Assert.Equal(RepairOutcome.Returned, site.Until(RepairStep.Closed).Repair.Outcome);
        Assert.Empty(site.Fleet.State.RepairAnswers); // the next one is asked for anew
    }

    [Fact]
    public void The_approval_of_the_drain_is_none_of_the_repair()
    {
        var site = Modes(ActionMode.Approve, ActionMode.Auto).Pass(5);
        Assert.Empty(site.Deeds);
        site.Fleet.Order(OrderKind.Approve, 1).Pass(20);
        Assert.Equal((RepairStep.Proposed, true), (site.Repair.Step, site.Repair.AwaitsApproval));
    }

    [Fact]
    public void What_somebody_rejects_is_for_people()
    {
        var site = Modes(ActionMode.Auto, ActionMode.Approve).Pass(60);
        site.Fleet.Order(OrderKind.RejectRepair, site.Repair.Incident);
        site.WaitsForPeople("hans rejected RebootNode: so I say");
    }

    [Theory]
    [InlineData(RepairStep.Repairing)]
    [InlineData(RepairStep.Proving)]
    [InlineData(RepairStep.People)]
    public void Who_puts_the_node_back_is_obeyed(RepairStep step)
    {
        var site = new RepairedFleet(step == RepairStep.People ? RepairAction.InspectHardware : RepairAction.RebootNode);
        site.Cluster.OnRepaired = static _ => { };
        site.Until(step).Pass(3);
        site.Node = site.Node with { Phase = NodePhase.InService, Reason = "", IsDrained = false };
        site.Pass(100);
        Assert.Equal((RepairOutcome.Overruled, NodePhase.InService), (site.Repair.Outcome, site.Node.Phase));
        Assert.Equal(1, site.Deeds.Count(deed => deed == "TakeOut"));
    }

    [Theory]
    [InlineData(RepairStep.Proving)]
    [InlineData(RepairStep.Admitting)]
    [InlineData(RepairStep.Validating)]
    [InlineData(RepairStep.Probation)]
    public void A_node_that_others_drain_is_theirs_and_keeps_their_reason(RepairStep step)
    {
        var site = new RepairedFleet().Until(step);
        site.Node = site.Node with { Phase = NodePhase.Drained, Reason = "hans: fan" };
        site.Pass(60);
        Assert.Equal((RepairOutcome.Overruled, NodePhase.Drained, "hans: fan"), (site.Repair.Outcome, site.Node.Phase, site.Node.Reason));
        Assert.Empty(site.Cluster.Holds);
    }

    [Fact]
    public void A_node_that_others_drained_is_not_repaired()
    {
        var site = new RepairedFleet();
        site.Node = site.Node with { Phase = NodePhase.Drained, Reason = "hans: fan" };
        site.Pass(60);
        Assert.Empty(site.Deeds);
        Assert.Empty(site.Fleet.State.Repairs);
    }

    [Fact]
    public void A_node_that_a_person_keeps_from_us_waits_and_goes_on_when_it_is_released()
    {
        var site = new RepairedFleet().Until(RepairStep.Proving);
        site.Fleet.Order(OrderKind.Hold, node: "n5");
        site.Pass(7200);
        Assert.Equal((RepairStep.Proving, "people"), (site.Repair.Step, site.Repair.Guard));
        Assert.DoesNotContain("PutBack", site.Deeds);
        site.Fleet.Order(OrderKind.Unhold, node: "n5");
        Assert.Equal(RepairOutcome.Returned, site.Until(RepairStep.Closed).Repair.Outcome);
    }

    [Fact]
    public void A_trouble_of_the_fleet_pauses_it()
    {
        var site = new RepairedFleet();
        foreach (var node in new[] { 3, 4 }) site.Fleet.Announce(node, rule: RepairedFleet.Rule, repair: RepairAction.RebootNode);
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { Mode = ActionMode.Observe } };
        site.Pass(3);
        Assert.Empty(site.Deeds);
        site.Node = site.Node with { Phase = NodePhase.Drained, Reason = "forewarn[3/1]: before the others" };
        site.Fleet.State = site.Fleet.State.With(new JournalEntry.OfDrain(new() { Node = "n5", Incident = 1, Reason = "", At = site.Cluster.Now, WasOut = true }) { At = site.Cluster.Now });
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { Mode = ActionMode.Auto } };
        site.Pass(60);
        Assert.Equal((RepairStep.Proposed, "fleet-trouble"), (site.Repair.Step, site.Repair.Guard));
        Assert.Equal(1, site.Fleet.State.FleetTroubles);
        Assert.Empty(site.Deeds);
    }

    [Fact]
    public void A_node_that_was_repaired_often_enough_is_for_people()
    {
        var site = new RepairedFleet();
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { RepairsPerWeek = 1 } };
        site.Until(RepairStep.Closed).Pass(10);
        site.Ail();
        site.WaitsForPeople("repaired 1 times within a week");
        Assert.Equal("repair-budget", site.Repair.Guard);
        Assert.Single(site.Fleet.Journal.OfType<JournalEntry.OfRepair>(), entry => entry.Repair.Guard == "repair-budget"); // counted once
        Assert.Single(site.Deeds, "Reboot");
    }

    [Theory]
    [InlineData(JobPhase.Running)]
    [InlineData(JobPhase.Suspended)]
    [InlineData(JobPhase.Completing)]
    public void A_node_on_which_anything_runs_is_not_rebooted(JobPhase phase)
    {
        var site = new RepairedFleet().Until(RepairStep.Repairing);
        site.Cluster.Job = site.Cluster.Job! with { Phase = phase, Nodes = [new("n5", [], HoldsAll: true)] };
        site.Node = site.Node with { Phase = NodePhase.Drained };
        for (var look = 0; look < 20; look++) site.Fleet.Look();
        Assert.DoesNotContain("Reboot", site.Deeds);
    }

    [Fact]
    public void A_relapse_is_only_told_where_no_more_may_be_drained()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation).Pass(10);
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { MaxDrainedShare = 0, AlwaysDrainable = 0 } };
        site.Ail();
        site.Pass(60);
        Assert.Equal((RepairStep.Probation, "drained-share", NodePhase.InService), (site.Repair.Step, site.Repair.Guard, site.Node.Phase));
    }

    private static RepairedFleet Modes(ActionMode mode, ActionMode repair)
    {
        var site = new RepairedFleet();
        site.Fleet.Settings = site.Fleet.Settings with { Guards = site.Fleet.Settings.Guards with { Mode = mode, RepairMode = repair } };
        return site;
    }
}
