namespace Forewarn.Model;

/// <summary>Something that happened. Alike ones within a short time are one event with a count.</summary>
public sealed record HealthEvent
{
    /// <summary>What kind of thing.</summary>
    public required HealthEventKind Kind { get; init; }

    /// <summary>The device; null when it concerns the whole source or node.</summary>
    public Device? Device { get; init; }

    /// <summary>The vendor's code (the Xid for a driver error), the signal number for a died probe; 0 where there is none.</summary>
    public long Code { get; init; }

    /// <summary>One line for a person.</summary>
    public required string Text { get; init; }

    /// <summary>The kernel's boot id when it was seen.</summary>
    public required string BootId { get; init; }

    /// <summary>First time seen.</summary>
    public required DateTimeOffset FirstSeen { get; init; }

    /// <summary>Last time seen.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    /// <summary>How many times within that span; at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Who saw it, for example <c>nvml</c>.</summary>
    public required string Source { get; init; }
}
