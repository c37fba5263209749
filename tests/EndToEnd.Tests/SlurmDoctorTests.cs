using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary><c>forewarn doctor --controller</c> beside a real Slurm without accounting: its SlurmUser may do everything, another user may look.</summary>
public sealed class SlurmDoctorTests
{
    private static readonly string[] Rights = ["drain nodes", "reservations", "others' jobs"];

    [DebianFact("slurmctld", "slurmctld")]
    public async Task Rights_are_told_by_name_and_nothing_is_left_behind()
    {
        await using var slurm = await SlurmCluster.StartAsync(new() { Cards = 2, HealthEvery = 0 });
        var before = await slurm.AskAsync("scontrol", "--oneliner", "show", "nodes");

        var own = await DoctorUnderTest.OfControllerAsync(slurm.Configuration, asNobody: false);
        Assert.All(Rights, right => Assert.Equal("Ok", own.One(right).Severity));
        foreach (var check in new[] { "programs", "slurm.conf", "private data", "its clock" }) Assert.Equal("Ok", own.One(check).Severity);
        Assert.StartsWith("6 nodes and 0 jobs", own.One("answers").Text, StringComparison.Ordinal);

        if (Environment.UserName == "root")
        {
            var nobody = await DoctorUnderTest.OfControllerAsync(slurm.Configuration, asNobody: true);
            Assert.All(Rights, right => Assert.Equal(("Problem", true), (nobody.One(right).Severity, nobody.One(right).Text.Contains("Invalid user id", StringComparison.Ordinal))));
            Assert.Equal(1, nobody.Code);
        }

        Assert.Equal("No reservations in the system", await slurm.AskAsync("scontrol", "show", "reservation"));
        Assert.Equal(Settled(before), Settled(await slurm.AskAsync("scontrol", "--oneliner", "show", "nodes")));
    }

    // Loads, free memory and the like move by themselves.
    private static IEnumerable<string> Settled(string nodes)
        => nodes.Split('\n').Select(node => string.Join(' ', node.Split(' ').Where(word => word.Split('=')[0] is "NodeName" or "State" or "Reason" or "Comment" or "Weight" or "Gres")));
}
