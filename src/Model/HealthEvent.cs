using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>Something that happened. Alike ones within a short time are one event with a count.</summary>
public sealed record HealthEvent
{
    /// <summary>The <see cref="Source"/> of what was read in the kernel's log.</summary>
    public const string KernelLog = "kernel";

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
    public long Count { get; init; } = 1;

    /// <summary>Who saw it first, for example <c>nvml</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Who else saw the same; empty for most.</summary>
    public ImmutableArray<string> AlsoSeenBy { get; init; } = [];

    /// <summary>What the text says of where and what, in types; null where there is nothing more to say.</summary>
    public EventDetail? Detail { get; init; }

    /// <summary>The line as it was logged; "" where there was none.</summary>
    public string Raw { get; init; } = "";

    /// <summary>Where in the kernel's log it stood last; null when it did not come from there.</summary>
    public KernelCursor? Cursor { get; init; }

    /// <summary>
    /// The finding that was raised, changed or cleared; null for other kinds. An observer that keeps it needs no other table.
    /// </summary>
    public Finding? Finding { get; init; }

    /// <summary>What makes two events the same one.</summary>
    public EventKey Key => new(Kind, Device?.Id ?? DeviceId.Node, Code, Detail?.Link ?? -1, Finding?.Rule ?? Detail?.Unit ?? "");
}
