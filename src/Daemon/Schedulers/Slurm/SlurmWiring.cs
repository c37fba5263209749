using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Asks Slurm how its nodes are wired.</summary>
internal sealed class SlurmWiring(ICommandRunner commands)
{
    private const string Asked = "scontrol show topology";

    // scontrol's words where slurm.conf names no plugin for it (22.05: slurm_print_topo_info_msg). That is no trouble: nobody told Slurm.
    private const string NobodyTold = "No topology information available";

    // As with all that Slurm is asked for.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(15);

    /// <summary>What it says, or why it does not; both null and empty are nothing to complain of.</summary>
    public async Task<(TopologyReading? Reading, string Trouble)> AskAsync(CancellationToken cancellation)
    {
        var result = await commands.RunAsync("scontrol", ["show", "topology"], Deadline, cancellation);
        if (!result.IsGood) return (null, result.End == CommandEnd.TimedOut ? $"{Asked}: no answer within {Deadline.TotalSeconds} s" : $"{Asked}: {result.Errors.Trim()}");
        return (result.Output.Trim() is "" or NobodyTold ? new TopologyReading([], []) : SlurmTopology.Read(Asked, result.Output), "");
    }
}
