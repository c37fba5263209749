using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Controller.Tests.Coordination;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Repair;

/// <summary>From drained to back in service, and everything that leaves the node to people instead.</summary>
public class RepairMachineTests
{
    [Theory]
    [InlineData(RepairAction.RebootNode)]
    [InlineData(RepairAction.ResetDevice)]
    public void A_drained_node_is_rebooted_validated_watched_and_its_trouble_closed(RepairAction action)
    {
        var site = new RepairedFleet(action).Until(RepairStep.Closed).Pass(2);
        Assert.Equal((RepairOutcome.Returned, NodePhase.InService, ""), (site.Repair.Outcome, site.Node.Phase, site.Node.Reason));
        Assert.Equal(["TakeOut", "Reboot", "Fence", "PutBack", "Validate", "DropHold"], site.Deeds);
        Assert.Equal(
            [RepairStep.Proposed, RepairStep.Repairing, RepairStep.Proving, RepairStep.Admitting, RepairStep.Validating, RepairStep.Probation, RepairStep.Closed], site.Steps);
        Assert.Equal(site.Cluster.Validation!.Id, site.Repair.Job);
        Assert.Empty(site.Fleet.State.Open);
        Assert.Empty(site.Fleet.State.Drains); // and no order of a person is seen in it
        Assert.Empty(site.Cluster.Holds);
        Assert.False(site.Fleet.State.Incidents[1].IsGone);
    }

    [Fact]
    public void The_sites_own_command_repairs_where_there_is_one()
    {
        var site = new RepairedFleet(RepairAction.ResetDevice, command: "/site/repair").Until(RepairStep.Closed);
        Assert.Equal(RepairOutcome.Returned, site.Repair.Outcome);
        var run = Assert.Single(site.Cluster.Done.OfType<SchedulerAct.RunRepair>());
        Assert.Equal(("/site/repair", "n5", "GPU-5-0", RepairAction.ResetDevice), (run.Command, run.Node, run.Device, run.Action));
        Assert.DoesNotContain("Reboot", site.Deeds);
    }

    [Fact]
    public void A_command_that_fails_leaves_the_node_to_people()
    {
        var site = new RepairedFleet(command: "/site/repair");
        site.Cluster.RepairTrouble = "/site/repair ended with 3: no such card";
        site.WaitsForPeople("no such card");
        Assert.DoesNotContain("PutBack", site.Deeds);
    }

    [Theory]
    [InlineData(RepairAction.InspectFabric)]
    [InlineData(RepairAction.InspectHardware)]
    [InlineData(RepairAction.ReplaceHardware)]
    public void What_takes_hands_waits_for_people_at_once(RepairAction action)
    {
        var site = new RepairedFleet(action).WaitsForPeople($"{action} of GPU-5-0 ({RepairedFleet.Rule})");
        Assert.Equal(["TakeOut"], site.Deeds);
        Assert.Empty(site.Fleet.State.RepairTimes);
    }

    [Fact]
    public void Without_a_validation_a_repaired_node_is_for_people_to_return()
    {
        var site = new RepairedFleet(validation: "").WaitsForPeople("no ValidationCommand");
        Assert.Equal(["TakeOut", "Reboot"], site.Deeds);
    }

    [Fact]
    public void Without_a_new_boot_nothing_is_proven()
    {
        var site = new RepairedFleet();
        site.Cluster.OnRepaired = _ => site.Fleet.Recover(5);
        site.WaitsForPeople("no new boot");
    }

    [Fact]
    public void A_finding_that_outlasts_the_repair_is_for_people()
    {
        var site = new RepairedFleet();
        site.Cluster.OnRepaired = _ => site.Fleet[5] = site.Fleet[5] with { BootId = "boot-2" };
        site.WaitsForPeople($"not cleared: {RepairedFleet.Rule} on GPU-5-0");
    }

    [Fact]
    public void A_card_that_does_not_come_back_is_missed()
    {
        var site = new RepairedFleet();
        site.Cluster.OnRepaired = _ => site.Fleet[5] = site.Fleet[5] with { BootId = "boot-2", LacksCards = true, Devices = [TestFleet.Well(DeviceId.Node.Value, -1)] };
        site.WaitsForPeople("0 cards, and 8 are expected");
    }

    [Fact]
    public void An_agent_that_stays_silent_proves_nothing_and_no_second_trouble_is_made_of_it()
    {
        var site = new RepairedFleet();
        site.Cluster.OnRepaired = _ => site.Fleet[5] = site.Fleet[5] with { IsSilent = true };
        site.WaitsForPeople("its agent has not told");
        Assert.Equal([RepairedFleet.Rule], site.Fleet.State.Incidents.Values.Select(incident => incident.Rule));
    }

