using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The real <c>forewarn check --slurm</c> with real programs of Slurm's names in PATH, which keep the cluster in a file.</summary>
public sealed class SlurmCheckTests
{
    private const string Sinfo = """
        #!/bin/sh
        cd "$(dirname "$0")" && cat cluster
        """;

    private const string Scontrol = """
        #!/bin/sh
        cd "$(dirname "$0")" && printf '%s\n' "$@" >>asked && sed -i 's/^n1|gpu|idle|none$/n1|gpu|drained|'"${4#reason=}"'/' cluster
        """;

    [Fact]
    public async Task A_failed_card_drains_its_node_once_and_keeps_it_out_of_prologs()
    {
        using var slurm = Slurm("n1|gpu|idle|none\nn2|gpu|mixed|none\n");
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        Assert.Equal(0, (await CheckAsync(agent.SocketPath, slurm)).Code);
        Assert.False(File.Exists(Path.Join(slurm.Path, "asked")));

        await agent.InjectAsync("gpu 3 lost");
        await Eventually.TrueAsync(async () => (await CheckAsync(agent.SocketPath, slurm)).Code == 2, TimeSpan.FromSeconds(90), "the node is drained");
        Assert.Contains("n1|gpu|drained|forewarn: SIMULATED device 3", File.ReadAllText(Path.Join(slurm.Path, "cluster")), StringComparison.Ordinal);
        var asked = File.ReadAllText(Path.Join(slurm.Path, "asked"));
        Assert.Equal(2, (await CheckAsync(agent.SocketPath, slurm)).Code);
        Assert.Equal(asked, File.ReadAllText(Path.Join(slurm.Path, "asked")));
    }

    [Fact]
    public async Task A_controller_of_slurm_that_hangs_costs_two_seconds_and_no_node()
    {
        using var slurm = Slurm("");
        slurm.Write("sinfo", "#!/bin/sh\nexec sleep 600\n");
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 3 lost");
        await Eventually.TrueAsync(
            async () => (await CheckAsync(agent.SocketPath, slurm)) is { Code: 3 } check && check.Output.Contains("sinfo did not end within 2 s", StringComparison.Ordinal),
            TimeSpan.FromSeconds(90), "it is said that Slurm did not answer");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3, "--strict")]
    public async Task Without_an_agent_a_prolog_goes_on_unless_that_is_not_wanted(int code, params string[] further)
    {
        using var slurm = Slurm("");
        Assert.Equal(code, (await CheckAsync("/nonexistent/s", slurm, further)).Code);
    }

    private static TemporaryFolder Slurm(string cluster)
    {
        var folder = new TemporaryFolder();
        folder.Write("cluster", cluster);
        foreach (var (name, script) in new[] { ("sinfo", Sinfo), ("scontrol", Scontrol) })
        {
            folder.Write(name, script + "\n");
            File.SetUnixFileMode(Path.Join(folder.Path, name), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        folder.Write("forewarn.conf", "[Slurm]\nMode=auto\nMaxDrainedShare=0.5\n");
        return folder;
    }

    private static async Task<(int Code, string Output)> CheckAsync(string socket, TemporaryFolder slurm, params string[] further)
    {
        await using var check = RealProgram.Start(
            Product.Program, ["check", "--slurm", "--socket", socket, "--config", Path.Join(slurm.Path, "forewarn.conf"), .. further],
            new Dictionary<string, string> { ["PATH"] = $"{slurm.Path}:{Environment.GetEnvironmentVariable("PATH")}", ["SLURMD_NODENAME"] = "n1" });
        return (await check.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System), check.Output);
    }
}
