using System.Collections.Immutable;
using System.Text.Json;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>The nodes of <c>sinfo --json</c>.</summary>
internal static class SlurmNodes
{
    /// <summary>Throws <see cref="FormatException"/> when any of them is not understood.</summary>
    public static ImmutableDictionary<string, ClusterNode> Read(JsonElement answer)
        => answer.GetProperty("nodes").EnumerateArray().Select(Node).ToImmutableDictionary(node => node.Name);

    private static ClusterNode Node(JsonElement node)
    {
        var (all, used) = (SlurmCards.Read(node.Text("gres")), SlurmCards.Read(node.Text("gres_used")));
        return new()
        {
            Name = node.Text("name"),
            Phase = Phase([.. node.Words("state"), .. node.TryGetProperty("state_flags", out _) ? node.Words("state_flags") : []]),
            Reason = node.Text("reason"),
            Partitions = [.. node.GetProperty("partitions").EnumerateArray().Select(partition => partition.GetString()!)],
            Cards = all.Count,
            FreeCards = Math.Max(0, all.Count - used.Count),
            CardType = all.Type,
        };
    }

    // Slurm's slurm.h, node_states and the flags beside them. The gravest word counts.
    private static NodePhase Phase(ImmutableArray<string> words)
    {
        if (!words.Any(word => word is "IDLE" or "MIXED" or "ALLOCATED" or "DOWN" or "ERROR" or "FUTURE")) return NodePhase.Unknown;
        if (words.Any(word => word is "MAINTENANCE" or "REBOOT_ISSUED" or "REBOOT_REQUESTED" or "REBOOT")) return NodePhase.Maintenance;
        if (words.Any(word => word is "DOWN" or "ERROR" or "FUTURE" or "FAIL" or "INVALID_REG" or "POWERED_DOWN" or "POWERING_DOWN")) return NodePhase.Down;
        if (!words.Contains("DRAIN")) return NodePhase.InService;
        return words.Any(word => word is "MIXED" or "ALLOCATED" or "COMPLETING") ? NodePhase.Draining : NodePhase.Drained;
    }
}
