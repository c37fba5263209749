using Forewarn.Controller.Jobs;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>A node from drained to back in service, over the loop, the journal on the disk and the cluster in memory; killed at every line and every deed.</summary>
public class RepairedNodeTests
{
    [Fact]
    public async Task From_drained_over_reboot_validation_and_probation_it_comes_back_with_its_times()
    {
        using var site = new RepairedSite(new());
        await BackAsync(site);
        Assert.Equal(
            ["detected", "decided", "drained", "repairing", "rebooted", "repaired", "proven", "put back", "validating", "on probation", "repair ended", "closed"],
            site.Controller.Runner.Timeline(1).Milestones.Select(milestone => milestone.What).Distinct());
        Assert.True(site.Repair!.StepSince - site.Repair.Returned >= site.Controller.Settings.Repair.Probation);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/site/repair")]
    public async Task Killed_anywhere_it_comes_back_all_the_same(string command)
    {
        using var whole = new RepairedSite(new(), command);
        var points = new KillPoints();
        whole.Controller.Start(points);
        await BackAsync(whole);
        Assert.InRange(points.Passed, 30, 200);
        for (var killed = 0; killed < points.Passed; killed++)
        {
            using var site = new RepairedSite(new(killed), command);
            await BackAsync(site);
            Assert.Equal(1, site.Controller.Count<SchedulerAct.Validate>());
            if (command.Length == 0) Assert.Equal(1, site.Controller.Count<SchedulerAct.Reboot>());
            else Assert.InRange(site.Controller.Count<SchedulerAct.RunRepair>(), 1, 2);
        }
    }

    [Fact]
    public async Task Killed_anywhere_a_validation_that_fails_leaves_it_drained_for_people()
    {
        for (var killed = 0; killed < 60; killed++)
        {
            using var site = new RepairedSite(new(killed));
            site.Controller.Cluster.Ending = static job => job with { Phase = JobPhase.Ended };
            await site.UntilAsync(() => site.Repair is { Step: RepairStep.People });
            Assert.Equal((NodePhase.Drained, 0), (site.Seen.Phase, site.Controller.Cluster.Holds));
            Assert.StartsWith("forewarn[", site.Seen.Reason, StringComparison.Ordinal);
            Assert.Contains("the validation failed", site.Repair!.Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task No_job_gets_the_node_before_it_is_validated()
    {
        using var site = new RepairedSite(new());
        await site.UntilAsync(() => site.Repair is { Step: RepairStep.Admitting });
        site.Controller.Cluster.Submit("42", 1, RepairedSite.Node); // it waits for this very node
        await site.UntilAsync(() => site.Repair is { Step: RepairStep.Probation } && site.Controller.Cluster.Holds == 0);
        var validation = site.Controller.Cluster.Job(site.Repair!.Job)!;
        Assert.True(validation is { Phase: JobPhase.Ended, EndedWell: true });
        await site.UntilAsync(() => site.Controller.Cluster.Job("42")!.Phase == JobPhase.Running);
        Assert.True(site.Controller.Cluster.Job("42")!.Started >= site.Repair.Returned);
    }

    private static async Task BackAsync(RepairedSite site)
    {
        await site.UntilAsync(() => site.Repair is { Step: RepairStep.Closed } && !site.State.Open.Any());
        Assert.Equal((RepairOutcome.Returned, NodePhase.InService, ""), (site.Repair!.Outcome, site.Seen.Phase, site.Seen.Reason));
        Assert.Equal((0, 1), (site.Controller.Cluster.Holds, site.Repair.Number));
        Assert.Empty(site.State.Drains);
        Assert.Single(site.State.RepairTimes);
    }
}
