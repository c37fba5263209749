using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Efficiency;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class TopTests
{
    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(140)]
    public async Task The_devices_at_work(int width)
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var top = await Command.RunAsync(["top", "--once", "--socket", served.Socket], width: width);
        Assert.Equal((0, ""), (top.Code, top.Error));
        Assert.All(top.Output.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Golden.Matches($"Cli/golden/top-{width}.txt", top.Output);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public async Task Parts_stand_beneath_their_card_and_count_for_none(int width)
    {
        await using var served = await ServedNode.StartAsync(CutAtWork());
        var top = await Command.RunAsync(["top", "--once", "--socket", served.Socket], width: width);
        Assert.Contains("2 of 2 devices", top.Output, StringComparison.Ordinal);
        Assert.All(top.Output.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Golden.Matches($"Cli/golden/top-mig-{width}.txt", top.Output);
    }

    [Fact]
    public async Task In_the_accounts_a_part_is_known_by_its_card_and_size()
    {
        await using var served = await ServedNode.StartAsync(CutAtWork());
        var top = await Command.RunAsync(["top", "--efficiency", "--once", "--socket", served.Socket]);
        Golden.Matches("Cli/golden/efficiency-mig-80.txt", top.Output);
    }

    [Fact]
    public async Task Sixteen_devices_and_the_worst_finding_of_each_that_has_one()
    {
        var node = JudgedNode.Build(devices: 16);
        node.Judge(3, HealthState.Degraded, JudgedNode.Hot(node, 3)).Judge(9, HealthState.Failing, JudgedNode.RowRemapFailed(node, 9));
        await using var served = await ServedNode.StartAsync(node);
        var top = await Command.RunAsync(["top", "--once", "--socket", served.Socket]);
        Assert.All(top.Output.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Golden.Matches("Cli/golden/top-sixteen-judged.txt", top.Output);
    }

    [Fact]
    public async Task Findings_that_do_not_fit_are_counted()
    {
        var node = JudgedNode.Build(devices: 16);
        for (var i = 0; i < 16; i++) node.Judge(i, HealthState.Degraded, JudgedNode.Hot(node, i));
        await using var served = await ServedNode.StartAsync(node);
        var time = new ManualTimeProvider();
        var top = await RunAsync(time, Command.RunAsync(["top", "-n", "2", "--socket", served.Socket], live: true, time: time));
        var picture = top.Output.Split("\e[H")[1].Split("\e[J")[0].Split('\n');
        Assert.Equal(24, picture.Length);
        Assert.StartsWith("… and 13 more: forewarn status", picture[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_utf8_the_bars_are_ascii()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var top = await Command.RunAsync(["top", "--once", "--socket", served.Socket], width: 140, unicode: false);
        Assert.All(top.Output, letter => Assert.InRange(letter, '\n', '~'));
        Assert.Contains("###", top.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task No_devices()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().Running(0, 0));
        var top = await Command.RunAsync(["top", "-n", "1", "--socket", served.Socket]);
        Assert.EndsWith("\n\nno device has been found; forewarn status says why\n", top.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_an_agent_it_fails_at_once_and_turns_no_page()
    {
        var top = await Command.RunAsync(["top", "--socket", "/nonexistent/s"], live: true);
        Assert.Equal((1, ""), (top.Code, top.Output));
        Assert.StartsWith("forewarn: cannot reach the agent", top.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Into_a_pipe_one_picture_stands_below_the_other()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var time = new ManualTimeProvider();
        var top = await RunAsync(time, Command.RunAsync(["top", "-n", "3", "--interval", "2", "--socket", served.Socket], time: time));
        Assert.Equal(3, top.Output.Split("SIMULATED NODE").Length - 1);
        Assert.DoesNotContain('\e', top.Output);
    }

    [Fact]
    public async Task On_a_terminal_each_picture_is_drawn_over_the_last_and_the_page_is_given_back()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var time = new ManualTimeProvider();
        var top = await RunAsync(time, Command.RunAsync(["top", "-n", "3", "--socket", served.Socket], live: true, time: time));
        Assert.Equal(0, top.Code);
        Assert.StartsWith("\e[?1049h\e[?25l\e[HSIMULATED", top.Output, StringComparison.Ordinal);
        Assert.Equal(3, top.Output.Split("\e[H").Length - 1);
        Assert.DoesNotContain("\e[2J", top.Output, StringComparison.Ordinal); // clearing the whole would flicker
        var after = top.Output.Split("\e[?25h\e[?1049l")[1];
        Assert.StartsWith("SIMULATED NODE", after, StringComparison.Ordinal);
        Assert.DoesNotContain('\e', after);
    }

    [Fact]
    public async Task What_does_not_fit_on_the_terminal_is_counted()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(40));
        var time = new ManualTimeProvider();
        var top = await RunAsync(time, Command.RunAsync(["top", "-n", "2", "--socket", served.Socket], height: 12, live: true, time: time));
        var picture = top.Output.Split("\e[H")[1].Split("\e[J")[0].Split('\n');
        Assert.Equal(12, picture.Length);
        Assert.StartsWith("… and 32 more lines", picture[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_q_ends_it()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var pressed = new TaskCompletionSource();
        var running = Command.RunAsync(["top", "--socket", served.Socket], live: true, time: new ManualTimeProvider(), quit: _ => pressed.Task);
        pressed.SetResult();
        var top = await running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal(0, top.Code);
        Assert.Contains("\e[?25h\e[?1049l", top.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_interrupt_ends_it_well(bool live)
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        using var interrupt = new CancellationTokenSource();
        var time = new ManualTimeProvider();
        var running = Command.RunAsync(["top", "--socket", served.Socket], live: live, time: time, cancellation: interrupt.Token);
        await Eventually.TrueAsync(() => Task.FromResult(time.Timers > 0), TimeSpan.FromSeconds(20), "it waits for its next picture");
        await interrupt.CancelAsync();
        var top = await running.WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        Assert.Equal((0, ""), (top.Code, top.Error));
        Assert.Equal(live, top.Output.Contains("\e[?25h\e[?1049l", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_agent_that_goes_away_is_waited_for()
    {
        var served = await ServedNode.StartAsync(AtWork());
        var time = new ManualTimeProvider();
        var running = Command.RunAsync(["top", "-n", "2", "--socket", served.Socket], time: time);
        await Eventually.TrueAsync(() => Task.FromResult(time.Timers > 0), TimeSpan.FromSeconds(20), "it waits for its next picture");
        await served.DisposeAsync();
        var top = await RunAsync(time, running);
        Assert.Equal((0, ""), (top.Code, top.Error));
        Assert.Contains("tried again. Below is what was last known:", top.Output.Replace("\n ", "", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Equal(2, top.Output.Split("SIMULATED NODE").Length - 1);
    }

    [Fact]
    public async Task As_json_the_devices_and_their_jobs()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var top = await Command.RunAsync(["top", "--json", "--socket", served.Socket]);
        Assert.StartsWith("{\n  \"api\": \"v1\",\n  \"simulated\": true,", top.Output, StringComparison.Ordinal);
        Assert.Contains("\"signal\": \"forewarn_device_utilization_ratio\"", top.Output, StringComparison.Ordinal);
        Assert.Contains("\"id\": \"4711\"", top.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_the_accounts()
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var top = await Command.RunAsync(["top", "--efficiency", "--json", "--socket", served.Socket]);
        Assert.Contains("\"idle_held_seconds\": 600", top.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hour", 20)]
    [InlineData("hour", 40)]
    [InlineData("hour", 80)]
    [InlineData("day", 80)]
    [InlineData("day", 120)]
    public async Task How_the_time_was_used(string window, int width)
    {
        await using var served = await ServedNode.StartAsync(AtWork());
        var top = await Command.RunAsync(["top", "--efficiency", "--window", window, "--once", "--socket", served.Socket], width: width);
        Assert.Equal((0, ""), (top.Code, top.Error));
        Assert.All(top.Output.Split('\n'), line => Assert.InRange(line.Length, 0, width));
        Golden.Matches($"Cli/golden/efficiency-{window}-{width}.txt", top.Output);
    }

    [Theory]
    [InlineData(0, 0, "No utilisation was measured: nothing can be said about waste.")]
    [InlineData(100, 1, "No device was idle in 1 min of device time.")]
    [InlineData(100, 0, "Idle and free for work: 1 min in 1 min of device time (100%). Nobody held memory")]
    public async Task Where_nothing_is_wasted_it_says_what_is(int seconds, double utilization, string words)
    {
        var node = new HandMadeNode().WithDevices(1);
        if (seconds > 0) node.Worked(0, seconds, utilization, 3, 100);
        await using var served = await ServedNode.StartAsync(node);
        var top = await Command.RunAsync(["top", "--efficiency", "--once", "--socket", served.Socket]);
        Assert.Contains(words, top.Output, StringComparison.Ordinal);
        Assert.Contains("no job was seen on a device", top.Output, StringComparison.Ordinal);
    }

    private static async Task<Command> RunAsync(ManualTimeProvider time, Task<Command> running)
    {
        await Eventually.TrueAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(2));
                return Task.FromResult(running.IsCompleted);
            },
            TimeSpan.FromSeconds(20), "it has ended");
        return await running;
    }

    // Card 0 is cut in three; card 1 is whole and works.
    private static HandMadeNode CutAtWork() => new HandMadeNode("h100-8-mig").WithDevices(2).Cut(0, "1g.10gb", "1g.10gb", "2g.20gb")
        .Worked(1, 1200, 1, 60000, 650, 0, MeasuredCard.Job("4712"))
        .Read(1, Reading.Of(SignalId.UtilizationGpu, 1));

    // Card 0 holds memory and does nothing for job 4711, card 1 works for two, card 2 is free, card 3 is lost.
    private static HandMadeNode AtWork()
    {
        var pod = new DeviceWorkload(
            new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "1f0c", Namespace = "ml", Pod = "train-llama-70b-worker-0" }, 1, -1);
        var node = new HandMadeNode("h100-8").WithDevices(4, (3, 240)).Running(4, 3)
            .Worked(0, 3000, 0.9, 60000, 650, 7200, MeasuredCard.Job("4711"))
            .Worked(0, 600, 0, 60000, 120, 0, MeasuredCard.Job("4711"))
            .Worked(1, 1200, 0.75, 60000, 600, 0, MeasuredCard.Job("4712"), pod)
            .Worked(2, 1200, 0, 3, 70)
            .Read(0, Reading.Of(SignalId.UtilizationGpu, 0), Reading.Of(SignalId.PowerLimit, 700), Reading.Of(SignalId.ClockSm, 1.98e9),
                Reading.Of(SignalId.ClockEventSoftwarePowerCap, 0), Reading.Of(SignalId.ClockEventHardwareThermal, 0))
            .Read(1, Reading.Of(SignalId.UtilizationGpu, 0.75), Reading.Of(SignalId.ClockSm, 1.2e9), Reading.Of(SignalId.ClockEventHardwareThermal, 1));
        return node.Become(3, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus");
    }
}
