using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>
/// One card of a job falls ill, and with nothing against it three deeds follow: its node is taken out, the job is stopped to go on elsewhere, the empty node is
/// rebooted. Each guard has a cause here that keeps one of them from being done; with the same cause and that guard alone left out it is done.
/// </summary>
public class GuardedDeedTests
{
    private const string Drain = nameof(SchedulerAct.TakeOut);
    private const string Move = nameof(SchedulerAct.StopAndHold);
    private const string Reboot = nameof(SchedulerAct.Reboot);

    // The whole course takes half a minute, and the reboot one more.
    private const int Course = 100;

    private static readonly ImmutableArray<Cause> Causes =
    [
        new("stale-sight", "the scheduler was read a minute ago", Drain, static fleet => fleet.SightAge = TimeSpan.FromSeconds(61)),
        new("unknown-state", "its word for the node is not known", Move, static fleet => fleet.Cluster[3] = fleet.Cluster[3] with { Phase = NodePhase.Unknown }),
        new("opt-out", "the owner declared forewarn=off", Move, static fleet => Job(fleet, job => job with { Contract = job.Contract with { IsOff = true } })),
        new("unmovable-job", "the job is interactive", Move, static fleet => Job(fleet, job => job with { Kind = JobKind.Interactive })),
        new("unmovable-job", "the job is a part of another", Move, static fleet => Job(fleet, job => job with { Kind = JobKind.Heterogeneous, Leader = "40" })),
        new("unmovable-job", "the job leads others", Move, static fleet => Job(fleet, job => job with { Kind = JobKind.Heterogeneous, Leader = "41" })),
        new("unmovable-job", "the job is not to be started anew", Move, static fleet => Job(fleet, job => job with { CanRequeue = false })),
        new("people", "somebody keeps the node", Drain, static fleet => fleet.Order(OrderKind.Hold, node: "n3")),
        new("foreign-drain", "somebody drained the node", Move, static fleet => fleet.Cluster[3] = Drained(fleet.Cluster[3])),
        new("software", "the same error hit the job on another node", Drain, static fleet => Ail(fleet, 1)),
        new("fleet-trouble", "two more nodes of the leaf have the same", Drain, static fleet => Ail(fleet, 4, 5)),
        new("drained-share", "three of eight nodes are out", Drain, static fleet => TakeAway(fleet, 6, 7, 8)),
        new("domain-share", "two of the leaf's five nodes are out", Drain, static fleet => TakeAway(fleet, 4, 5)),
        new("restart-budget", "the job was started anew three times", Move, static fleet => fleet.State = fleet.State with { Restarts = [.. Lately(fleet, 3).Select(static at => ("41", at))] }),
        new("drain-rate", "ten nodes were drained just now", Drain, static fleet => fleet.State = fleet.State with { DrainTimes = [.. Lately(fleet, 10)] }),
        new("repair-budget", "the node was repaired twice", Reboot, static fleet => fleet.State = fleet.State with { RepairTimes = [.. Lately(fleet, 2).Select(static at => ("n3", at))] }),
        new("mode", "the partition is only observed", Drain, static fleet => Guarded(fleet, guards => guards with { Modes = guards.Modes.Add("gpu", ActionMode.Observe) })),
        new("mode", "the partition waits for an approval", Drain, static fleet => Guarded(fleet, guards => guards with { Modes = guards.Modes.Add("gpu", ActionMode.Approve) })),
        new("mode", "repairs are only observed", Reboot, static fleet => Guarded(fleet, guards => guards with { RepairMode = ActionMode.Observe })),
    ];

    public static TheoryData<string, string> Rows
    {
        get
        {
            var rows = new TheoryData<string, string>();
            foreach (var cause in Causes) rows.Add(cause.Guard, cause.What);
            return rows;
        }
    }

    [Fact]
    public void Each_guard_has_a_cause_here() => Assert.Equal(Guard.All.Select(guard => guard.Name).Order(), Causes.Select(cause => cause.Guard).Distinct().Order());

