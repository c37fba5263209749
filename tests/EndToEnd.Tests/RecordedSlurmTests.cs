using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>
/// What the tests of the controller take for Slurm's answers (tests/Daemon.Tests/Schedulers/recorded) is asked of a real one again. FOREWARN_UPDATE_GOLDEN=1 writes it anew; look
/// at the diff then.
/// </summary>
[Trait("Category", "Slurm")]
[Collection("one Slurm after the other")]
public class RecordedSlurmTests
{
    [DebianFact("slurmctld", "slurmctld")]
    public async Task A_real_Slurm_answers_as_the_one_that_was_recorded()
    {
        await using var slurm = await SlurmCluster.StartAsync(new()
        {
            Nodes = 8,
            Cards = 8,
            HealthEvery = 0,
            // A number that stands nowhere else; a look for work every second, and not once a minute.
            Settings = ["FirstJobId=4100", "SchedulerParameters=sched_interval=1", $"Epilog={Path.Join(Repository.Root, "tests", "EndToEnd.Tests", "jobs", "epilog.sh")}"],
        });
        Assert.EndsWith($" {SlurmRecording.Version}", await slurm.AskAsync("sinfo", "--version"), StringComparison.Ordinal);
        var now = await new RecordedMove(slurm).PlayAsync();
        if (GoldenText.IsWritten) now.Save();
        Assert.Empty(SlurmDrift.Between(SlurmRecording.Load(), now));
    }
}
