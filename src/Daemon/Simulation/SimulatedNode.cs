using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Simulation;

/// <summary>A running simulated node: a child process that lives as long as this object, and the root that it renders.</summary>
internal sealed class SimulatedNode : IAsyncDisposable
{
    /// <summary>The variable by which the simulated libraries find their node.</summary>
    public const string RootVariable = "FOREWARN_SIM_ROOT";

    // Rendering eight cards takes milliseconds; the rest is for a machine that is busy building.
    private static readonly TimeSpan StartDeadline = TimeSpan.FromSeconds(15);

    private readonly SimulatorProcess _process;

    private SimulatedNode(SimulatorProcess process, string root, string description)
    {
        _process = process;
        Root = root;
        Description = description;
    }

    /// <summary>The directory that holds the node's /sys, /proc and /dev: what [Agent] Root= is for a real one.</summary>
    public string Root { get; }

    /// <summary>What the node said of itself: "gpus=8 driver=550.54.15".</summary>
    public string Description { get; }

    /// <summary>The NVML library of the node's driver; it is absent while a scenario has it removed.</summary>
    public string LibraryPath => Path.Combine(Root, "lib", "libnvidia-ml.so.1");

    /// <summary>What a process that loads that library needs in its environment.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { [RootVariable] = Root };

    /// <summary>Controls the node.</summary>
    public SimulatedNodeControl Control => new(Root);

    /// <summary>Completes with the exit code when the process ends, asked or not.</summary>
    public Task<int> Ended => _process.Ended;

    /// <summary>Where the node of an agent with this runtime directory lives; the command line finds it there.</summary>
    public static string RootUnder(string runtimeDirectory) => Path.Combine(runtimeDirectory, "simulated");

    /// <summary>Starts a node under <paramref name="root"/>, which must be absent, empty or an earlier node's; it can be used on return.</summary>
    public static async Task<SimulatedNode> StartAsync(
        SimulationLibrary library, SimulationChoice choice, string root, TimeProvider time, ILogger logger, CancellationToken cancellation)
    {
        library.RequireProgram();
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(root))!);
        var process = SimulatorProcess.Start(
            library.Program, ["run", "--root", Path.GetFullPath(root), "--until-stdin-closes", choice.Option, choice.File], time, logger);
        try
        {
            var ready = await process.WaitForLineAsync("ready root=", StartDeadline, cancellation);
            return new(process, Path.GetFullPath(root), ready[Math.Max(ready.IndexOf("gpus=", StringComparison.Ordinal), 0)..]);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _process.DisposeAsync();
}
