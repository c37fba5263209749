using System.Text.Json;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Schedulers;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class CheckTests
{
    private const string Auto = "[Slurm]\nMode=auto\nMaxDrainedShare=0.3\n";

    [Fact]
    public async Task All_is_well()
    {
        var check = await CheckAsync(JudgedNode.Build());
        Assert.Equal(0, check.Code);
        Assert.Equal("FOREWARN OK - 8 of 8 devices healthy | devices=8 healthy=8 watch=0 degraded=0 failing=0 failed=0 unknown=0\n", check.Output);
    }

    [Theory]
    [InlineData(HealthState.Watch, 0, "OK")]
    [InlineData(HealthState.Degraded, 1, "WARNING")]
    [InlineData(HealthState.Failing, 2, "CRITICAL")]
    [InlineData(HealthState.Failed, 2, "CRITICAL")]
    [InlineData(HealthState.Unknown, 3, "UNKNOWN")]
    public async Task The_worst_device_decides(HealthState state, int code, string word)
    {
        var check = await CheckAsync(JudgedNode.Build().Judge(3, state));
        Assert.Equal(code, check.Code);
        Assert.StartsWith($"FOREWARN {word} - ", check.Output, StringComparison.Ordinal);
        Assert.Single(check.Output, '\n');
    }

    [Fact]
    public async Task The_line_names_the_worst_device_and_its_finding()
        => Assert.StartsWith(
            "FOREWARN CRITICAL - device 3 0000:5d:00.0 Failing: a bad row of memory could not be replaced by a spare one (flag 1, should be 0) (row-remap-failed); 7 of 8 devices healthy | ",
            (await CheckAsync(Failing())).Output, StringComparison.Ordinal);

    [Fact]
    public async Task The_node_itself_counts()
    {
        var node = JudgedNode.Build();
        node.View.Assessment = node.View.Assessment! with { State = HealthState.Degraded };
        Assert.Equal(1, (await CheckAsync(node)).Code);
    }

    [Fact]
    public async Task A_device_that_was_never_found_is_a_warning()
    {
        var check = await CheckAsync(JudgedNode.Build().Running(9, 8));
        Assert.Equal(1, check.Code);
        Assert.Contains("1 of 9 expected not found", check.Output, StringComparison.Ordinal);
    }

    /// <summary>Nobody can use it: whatever was said of it before concerns no work.</summary>
    [Theory]
    [InlineData(HealthState.Unknown)]
    [InlineData(HealthState.Failing)]
    public async Task A_card_that_the_driver_leaves_alone_is_left_out_and_told(HealthState state)
    {
        var node = JudgedNode.Build().Judge(3, state).Running(7, 7).Become(3, DevicePresence.Excluded, NoDataReason.Excluded, "left alone");
        var check = await CheckAsync(node);
        Assert.Equal(0, check.Code);
        Assert.StartsWith("FOREWARN OK - 7 of 7 devices healthy, 1 excluded | devices=7 healthy=7 ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_judged_is_unknown() => Assert.Equal(3, (await CheckAsync(new HandMadeNode().WithDevices(2))).Code);

    [Fact]
    public async Task While_somebody_works_at_the_node_nobody_is_called()
    {
        var check = await CheckAsync(InMaintenance(Failing()));
        Assert.Equal(0, check.Code);
        Assert.Contains("in maintenance (new fans); device 3", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_is_not_there_is_unknown()
    {
        var check = await Command.RunAsync(["check", "--socket", "/nonexistent/s"]);
        Assert.Equal((3, ""), (check.Code, check.Error));
        Assert.StartsWith("FOREWARN UNKNOWN - cannot reach the agent", check.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 3)]
    public async Task In_a_prolog_it_drains_no_node_unless_that_is_wanted(bool strict, int code)
    {
        string[] words = ["check", "--slurm", "--socket", "/nonexistent/s"];
        var check = await Command.RunAsync(strict ? [.. words, "--strict"] : words);
        Assert.Equal(code, check.Code);
        Assert.StartsWith("FOREWARN UNKNOWN - ", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_command_line_is_unknown_and_not_critical() => Assert.Equal(3, (await Command.RunAsync(["check", "--slurn"])).Code);

    [Fact]
    public async Task Under_slurm_what_asks_for_no_drain_asks_slurm_nothing()
    {
        var slurm = new DummySlurm(4);
        var node = JudgedNode.Build();
        node.Judge(3, HealthState.Degraded, JudgedNode.Hot(node, 3));
        Assert.Equal(0, (await CheckAsync(node, slurm, Auto, "--slurm")).Code);
        Assert.Empty(slurm.Commands);
    }

    [Fact]
    public async Task Under_slurm_a_failing_node_is_drained_and_that_is_the_exit()
    {
        var slurm = new DummySlurm(4);
        var check = await CheckAsync(Failing(), slurm, Auto, "--slurm");
        Assert.Equal(2, check.Code);
        Assert.Contains("; drained |", check.Output, StringComparison.Ordinal);
        Assert.Equal("forewarn: device 3 0000:5d:00.0 row-remap-failed", slurm["gpu-node-17"].Reason);
    }

    [Fact]
    public async Task Under_slurm_nothing_is_drained_until_the_site_says_so()
    {
        var slurm = new DummySlurm(4);
        var check = await CheckAsync(Failing(), slurm, "", "--slurm");
        Assert.Equal(0, check.Code);
        Assert.Contains("would be drained: [Slurm] Mode=observe", await CheckTextAsync(slurm, "[Slurm]\nMaxDrainedShare=0.5\n"), StringComparison.Ordinal);
        Assert.Equal("idle", slurm["gpu-node-17"].State);
    }

    [Theory]
    [InlineData(null, false, 3)] // of a HealthCheckProgram nobody reads it; of a person it is the answer
    [InlineData("42", false, 0)] // a prolog would drain the node, and nobody knows how many are left
    [InlineData("42", true, 3)]
    public async Task A_slurm_that_does_not_answer_is_said_where_it_costs_no_node(string? job, bool strict, int code)
    {
        var slurm = new DummySlurm(4);
        slurm.Ends.Enqueue(new(CommandEnd.TimedOut, 0, "", ""));
        string[] further = strict ? ["--slurm", "--strict"] : ["--slurm"];
        var check = await CheckAsync(Failing(), slurm, Auto, job, further);
        Assert.Equal(code, check.Code);
        Assert.Contains("not drained: sinfo did not end within 2 s", check.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Under_slurm_a_node_in_maintenance_is_left_alone()
    {
        var slurm = new DummySlurm(4);
        Assert.Equal(0, (await CheckAsync(InMaintenance(Failing()), slurm, Auto, "--slurm")).Code);
        Assert.Empty(slurm.Commands);
    }

    [Fact]
    public async Task As_json()
    {
        var slurm = new DummySlurm(4);
        var check = await CheckAsync(Failing(), slurm, Auto, "--slurm", "--json");
        using var json = JsonDocument.Parse(check.Output);
        Assert.Equal(("Critical", 2, "drained"), (
            json.RootElement.GetProperty("status").GetString(), json.RootElement.GetProperty("exit_code").GetInt32(), json.RootElement.GetProperty("drain").GetString()));
        Assert.Equal(7, json.RootElement.GetProperty("states").GetProperty("healthy").GetInt32());
    }

    /// <summary>Whoever waits for a while goes on at once.</summary>
    private sealed class Hasty : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
            => base.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
    }

    private static async Task<string> CheckTextAsync(ICommandRunner slurm, string configuration) => (await CheckAsync(Failing(), slurm, configuration, "--slurm")).Output;

    private static HandMadeNode Failing()
    {
        var node = JudgedNode.Build();
        return node.Judge(3, HealthState.Failing, JudgedNode.RowRemapFailed(node, 3));
    }

    private static HandMadeNode InMaintenance(HandMadeNode node)
    {
        node.View.Maintenance = new Maintenance("ann", "new fans", HandMadeNode.Now.AddMinutes(-9), null);
        return node;
    }

    private static Task<Command> CheckAsync(HandMadeNode node) => CheckAsync(node, new DummySlurm(4), "");

    private static Task<Command> CheckAsync(HandMadeNode node, ICommandRunner slurm, string configuration, params string[] further)
        => CheckAsync(node, slurm, configuration, job: null, further);

    private static async Task<Command> CheckAsync(HandMadeNode node, ICommandRunner slurm, string configuration, string? job, string[] further)
    {
        using var folder = new TemporaryFolder();
        await using var served = await ServedNode.StartAsync(node);
        return await Command.RunAsync(["check", "--socket", served.Socket, .. further], folder.Write("f.conf", configuration), commands: slurm, job: job, time: new Hasty());
    }
}