    [Fact]
    public void What_shows_after_the_repair_and_takes_hands_is_for_people_at_once()
    {
        var site = new RepairedFleet();
        site.Cluster.OnRepaired = _ => site.Fleet[5] = site.Fleet.Announce(5, rule: "row-remap-failed")[5] with { BootId = "boot-2" };
        site.WaitsForPeople("ReplaceHardware of GPU-5-0 (row-remap-failed)");
    }

    [Fact]
    public void A_reboot_that_never_comes_back_is_for_people()
    {
        var site = new RepairedFleet().Until(RepairStep.Repairing).Pass(3);
        site.Cluster.OnRepaired = _ => site.Node = site.Node with { Phase = NodePhase.Down, Reason = site.Node.Reason + " : reboot timed out" };
        site.Until(RepairStep.People);
        Assert.Contains("was not done within", site.Repair.Why, StringComparison.Ordinal);
        Assert.True(site.Node is { Phase: NodePhase.Down, IsDrained: true });
    }

    [Fact]
    public void A_validation_that_fails_takes_the_node_out_again()
    {
        var site = new RepairedFleet();
        site.Cluster.Ending = static job => job with { Phase = JobPhase.Ended };
        site.WaitsForPeople("the validation failed: job ");
        Assert.Equal(["TakeOut", "Reboot", "Fence", "PutBack", "Validate", "TakeOut", "DropHold"], site.Deeds);
    }

    [Fact]
    public void A_validation_that_is_cancelled_proves_nothing()
    {
        var site = new RepairedFleet();
        site.Cluster.Ending = static job => job with { Phase = JobPhase.Cancelled };
        site.WaitsForPeople("cancelled");
    }

    [Fact]
    public void A_validation_that_never_ends_is_ended()
    {
        var site = new RepairedFleet();
        site.Cluster.Ending = static job => job;
        site.WaitsForPeople("did not end within");
        Assert.Contains("EndOwn", site.Deeds);
    }

    [Fact]
    public void A_node_that_is_not_kept_for_the_validation_any_more_is_taken_out_again()
    {
        var site = new RepairedFleet().Until(RepairStep.Validating);
        site.Cluster.Do(new SchedulerAct.DropHold(site.Repair.Hold));
        site.WaitsForPeople("was taken away");
    }

    [Fact]
    public void What_befalls_the_node_while_it_is_validated_takes_it_out_again()
    {
        var site = new RepairedFleet().Until(RepairStep.Validating).Pass(3);
        site.Ail("gpu-lost");
        site.WaitsForPeople("gpu-lost on GPU-5-0 while it was validated");
    }

    [Fact]
    public void The_same_in_its_probation_brings_it_back_to_people_with_the_count()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation).Pass(100);
        Assert.Equal(NodePhase.InService, site.Node.Phase);
        site.Ail();
        site.WaitsForPeople("again, 0.00:01:");
        Assert.Equal(1, site.Repair.Relapses);
        Assert.Equal(2, site.Deeds.Count(deed => deed == "TakeOut"));
        Assert.Equal(1L, Assert.Single(site.Fleet.State.Open).Id);
    }

    [Fact]
    public void Something_else_in_its_probation_is_a_trouble_of_its_own()
    {
        var site = new RepairedFleet().Until(RepairStep.Probation).Pass(10);
        site.Ail("gpu-lost");
        site.Pass(1);
        Assert.Equal((RepairOutcome.OtherTrouble, 1), (site.Repair.Outcome, site.Repair.Number));
        site.Until(RepairStep.Repairing); // drained and repaired as any other
        Assert.Equal((2, 0), (site.Repair.Number, site.Repair.Relapses));
    }

    [Fact]
    public void Killed_before_any_of_its_acts_it_ends_the_same()
    {
        var acts = new RepairedFleet().Until(RepairStep.Closed).Cluster.Done.Count;
        for (var killed = 0; killed < acts; killed++)
        {
            var site = new RepairedFleet();
            site.Fleet.KilledBefore.Add(killed);
            site.Until(RepairStep.Closed).Pass(2);
            Assert.Equal((RepairOutcome.Returned, NodePhase.InService), (site.Repair.Outcome, site.Node.Phase));
            Assert.Equal((1, 1), (site.Deeds.Count(deed => deed == "Reboot"), site.Deeds.Count(deed => deed == "Validate")));
            Assert.Empty(site.Fleet.State.Open);
        }
    }

    [Fact]
    public void A_command_of_which_nobody_knows_how_it_ended_is_begun_once_more_and_no_more()
    {
        var site = new RepairedFleet(command: "/site/repair").Until(RepairStep.Repairing).Pass(3);
        for (var term = 4L; term <= 5; term++)
        {
            site.Fleet.State = site.Fleet.State with { Epoch = term };
            site.Cluster.Runs.Clear(); // it ended with the controller that had begun it
            site.Pass(3);
        }

        Assert.Equal(RepairStep.People, site.Repair.Step);
        Assert.Contains("begun twice", site.Repair.Why, StringComparison.Ordinal);
        Assert.Equal(2, site.Deeds.Count(deed => deed == "RunRepair"));
    }
}
