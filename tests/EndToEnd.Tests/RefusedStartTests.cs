using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>What the user reads when the agent cannot start, or cannot take a new configuration.</summary>
public sealed class RefusedStartTests
{
    private const string Wrong = """
        [Sampling]
        Fast = 10ms
        Slwo = 30s
        [Source.nvml]
        Expected = many

        """;

    [Fact]
    public async Task A_wrong_configuration_lists_every_error_and_starts_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var agent = AgentUnderTest.Launch(new AgentStart { Folder = folder, Config = folder.Write("wrong.conf", Wrong) });

        Assert.Equal(2, await agent.Program.Ended.WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System));

        Assert.Equal(3, agent.Program.ErrorLines.Count);
        Assert.Contains("wrong.conf:2:", agent.Program.Errors, StringComparison.Ordinal);
        Assert.Contains("wrong.conf:3:", agent.Program.Errors, StringComparison.Ordinal);
        Assert.Contains("wrong.conf:5:", agent.Program.Errors, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Join(folder.Path, "run")), "nothing was made");
    }

    [Fact]
    public async Task A_wrong_configuration_on_SIGHUP_changes_nothing_and_is_logged()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("forewarn.conf", "[Sampling]\nFast = 500ms\n");
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder, Config = config });
        await agent.UntilAllMeasuredAsync();
        var probe = agent.MainProbe;

        folder.Write("forewarn.conf", Wrong);
        agent.Program.Signal(Processes.Hangup);

        await agent.UntilLoggedAsync("forewarn.conf:3:", TimeSpan.FromSeconds(3));
        await agent.UntilLoggedAsync("forewarn.conf:5:", TimeSpan.FromSeconds(1));
        await Pause.ForAsync(TimeSpan.FromSeconds(1));
        Assert.Equal(probe, agent.MainProbe);
        Assert.Contains("fast=500", Processes.CommandLine(probe!.Value));

        folder.Write("forewarn.conf", "[Sampling]\nFast = 250ms\n");
        agent.Program.Signal(Processes.Hangup);
        await Eventually.TrueAsync(
            () => agent.MainProbe is { } next && next != probe && Processes.CommandLine(next).Contains("fast=250"),
            TimeSpan.FromSeconds(5), "a probe has the new period");
        await agent.UntilAllMeasuredAsync();
        Assert.Equal(0, (await agent.SourceAsync()).Restarts);
    }

    /// <summary>What counts as too old follows the period: at eight seconds a reading of seven is what is.</summary>
    [Fact]
    public async Task A_longer_period_on_SIGHUP_makes_no_device_unknown()
    {
        using var folder = new TemporaryFolder();
        var config = folder.Write("forewarn.conf", "[Sampling]\nFast = 1s\n");
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder, Config = config });
        await agent.UntilAllMeasuredAsync();

        folder.Write("forewarn.conf", "[Sampling]\nFast = 8s\n");
        agent.Program.Signal(Processes.Hangup);
        await Eventually.TrueAsync(() => agent.MainProbe is { } next && Processes.CommandLine(next).Contains("fast=8000"),
            TimeSpan.FromSeconds(5), "a probe has the new period");
        await agent.UntilAllMeasuredAsync();
        await Pause.ForAsync(TimeSpan.FromSeconds(7));

        Assert.All(await agent.DevicesAsync(""), device => Assert.Equal("Measured", device.Presence));
    }

    [Fact]
    public async Task A_busy_port_is_told_with_the_process_that_holds_it()
    {
        var port = FreePort.Next();
        await using var holder = await AgentUnderTest.StartAsync(new AgentStart { Listen = $"127.0.0.1:{port}" });
        await using var agent = AgentUnderTest.Launch(new AgentStart { Listen = $"127.0.0.1:{port}" });

        Assert.Equal(1, await agent.Program.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));

        Assert.Equal($"forewarn agent: port {port} is held by pid {holder.Pid} (forewarn)", agent.Program.ErrorLines.Last());
        Assert.Single(agent.Program.ErrorLines); // a stack trace tells a person nothing
    }

    [Fact]
    public async Task A_second_agent_on_the_same_state_is_told_who_has_it_and_touches_nothing()
    {
        await using var holder = await AgentUnderTest.StartAsync(new AgentStart());
        var state = Path.GetDirectoryName(holder.SocketPath) + "/state";
        await using var agent = AgentUnderTest.Launch(new AgentStart { Settings = [$"Agent.StateDir={state}"] });

        Assert.Equal(1, await agent.Program.Ended.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System));

        Assert.Equal(
            $"forewarn agent: the state directory {state} is held by pid {holder.Pid} (forewarn); stop that agent, or choose another directory with --state-dir",
            Assert.Single(agent.Program.ErrorLines));
    }
}
