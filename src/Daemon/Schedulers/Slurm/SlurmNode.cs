namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>A node in one of its partitions, as sinfo tells it.</summary>
/// <param name="Name">The node.</param>
/// <param name="Partition">The partition.</param>
/// <param name="State">Its state in one word, without the flags behind it: <c>idle</c>, <c>mixed</c>, <c>draining</c>, <c>drained</c>, <c>down</c>.</param>
/// <param name="Flags">What stands behind the state, such as <c>*</c> for a slurmd that does not answer.</param>
/// <param name="Reason">Why it is out of service; empty while it is not.</param>
internal sealed record SlurmNode(string Name, string Partition, string State, string Flags, string Reason)
{
    // sinfo(1), --format: the fields; %T is the state written out, %E is text of people and therefore the last.
    private const string Format = "%N|%R|%T|%E";
    private const int Fields = 4;

    // sinfo(1), NODE STATE CODES: what may follow a state.
    private const string AllFlags = "*~#!%$@^-+";
    private const char InMaintenance = '$';
    private const string RebootAsked = "@^"; // asked for, and begun

    // sinfo's word for a node that nobody gave a reason.
    private const string NoReason = "none";

    /// <summary>Every node of the cluster, once for each of its partitions.</summary>
    public static IReadOnlyList<string> QueryAll { get; } = ["--noheader", "--Node", "--format=" + Format];

    /// <summary>One node alone.</summary>
    public static IReadOnlyList<string> Query(string name) => [.. QueryAll, "--nodes=" + name];

    /// <summary>It was taken out of service, whether its jobs have ended yet or not.</summary>
    public bool IsDrained => State is "drained" or "draining" or "drain";

    /// <summary>It takes no work: drained, down, failed, or kept for maintenance.</summary>
    public bool IsOut => IsDrained || State is "down" or "fail" or "failing" or "failed" or "maint" or "reboot" or "inval" or "unknown";

    /// <summary>Why nobody need be called for it: a reservation with the flag MAINT, or a planned reboot; null while nothing of that holds. A reboot that
    /// waits for jobs, while the node still gets new ones, is none: that can last for weeks.</summary>
    public string? Maintenance
        => State == "maint" || Flags.Contains(InMaintenance) ? "a MAINT reservation"
            : State == "reboot" || (IsDrained && Flags.AsSpan().ContainsAny(RebootAsked)) ? "a planned reboot"
            : null;

    /// <summary>Lines that are not of this form, such as the rest of a reason of several lines, are left out.</summary>
    public static IReadOnlyList<SlurmNode> Read(string output) => [.. output.Split('\n').Select(Line).OfType<SlurmNode>()];

    private static SlurmNode? Line(string line)
    {
        var fields = line.Split('|', Fields);
        if (fields.Length < Fields || fields[0].Length == 0 || fields[1].Length == 0) return null;
        var reason = fields[3].Trim();
        var whole = fields[2].Trim();
        var state = whole.TrimEnd(AllFlags.ToCharArray());
        return new(fields[0].Trim(), fields[1].Trim(), state.ToLowerInvariant(), whole[state.Length..], reason == NoReason ? "" : reason);
    }
}
