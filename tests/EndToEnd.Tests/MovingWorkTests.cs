using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// Work is moved off a bad node with no hand touching it: a real Slurm, the real controller, and an agent on each of eight simulated nodes. Each test leaves all nodes
/// well and free, and prints what happened and when.
/// </summary>
[Trait("Category", "Slurm")]
[Collection(TimedAlone.Name)]
public sealed class MovingWorkTests(MovingWorkTests.Sites sites, ITestOutputHelper output) : IClassFixture<MovingWorkTests.Sites>, IAsyncLifetime
{
    // From the announcement: a report, the pause after the controller's start, a checkpoint that has to be quiet for 5 s, and what Slurm takes.
    private static readonly TimeSpan Moves = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    // What the project promises.
    private static readonly TimeSpan FromCheckpointToRunning = TimeSpan.FromSeconds(15);
    private const double OwnShare = 2;

    // A reset takes a minute to be believed; then the validation and ten seconds of probation.
    private static readonly TimeSpan Repaired = TimeSpan.FromMinutes(4);

    // What Slurm requeues by itself it lets wait for so long (cred_expire of slurm.conf and a second), and it starts jobs once a minute.
    private static readonly TimeSpan SlurmLetsItWait = TimeSpan.FromSeconds(121 + 90);

    private MovingSite Site => sites.Site;

    public Task InitializeAsync() => Task.CompletedTask;

    /// <summary>What a case that failed has left is not in the next one's way.</summary>
    public Task DisposeAsync() => Site is null ? Task.CompletedTask : Site.ClearAsync();

    [DebianTheory("slurmctld", "slurmctld")]
    [InlineData("exit")]
    [InlineData("pause")]
    [InlineData("continue")]
    public async Task A_card_that_is_about_to_fail_costs_a_job_that_can_be_asked_a_move_beneath_its_leaf(string flavour)
    {
        await Site.RepairsAsync("auto");
        var job = await Site.TrainAsync(flavour);
        var rival = await Site.QueueRivalAsync();
        var bad = job.Runs[0].Nodes[1];
        await Site.AnnounceAsync(bad); // the last that is done by hand, until all is over
        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Repaired, "the node is back and its trouble closed", one => one.Closed is not null || one.Has("waits for people"));
        Print(incident, job);

        // One that ends when it is asked may be held before what it left has rested long enough to be seen.
        HappenedInThisOrder(incident, "detected", "decided", "drained", "held", "asked", "checkpoint seen", flavour == "exit" ? "let go" : "requeued", "let go", "running", "ended");
        HappenedInThisOrder(incident, "asked", "requeued", "let go");
        HappenedInThisOrder(incident, "running", "repairing", "repaired", "proven", "put back", "validating", "on probation", "repair ended", "closed");
        Assert.InRange(incident.First("running") - incident.First("checkpoint seen"), TimeSpan.Zero, FromCheckpointToRunning);
        Assert.InRange(incident.OwnSeconds, 0, OwnShare);
        IsBeneathTheLeafWithout(bad, job);
        var (before, after) = (job.Runs[0], job.Runs[1]);
        if (flavour == "continue") Assert.InRange(after.First, 1, before.Last);
        else Assert.Equal(before.Last, after.First);
        Assert.Equal(flavour == "continue" ? 1 : 0, incident.Count("work lost"));
        Assert.Equal(flavour == "continue" ? 0 : 1, incident.Count("signalled"));
        Assert.Equal("PENDING", await Site.Slurm.JobStateAsync(rival));
        await IsFreeAsync(bad);

        await Site.Slurm.CancelAsync(rival);
        await job.CancelAsync();
        await IsAsBeforeAsync();
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_card_that_fails_at_once_costs_the_work_since_the_last_regular_checkpoint()
    {
        var job = await Site.TrainAsync("continue", TrainingJob.Often);
        var bad = job.Runs[0].Nodes[2];
        await job.UntilItCountsAsync(1, 50, Soon); // one regular checkpoint at least
        await Site.InjectAsync(bad, "gpu 5 lost");
        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Soon, "the move has ended", one => one.Has("ended"));
        Print(incident, job);

