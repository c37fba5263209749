using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// Work is moved off a bad node with no hand touching it: a real Slurm, the real controller, and an agent on each of eight simulated nodes. Each test leaves all nodes
/// well and free, and prints what happened and when.
/// </summary>
public abstract class MovedWork(MovedWork.Sites sites, ITestOutputHelper output) : IClassFixture<MovedWork.Sites>, IAsyncLifetime
{
    // From the announcement: a report, the pause after the controller's start, a checkpoint that has to be quiet for 5 s, and what Slurm takes.
    private protected static readonly TimeSpan Moves = TimeSpan.FromSeconds(120);
    private protected static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // What the project promises, on a machine that is its own: beside other tests it is printed alone.
    private static readonly TimeSpan FromCheckpointToRunning = TimeSpan.FromSeconds(15);
    private const double OwnShare = 2;
    private static readonly bool IsBesideOthers = Environment.GetEnvironmentVariable("FOREWARN_BESIDE_OTHERS") == "yes";

    private protected MovingSite Site => sites.Site;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>What a case that failed has left is not in the next one's way.</summary>
    public Task DisposeAsync() => Site is null ? Task.CompletedTask : Site.ClearAsync();

    private protected static void IsPrompt(IncidentAnswer incident)
    {
        if (IsBesideOthers) return;
        Assert.InRange(incident.OwnSeconds, 0, OwnShare);
        if (incident.Has("checkpoint seen")) Assert.InRange(incident.First("running") - incident.First("checkpoint seen"), TimeSpan.Zero, FromCheckpointToRunning);
    }

    private protected static void IsBeneathTheLeafWithout(string bad, TrainingJob job)
    {
        Assert.Equal(MovingSite.Leaf.Where(node => node != bad), job.Runs[1].Nodes.Order(StringComparer.Ordinal));
        Assert.Equal(1, job.Runs[1].Restarts);
    }

    // Not how long after one another: that is printed.
    private protected static void HappenedInThisOrder(IncidentAnswer incident, params string[] expected)
    {
        Assert.Empty(expected.Except(incident.Milestones.Select(one => one.What)));
        var times = expected.Select(incident.First).ToList();
        Assert.Equal(times.Order(), times);
    }

    // Once somebody has seen to it the trouble is over, and the cluster is as it was.
    private protected async Task IsMendedAsync(string bad, Func<string, Task> mend)
    {
        await mend(bad);
        await Site.Controller.UntilIncidentAsync(bad, Soon, "the incident is closed", one => one.Closed is not null);
        await IsAsBeforeAsync();
    }

    private protected async Task IsAsBeforeAsync()
    {
        foreach (var node in Site.Slurm.Nodes) await IsFreeAsync(node);
        Assert.DoesNotContain("ReservationName=", await Site.Slurm.AskAsync("scontrol", "--oneliner", "show", "reservation"), StringComparison.Ordinal);
    }

    private protected async Task IsFreeAsync(string node)
    {
        var free = await Site.Slurm.NodeAsync(node);
        Assert.True(free is ("idle" or "planned", "none"), $"{node}: {free}"); // planned: Slurm had meant it for the second job
    }

    // The node is out with a reason of ours, no hold stands, and the job is free of it.
    private protected async Task NothingIsLeftAsync(string bad)
    {
        var (state, reason) = await Site.Slurm.NodeAsync(bad);
        Assert.Equal("drained", state);
        Assert.StartsWith("forewarn[", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("forewarn_", await Site.Slurm.AskAsync("scontrol", "--oneliner", "show", "reservation"), StringComparison.Ordinal);
    }

    private protected void Print(IncidentAnswer incident, TrainingJob job)
    {
        output.WriteLine($"job {job.Id}, {incident}");
        foreach (var run in job.Runs) output.WriteLine(run.ToString());
        if (job.Runs.Count > 1) output.WriteLine($"{job.Runs[0].Last - job.Runs[1].First} steps lost");
        if (incident.Has("checkpoint seen") && incident.Has("running"))
            output.WriteLine(FormattableString.Invariant($"{(incident.First("running") - incident.First("checkpoint seen")).TotalSeconds:0.00} s from the checkpoint until it ran (15 promised)"));
    }

    /// <summary>The site, started once for all tests of a class.</summary>
    public sealed class Sites : IAsyncLifetime
    {
        internal MovingSite Site { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            if (DebianPackage.Missing("slurmctld", "slurmctld") is null) Site = await MovingSite.StartAsync(); // else its tests are skipped
        }

        public async Task DisposeAsync()
        {
            if (Site is not null) await Site.DisposeAsync();
        }
    }
}
