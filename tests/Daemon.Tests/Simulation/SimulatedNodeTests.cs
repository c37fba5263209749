using Forewarn.Daemon.Simulation;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Simulation;

/// <summary>The real simulated node, which "make native" leaves in artifacts/native.</summary>
public sealed class SimulatedNodeTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;
    private readonly TemporaryFolder _folder = new();
    private readonly SimulationLibrary _library = new(Path.Combine(Repository.Root, "artifacts", "native"));

    [Fact(Timeout = 30_000)]
    public async Task A_profile_gives_a_root_a_library_and_eight_cards()
    {
        await using var node = await Start("h100-8");
        Assert.Matches("^gpus=8 driver=550[.0-9]+$", node.Description);
        Assert.True(File.Exists(node.LibraryPath));
        Assert.True(Directory.Exists(Path.Combine(node.Root, "sys")));
        Assert.Equal(node.Root, node.Environment["FOREWARN_SIM_ROOT"]);
        Assert.Equal(8, (await node.Control.StatusAsync(None)).Count(line => line.StartsWith("gpu ", StringComparison.Ordinal)));
    }

    [Fact(Timeout = 30_000)]
    public async Task A_fault_is_injected_and_time_is_moved()
    {
        await using var node = await Start("h100-8");
        await node.Control.RateAsync(0, None);
        await node.Control.InjectAsync("in 30s gpu 3 lost", None);
        Assert.Contains(" present ", await Card(node, 3), StringComparison.Ordinal);

        await node.Control.AdvanceAsync(TimeSpan.FromSeconds(31), None);
        Assert.Contains(" lost ", await Card(node, 3), StringComparison.Ordinal);
        Assert.Contains(" present ", await Card(node, 2), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_scenarios_file_is_played()
    {
        await using var node = await Start(_folder.Write("two.scenario", "profile h100-8\ndriver r470\nat 0s gpu 5 lost\n"));
        Assert.Matches("driver=470[.0-9]+$", node.Description);
        Assert.Contains(" lost ", await Card(node, 5), StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Nonsense_is_refused_in_the_nodes_words()
    {
        await using var node = await Start("h100-8");
        var refused = await Assert.ThrowsAsync<SimulationException>(() => node.Control.InjectAsync("gpu 99 lost", None));
        Assert.StartsWith("column ", refused.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<SimulationException>(() => node.Control.InjectAsync("gpu 1 lost\nstatus", None));
    }

    [Fact(Timeout = 30_000)]
    public async Task It_ends_with_its_owner_and_answers_no_more()
    {
        var node = await Start("h100-8");
        await node.DisposeAsync();
        Assert.Equal(0, await node.Ended);
        var refused = await Assert.ThrowsAsync<SimulationException>(() => node.Control.StatusAsync(None));
        Assert.StartsWith("no simulated node answers in ", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_broken_scenario_is_quoted_with_its_line()
    {
        var file = _folder.Write("bad.scenario", "profile h100-8\nat 1s gpu 3 explodes\n");
        var refused = await Assert.ThrowsAsync<SimulationException>(() => Start(file));
        Assert.Contains(file + ":2:", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static async Task<string> Card(SimulatedNode node, int index) =>
        (await node.Control.StatusAsync(None)).Single(line => line.StartsWith($"gpu {index} ", StringComparison.Ordinal));

    private Task<SimulatedNode> Start(string what) => SimulatedNode.StartAsync(
        _library, _library.Find(what), SimulatedNode.RootUnder(_folder.Path), TimeProvider.System, NullLogger.Instance, None);
}