    [Fact]
    public void With_nothing_against_it_all_three_are_done()
    {
        var fleet = Fleet().Pass(Course);
        Assert.Equal([Drain, Move, Reboot], Deeds(fleet));
        Assert.Empty(Named(fleet));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void One_guard_and_nothing_else_prevents_it(string guard, string what)
    {
        var cause = Causes.Single(one => (one.Guard, one.What) == (guard, what));
        var fleet = Fleet();
        cause.Set(fleet);
        Assert.DoesNotContain(cause.Deed, Deeds(fleet.Pass(Course)));
        Assert.Equal([guard], Named(fleet));

        fleet = Fleet();
        fleet.Guards = Guard.All.Where(one => one.Name != guard);
        cause.Set(fleet);
        Assert.Contains(cause.Deed, Deeds(fleet.Pass(Course)));
    }

    [Theory]
    [InlineData("opt-out")]
    [InlineData("unmovable-job")]
    [InlineData("restart-budget")]
    public void What_a_guard_keeps_from_the_job_alone_leaves_its_node_to_be_drained(string guard)
    {
        var fleet = Fleet();
        Causes.First(cause => cause.Guard == guard).Set(fleet);
        Assert.Equal([Drain], Deeds(fleet.Pass(Course)));
        Assert.True(fleet.Last is { Verdict: Verdict.Drained or Verdict.Asked } told && told.Guard == guard, $"{fleet.Last}");
        Assert.Contains("job 41", fleet.Last.Decision!.Alternatives.Last().Reason, StringComparison.Ordinal);
        Assert.StartsWith(fleet.Last.Decision.Alternatives.Last().Reason, fleet.Last.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "", 1)]
    [InlineData(true, "opt-out", 0)]
    public void One_that_opted_out_is_not_asked_for_a_checkpoint_either(bool isOff, string guard, int signals)
    {
        var fleet = Fleet();
        for (var node = 4; node <= 8; node++) fleet[node] = fleet[node] with { IsSilent = true }; // it cannot go anywhere
        Job(fleet, job => job with { Contract = job.Contract with { IsOff = isOff }, Started = fleet.Cluster.Now.AddHours(-12), Ends = fleet.Cluster.Now.AddHours(2) });
        Assert.Equal(signals, fleet.Pass(Course).Cluster.Done.OfType<SchedulerAct.Signal>().Count());
        Assert.Equal((guard, signals), (fleet.Last.Guard, fleet.State.Asks.Count));
    }

    [Theory]
    [InlineData("drained-share")]
    [InlineData("domain-share")]
    [InlineData("drain-rate")]
    public void Of_the_bad_nodes_of_one_job_no_more_are_taken_out_than_may_be(string guard)
    {
        var fleet = Fleet();
        fleet.Announce(1, rule: "a").Announce(2, rule: "b");
        Guarded(fleet, guards => guard switch
        {
            "drained-share" => guards with { MaxDrainedShare = 0.25 },
            "domain-share" => guards with { MaxDrainedShareOfDomain = 0.4 },
            _ => guards with { DrainsPerWindow = 2, MaxDrainedShareOfDomain = 1 },
        });
        Assert.Equal(2, fleet.Pass(Course).Cluster.Done.OfType<SchedulerAct.TakeOut>().DistinctBy(act => act.Node).Count());
        fleet = Fleet();
        fleet.Announce(1, rule: "a").Announce(2, rule: "b");
        Guarded(fleet, guards => guards with { MaxDrainedShareOfDomain = 1 });
        Assert.Equal(3, fleet.Pass(Course).Cluster.Done.OfType<SchedulerAct.TakeOut>().DistinctBy(act => act.Node).Count());
    }

    // Job 41 on n1 to n3; the leaf has n1 to n5. Limits that one node more does not reach.
    private static TestFleet Fleet()
    {
        var fleet = new TestFleet(8, 1, 2, 3);
        fleet.Cluster.Empties = true;
        for (var node = 1; node <= 3; node++) fleet.Cluster[node] = fleet.Cluster[node] with { FreeCards = 0 };
        fleet.Settings = fleet.Settings with { Guards = new() { Mode = ActionMode.Auto, RepairMode = ActionMode.Auto, MaxDrainedShare = 0.4 } };
        Ail(fleet, 3);
        return fleet;
    }

    private static void Ail(TestFleet fleet, params int[] nodes)
    {
        foreach (var node in nodes) fleet.Announce(node, rule: "xid-31", code: 31, repair: RepairAction.RebootNode);
    }

    private static void TakeAway(TestFleet fleet, params int[] nodes)
    {
        foreach (var node in nodes) fleet.Cluster[node] = Drained(fleet.Cluster[node]);
    }

    private static ClusterNode Drained(ClusterNode node) => node with { Phase = NodePhase.Draining, Reason = "hans: fan" };

    private static void Job(TestFleet fleet, Func<ClusterJob, ClusterJob> change) => fleet.Cluster.Job = change(fleet.Cluster.Job!);

    private static void Guarded(TestFleet fleet, Func<GuardSettings, GuardSettings> change) => fleet.Settings = fleet.Settings with { Guards = change(fleet.Settings.Guards) };

    private static IEnumerable<DateTimeOffset> Lately(TestFleet fleet, int times) => Enumerable.Repeat(fleet.Cluster.Now.AddMinutes(-1), times);

    private static IEnumerable<string> Deeds(TestFleet fleet) => fleet.Cluster.Done.Select(act => act.GetType().Name).Where(deed => deed is Drain or Move or Reboot).Distinct();

    private static IEnumerable<string> Named(TestFleet fleet) => fleet.Decisions.Select(decision => decision.Guard)
        .Concat(fleet.Journal.OfType<JournalEntry.OfRepair>().Select(entry => entry.Repair.Guard)).Where(guard => guard.Length > 0).Distinct();

    /// <param name="Guard">Who is to refuse.</param>
    /// <param name="What">In words.</param>
    /// <param name="Deed">What must not be done then.</param>
    /// <param name="Set">Brings it about.</param>
    private sealed record Cause(string Guard, string What, string Deed, Action<TestFleet> Set);
}
