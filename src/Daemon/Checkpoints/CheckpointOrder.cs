namespace Forewarn.Daemon.Checkpoints;

/// <summary>What is asked of the child that looks at checkpoints; it travels as one argument.</summary>
internal sealed record CheckpointOrder
{
    // Own figure: what writes a checkpoint writes all the time; a pause of half a minute is the end, or a job that hangs.
    public static readonly TimeSpan UsualSettle = TimeSpan.FromSeconds(30);

    /// <summary>The folder beneath which everything is looked at.</summary>
    public required string Root { get; init; }

    /// <summary>The one checkpoint to verify, a name in the root; null to look for the latest.</summary>
    public string? Name { get; init; }

    /// <summary>The time it is.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Older ones do not count; null for all.</summary>
    public DateTimeOffset? NewerThan { get; init; }

    /// <summary>How long nothing may have been written to it.</summary>
    public TimeSpan Settle { get; init; } = UsualSettle;

    /// <summary>Number of processes that wrote it, as the caller knows it; null where it does not.</summary>
    public int? Ranks { get; init; }

    /// <summary>Only this format; null for all.</summary>
    public string? Format { get; init; }

    /// <summary>Names of plain files that are checkpoints, with <c>*</c> and <c>?</c>; null for the usual.</summary>
    public string? Pattern { get; init; }

    /// <summary>As whom to look: a name or number; null as who asks. Root alone, or who has CAP_SETUID and CAP_SETGID, can look as somebody else.</summary>
    public string? User { get; init; }
}