        Assert.Equal((0, 0), (incident.Count("asked"), incident.Count("signalled")));
        Assert.InRange(incident.OwnSeconds, 0, OwnShare);
        IsBeneathTheLeafWithout(bad, job);
        // The last that was whole; one may have been half written when the job was stopped.
        Assert.InRange(job.Runs[0].Last - job.Runs[1].First, 0, 2 * TrainingJob.Often);
        Assert.Equal(0, job.Runs[1].First % TrainingJob.Often);
        await NothingIsLeftAsync(bad);

        // What it was told stays with it while it runs; when somebody requeues it, it may start wherever there is room.
        Assert.Equal(job.Runs[1].Nodes.Order(StringComparer.Ordinal), (await Site.Slurm.RequiredNodesAsync(job.Id)).Order(StringComparer.Ordinal));
        await Site.Slurm.ControlAsync("requeue", job.Id);
        await Eventually.TrueAsync(async () => (await Site.Slurm.RequiredNodesAsync(job.Id)).Count == 0, Soon, "it is told no nodes any more", () => Site.Controller.Errors);

        await job.CancelAsync();
        await IsMendedAsync(bad, Site.ReplaceAsync);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_job_that_ends_of_its_card_is_started_anew_from_its_last_checkpoint()
    {
        var job = await Site.TrainAsync("continue", TrainingJob.Often);
        var bad = job.Runs[0].Nodes[2];
        await job.UntilItCountsAsync(1, 50, Soon);
        await Site.InjectAsync(bad, "gpu 5 lost");
        job.Break(bad);
        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Soon, "the move has ended", one => one.Has("ended"));
        Print(incident, job);

        HappenedInThisOrder(incident, "detected", "decided", "drained", "held", "requeued", "let go", "running", "ended");
        Assert.Equal((0, 0), (incident.Count("asked"), incident.Count("signalled")));
        Assert.InRange(incident.OwnSeconds, 0, OwnShare);
        IsBeneathTheLeafWithout(bad, job);
        Assert.InRange(job.Runs[1].First, TrainingJob.Often, job.Runs[0].Last);
        Assert.Equal(0, job.Runs[1].First % TrainingJob.Often);
        await NothingIsLeftAsync(bad);

        await job.CancelAsync();
        await IsMendedAsync(bad, Site.ReplaceAsync);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task Of_a_node_that_is_gone_the_schedulers_own_requeue_is_adopted()
    {
        var job = await Site.TrainAsync("continue", TrainingJob.Often);
        var gone = job.Runs[0].Nodes[3];
        await job.UntilItCountsAsync(1, 50, Soon);
        Site.Lose(gone);
        await Eventually.TrueAsync(async () => await Site.Slurm.JobStateAsync(job.Id) == "PENDING", Moves, "Slurm gives the node up and requeues the job", () => Site.Controller.Errors);
        var incident = await Site.Controller.UntilIncidentAsync(gone, Soon, "the controller has seen it", one => one.Has("decided"));
        await job.UntilItCountsAsync(2, 5, SlurmLetsItWait);
        incident = await Site.Controller.UntilIncidentAsync(gone, Soon, "it is adopted", one => one.Verdict == "Adopted");
        Print(incident, job);

        Assert.Equal(("node-gone", 0), (incident.Rule, incident.Count("requeued")));
        Assert.Equal(1, job.Runs[1].Restarts);
        Assert.DoesNotContain(gone, job.Runs[1].Nodes);
        Assert.Equal(0, job.Runs[1].First % TrainingJob.Often);
        Assert.InRange(job.Runs[1].First, 1, job.Runs[0].Last);

        await job.CancelAsync();
        await IsMendedAsync(gone, Site.FindAsync);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_controller_that_is_killed_three_times_in_a_move_ends_it_as_if_it_had_not_been()
    {
        var job = await Site.TrainAsync("pause");
        var bad = job.Runs[0].Nodes[1];
        await Site.AnnounceAsync(bad);
        foreach (var where in new[] { "held", "asked", "requeued" })
        {
            await Site.Controller.UntilIncidentAsync(bad, Moves, where, one => one.Has(where));
            await Site.Controller.KillAsync();
            await Site.Controller.StartAsync();
        }

        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Soon, "the move has ended", one => one.Has("ended"));
        Print(incident, job);

        Assert.Equal((2, 1), (job.Runs.Count, job.Runs[1].Restarts));
        Assert.Equal(job.Runs[0].Last, job.Runs[1].First);
        IsBeneathTheLeafWithout(bad, job);
        await NothingIsLeftAsync(bad);

        await job.CancelAsync();
        await IsMendedAsync(bad, Site.ReplaceAsync);
    }

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_job_that_declared_nothing_gets_no_signal_and_runs_on_until_somebody_approves()
    {
        await Site.ModeAsync("approve");
        var job = await Site.TrainAsync("undeclared");
        var bad = job.Runs[0].Nodes[1];
        await Site.AnnounceAsync(bad);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Soon, "it is decided", one => one.Has("decided"));
        Assert.Equal("AwaitsApproval", incident.Verdict);
        await Eventually.TrueAsync(() => File.Exists(Site.RequestFile(bad, job.Id)), Soon, "it gets the file");

