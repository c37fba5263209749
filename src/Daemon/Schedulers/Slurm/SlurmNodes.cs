using System.Collections.Immutable;
using System.Text.Json;
using Forewarn.Controller.Schedulers;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>The nodes of <c>sinfo --json</c>, or of <c>scontrol show nodes --json</c>, which has the same form.</summary>
internal static class SlurmNodes
{
    // What slurmctld gives as the reason for a node that it has lost: nobody's word.
    private const string OwnReason = "Not responding";

    /// <summary>Throws <see cref="FormatException"/> when any of them is not understood.</summary>
    public static ImmutableDictionary<string, ClusterNode> Read(JsonElement answer)
        => answer.GetProperty("nodes").EnumerateArray().Select(Node).ToImmutableDictionary(node => node.Name);

    /// <summary>The answer has them grouped by what they have in common, as sinfo gives them from 24.11 on: not each of them, and not all that it is.</summary>
    public static bool AreGrouped(JsonElement answer) => answer.TryGetProperty("sinfo", out _) && !answer.TryGetProperty("nodes", out _);

    private static ClusterNode Node(JsonElement node)
    {
        var (all, used) = (Cards(node, "gres"), Cards(node, "gres_used"));
        ImmutableArray<string> words = [.. node.Words("state"), .. node.TryGetProperty("state_flags", out _) ? node.Words("state_flags") : []];
        return new()
        {
            Name = node.Text("name"),
            Phase = Phase(words),
            IsDrained = words.Contains("DRAIN"),
            Reason = node.Text("reason") is var reason && reason != OwnReason ? reason : "",
            Partitions = node.Texts("partitions"),
            Cards = all.Count,
            FreeCards = Math.Max(0, all.Count - used.Count),
            CardType = all.Type,
            Features = Features(node),
            FreeCpus = (int)Math.Max(0, node.NumberOrNone("cpus") - node.NumberOrNone("alloc_cpus")),
            Memory = node.NumberOrNone("real_memory"),
            FreeMemory = Math.Max(0, node.NumberOrNone("real_memory") - node.NumberOrNone("alloc_memory")),
        };
    }

    // One text with commas once, a list later.
    private static string Features(JsonElement node)
    {
        if (!node.TryGetProperty("active_features", out var features)) return "";
        IEnumerable<string> words = features.ValueKind == JsonValueKind.Array ? node.Texts("active_features") : node.Text("active_features").Split(',');
        return string.Join(',', words.Order(StringComparer.Ordinal));
    }

    private static SlurmCards Cards(JsonElement node, string name) => SlurmCards.Read(node.Text(name)) ?? throw new FormatException($"{name} of {node.Text("name")}: {node.Text(name)}");

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
