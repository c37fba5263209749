using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// A drained node is repaired by the site's command, validated by a job that a real Slurm runs, and comes back, with no hand touching it. A machine cannot be rebooted here: that
/// Slurm reboots a drained node without taking its drain away was measured by hand (docs/controller.md).
/// </summary>
[Trait("Category", "Slurm")]
[Collection("one Slurm after the other")]
public sealed class RepairedNodeTests(ITestOutputHelper output)
{
    private const string Bad = "n7";

    // The pause after the controller's start, a reset that takes a minute to be believed, and what Slurm takes on a machine with others on it.
    private static readonly TimeSpan Takes = TimeSpan.FromMinutes(5);

    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_drained_node_is_repaired_validated_by_a_job_of_its_own_and_back_after_its_probation()
    {
        await using var site = await MovingSite.StartAsync();
        await site.RepairsAsync("auto");

        await site.InjectAsync(Bad, "gpu 3 row_remap.pending set 1");
        var incident = await site.Controller.UntilIncidentAsync(Bad, Takes, "the node is back and its trouble closed", one => one.Closed is not null || one.Has("waits for people"));
        output.WriteLine(incident.ToString());

        Assert.False(incident.Has("waits for people"));
        string[] expected = ["detected", "drained", "repairing", "repaired", "proven", "put back", "validating", "on probation", "repair ended", "closed"];
        Assert.Empty(expected.Except(incident.Milestones.Select(one => one.What)));
        var times = expected.Select(incident.First).ToList();
        Assert.Equal(times.Order(), times);
        var lines = site.Repairs.Told;
        Assert.Equal(2, lines.Length);
        Assert.Matches($"^repair {Bad} GPU-[0-9a-f-]+ ResetDevice$", lines[0]);
        Assert.Matches($"^validate {Bad} GPU-[0-9a-f-]+ ResetDevice on {Bad} under forewarn_{incident.Id}_node_1$", lines[1]);
        Assert.True(await site.Slurm.NodeAsync(Bad) is ("idle", "none"));
        Assert.DoesNotContain("ReservationName=", await site.Slurm.AskAsync("scontrol", "--oneliner", "show", "reservation"), StringComparison.Ordinal);
        Assert.Empty(await site.Slurm.JobsAsync());
    }
}
