using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>A fault that strikes every node at once, as slurmd's health check finds it: everywhere in the same second.</summary>
public sealed class SlurmCrowdTests
{
    [DebianFact("slurmctld", "slurmctld")]
    public async Task Six_nodes_that_fail_together_leave_the_partition_its_share()
    {
        await using var slurm = await SlurmCluster.StartAsync();
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=1s", "Slurm.Maintenance=no");
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 3 row_remap.failed set 1");
        await agent.UntilDeviceAsync(3, TimeSpan.FromSeconds(20), "it is failing", device => device.Assessment?.State == "Failing");
        using var folder = new TemporaryFolder();
        var settings = folder.Write("forewarn.conf", "[Slurm]\nMode=auto\nMaxDrainedShare=0.34\n");

        var checks = Enumerable.Range(1, 6).Select(i => RealProgram.Start(
            Product.Program, ["check", "--slurm", "--socket", agent.SocketPath, "--config", settings],
            new Dictionary<string, string> { ["SLURM_CONF"] = slurm.Configuration, ["SLURMD_NODENAME"] = $"n{i}" })).ToList();
        var codes = await Task.WhenAll(checks.Select(check => check.Ended)).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        var states = await Task.WhenAll(Enumerable.Range(1, 6).Select(i => slurm.NodeAsync($"n{i}")));
        foreach (var check in checks) await check.DisposeAsync();

        Assert.InRange(states.Count(node => node.State == "drained"), 1, 2); // 0.34 of six
        Assert.Equal(codes.Count(code => code == 2), states.Count(node => node.State == "drained"));
        Assert.All(states.Where(node => node.State != "drained"), node => Assert.Equal("idle", node.State));
    }
}
