using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A card is announced to fail, and the job on it moved before it does; then the node is repaired, validated and back.</summary>
[Trait("Category", "Slurm")]
public sealed class AnnouncedFailureTests(MovedWork.Sites sites, ITestOutputHelper output) : MovedWork(sites, output)
{
    // A reset takes a minute to be believed; then the validation and ten seconds of probation.
    private static readonly TimeSpan Repaired = TimeSpan.FromMinutes(4);

    [DebianTheory("slurmctld", "slurmctld")]
    [InlineData("exit")]
    [InlineData("pause")]
    [InlineData("continue")]
    public async Task A_card_that_is_about_to_fail_costs_a_job_that_can_be_asked_a_move_beneath_its_leaf(string flavour)
    {
        await Site.RepairsAsync("auto");
        var job = await Site.TrainAsync(flavour);
        var rival = await Site.QueueRivalAsync();
        // On two nodes: one that was repaired twice within a week waits for people, and so do three beneath a leaf with the same trouble.
        var bad = job.Runs[0].Nodes[flavour == "pause" ? 2 : 1];
        await Site.AnnounceAsync(bad); // the last that is done by hand, until all is over
        await job.UntilItCountsAsync(2, 5, Moves);
        var incident = await Site.Controller.UntilIncidentAsync(bad, Repaired, "the node is back and its trouble closed", one => one.Closed is not null || one.Has("waits for people"));
        Print(incident, job);

        // One that ends when it is asked may be held before what it left has rested long enough to be seen.
        HappenedInThisOrder(incident, "detected", "decided", "drained", "held", "asked", "checkpoint seen", flavour == "exit" ? "let go" : "requeued", "let go", "running", "ended");
        HappenedInThisOrder(incident, "asked", "requeued", "let go");
        HappenedInThisOrder(incident, "running", "repairing", "repaired", "proven", "put back", "validating", "on probation", "repair ended", "closed");
        IsPrompt(incident);
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
}
