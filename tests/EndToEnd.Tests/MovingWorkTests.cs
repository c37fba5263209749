using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>What was announced by nobody: cards that fail at once, nodes that are gone, a controller that is killed, jobs that declared nothing.</summary>
[Trait("Category", "Slurm")]
public sealed class MovingWorkTests(MovedWork.Sites sites, ITestOutputHelper output) : MovedWork(sites, output)
{
    // What Slurm requeues by itself it lets wait for so long (cred_expire of slurm.conf and a second), and it starts jobs once a minute.
    private static readonly TimeSpan SlurmLetsItWait = TimeSpan.FromSeconds(121 + 90);

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
        IsPrompt(incident);
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
        job.Break(bad); // it is quicker than whoever watches the card
        await Eventually.TrueAsync(async () => await Site.Slurm.JobStateAsync(job.Id) == "FAILED", Soon, "it has failed", () => Site.Controller.Errors);
        await Site.InjectAsync(bad, "gpu 5 lost");
        await Site.Controller.UntilIncidentAsync(bad, Soon, "it is decided to start it anew", one => one.Verdict == "Moving");
        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Soon, "the move has ended", one => one.Has("ended"));
        Print(incident, job);

        HappenedInThisOrder(incident, "detected", "decided", "drained", "held", "requeued", "let go", "running", "ended");
        Assert.Equal((0, 0), (incident.Count("asked"), incident.Count("signalled")));
        IsPrompt(incident);
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
}
