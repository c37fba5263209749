using System.Diagnostics;
using System.Globalization;
using Forewarn.Daemon.Simulation;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Simulation;

public class SimulatorProcessTests
{
    [Fact(Timeout = 30_000)]
    public async Task A_simulator_that_gives_up_is_quoted()
    {
        using var simulator = new BadSimulator("echo 'x.scenario:3:9: no such fault' >&2; exit 2");
        var refused = await Assert.ThrowsAsync<SimulationException>(() => Start(simulator, TimeProvider.System));
        Assert.Equal(
            $"{simulator.Library.Program} ended with code 2 before its node was ready:\n  x.scenario:3:9: no such fault",
            refused.Message);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_simulator_that_is_never_ready_is_ended_after_the_deadline()
    {
        using var simulator = new BadSimulator($"echo $$ > \"$(dirname \"$0\")/pid\"; echo not yet; exec cat > /dev/null");
        var time = new ManualTimeProvider();
        var starting = Start(simulator, time);
        var pid = await PidOf(simulator);
        Assert.False(starting.IsCompleted);

        time.Advance(TimeSpan.FromSeconds(15));
        var refused = await Assert.ThrowsAsync<SimulationException>(() => starting);
        Assert.Equal($"{simulator.Library.Program} had no node ready after 15 s", refused.Message);
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_simulator_that_does_not_end_with_its_input_is_killed()
    {
        using var simulator = new BadSimulator("echo $$ > \"$(dirname \"$0\")/pid\"; trap '' TERM; echo ready root=x gpus=8; while :; do sleep 1; done 2>/dev/null");
        var time = new ManualTimeProvider();
        var node = await Start(simulator, time);
        var pid = await PidOf(simulator);
        Assert.Equal("gpus=8", node.Description);

        var stopping = node.DisposeAsync();
        Assert.False(stopping.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        await stopping;
        Assert.Throws<ArgumentException>(() => Process.GetProcessById(pid));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_simulator_that_dies_is_noticed()
    {
        using var simulator = new BadSimulator("echo ready root=x gpus=8; exit 7");
        await using var node = await Start(simulator, TimeProvider.System);
        Assert.Equal(7, await node.Ended);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_program_that_cannot_be_executed_is_no_surprise()
    {
        using var simulator = new BadSimulator(":");
        File.SetUnixFileMode(simulator.Library.Program, UnixFileMode.UserRead);
        var refused = await Assert.ThrowsAsync<SimulationException>(() => Start(simulator, TimeProvider.System));
        Assert.StartsWith($"{simulator.Library.Program} cannot be started: ", refused.Message, StringComparison.Ordinal);
    }

    private static Task<SimulatedNode> Start(BadSimulator simulator, TimeProvider time) => SimulatedNode.StartAsync(
        simulator.Library, simulator.Library.Find("h100-8"), simulator.Root, time, NullLogger.Instance, CancellationToken.None);

    // The script writes its pid before anything else that a test waits for; a file that is still empty is not yet written.
    private static async Task<int> PidOf(BadSimulator simulator)
    {
        var file = Path.Combine(simulator.Folder, "pid");
        while (!File.Exists(file) || !(await File.ReadAllTextAsync(file)).EndsWith('\n'))
        {
            await Task.Yield();
        }

        return int.Parse((await File.ReadAllTextAsync(file)).Trim(), CultureInfo.InvariantCulture);
    }
}