        var steps = job.Runs[0].Steps;
        await job.UntilItCountsAsync(1, steps + 30, Soon); // some looks
        incident = (await Site.Controller.IncidentAsync(bad))!;
        Print(incident, job);
        Assert.Equal(("RUNNING", 1), (await Site.Slurm.JobStateAsync(job.Id), job.Runs.Count));
        Assert.Equal((0, 0), (incident.Count("signalled"), incident.Count("requeued")));

        await Site.Controller.ApproveAsync(incident.Id, job.Id);
        await job.UntilItCountsAsync(2, 5, Moves);
        incident = await Site.Controller.UntilIncidentAsync(bad, 2 * Soon, "the move has ended", one => one.Has("ended"));
        Print(incident, job);
        Assert.Equal(0, incident.Count("signalled"));
        IsBeneathTheLeafWithout(bad, job);

        await job.CancelAsync();
        await IsMendedAsync(bad, Site.ReplaceAsync);
    }

    private static void IsBeneathTheLeafWithout(string bad, TrainingJob job)
    {
        Assert.Equal(MovingSite.Leaf.Where(node => node != bad), job.Runs[1].Nodes.Order(StringComparer.Ordinal));
        Assert.Equal(1, job.Runs[1].Restarts);
    }

    // Not how long after one another: that is printed.
    private static void HappenedInThisOrder(IncidentAnswer incident, params string[] expected)
    {
        Assert.Empty(expected.Except(incident.Milestones.Select(one => one.What)));
        var times = expected.Select(incident.First).ToList();
        Assert.Equal(times.Order(), times);
    }

    // Once somebody has seen to it the trouble is over, and the cluster is as it was.
    private async Task IsMendedAsync(string bad, Func<string, Task> mend)
    {
        await mend(bad);
        await Site.Controller.UntilIncidentAsync(bad, Soon, "the incident is closed", one => one.Closed is not null);
        await IsAsBeforeAsync();
    }

    private async Task IsAsBeforeAsync()
    {
        foreach (var node in Site.Slurm.Nodes) await IsFreeAsync(node);
        Assert.DoesNotContain("ReservationName=", await Site.Slurm.AskAsync("scontrol", "--oneliner", "show", "reservation"), StringComparison.Ordinal);
    }

    private async Task IsFreeAsync(string node)
    {
        var free = await Site.Slurm.NodeAsync(node);
        Assert.True(free is ("idle" or "planned", "none"), $"{node}: {free}"); // planned: Slurm had meant it for the second job
    }

    // The node is out with a reason of ours, no hold stands, and the job is free of it.
    private async Task NothingIsLeftAsync(string bad)
    {
        var (state, reason) = await Site.Slurm.NodeAsync(bad);
        Assert.Equal("drained", state);
        Assert.StartsWith("forewarn[", reason, StringComparison.Ordinal);
        Assert.DoesNotContain("forewarn_", await Site.Slurm.AskAsync("scontrol", "--oneliner", "show", "reservation"), StringComparison.Ordinal);
    }

    private void Print(IncidentAnswer incident, TrainingJob job)
    {
        output.WriteLine($"job {job.Id}, {incident}");
        foreach (var run in job.Runs) output.WriteLine(run.ToString());
        if (job.Runs.Count > 1) output.WriteLine($"{job.Runs[0].Last - job.Runs[1].First} steps lost");
        if (incident.Has("checkpoint seen") && incident.Has("running"))
            output.WriteLine(FormattableString.Invariant($"{(incident.First("running") - incident.First("checkpoint seen")).TotalSeconds:0.00} s from the checkpoint until it ran (15 promised)"));
    }

    /// <summary>The site, started once for all of these tests.</summary>
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
