using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Schedulers.Slurm;

namespace Forewarn.Daemon.Tests.Schedulers;

/// <summary>A cluster that answers sinfo and scontrol as Slurm does, and can be made to fail.</summary>
internal sealed class DummySlurm : ICommandRunner
{
    private readonly Dictionary<string, SlurmNode> _nodes = [];

    /// <summary>So many nodes in one partition; this one is gpu-node-17.</summary>
    public DummySlurm(int nodes)
    {
        for (var i = 0; i < nodes; i++) Set($"gpu-node-{17 + i}", "idle");
    }

    public static SlurmOptions Options { get; } = new()
    {
        Mode = SlurmMode.Auto,
        MaxDrainedShare = 0.5,
        Controller = "",
        Programs = "",
        Maintenance = true,
        MaintenanceEvery = TimeSpan.FromMinutes(5),
    };

    public List<string> Commands { get; } = [];

    /// <summary>How the next commands end; null for well.</summary>
    public Queue<CommandResult?> Ends { get; } = [];

    /// <summary>What happens between a drain and the look after it.</summary>
    public Action Meanwhile { get; set; } = () => { };

    public SlurmNode this[string name] => _nodes[name];

    public void Set(string name, string state, string reason = "", string partition = "gpu") => _nodes[name] = new(name, partition, state, "", reason);

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, TimeSpan within, CancellationToken cancellation)
    {
        Assert.InRange(within, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Commands.Add($"{program} {string.Join(' ', arguments)}");
        if (Ends.TryDequeue(out var end) && end is not null) return Task.FromResult(end);
        return Task.FromResult(new CommandResult(CommandEnd.Exited, 0, program == "sinfo" ? Sinfo(arguments) : Drain(arguments), ""));
    }

    private string Sinfo(IReadOnlyList<string> arguments)
    {
        var only = arguments.FirstOrDefault(word => word.StartsWith("--nodes=", StringComparison.Ordinal))?["--nodes=".Length..];
        return string.Concat(_nodes.Values.Where(node => only is null || node.Name == only)
            .Select(node => $"{node.Name}|{node.Partition}|{node.State}|{(node.Reason.Length == 0 ? "none" : node.Reason)}\n"));
    }

    private string Drain(IReadOnlyList<string> arguments)
    {
        var set = arguments.Skip(1).Select(word => word.Split('=', 2)).ToDictionary(pair => pair[0], pair => pair[1]);
        if (set["state"] == "undrain")
        {
            Set(set["nodename"], "idle");
            return "";
        }

        Assert.Equal("drain", set["state"]);
        _nodes[set["nodename"]] = _nodes[set["nodename"]] with { State = "drained", Reason = set["reason"] };
        Meanwhile();
        return "";
    }
}
