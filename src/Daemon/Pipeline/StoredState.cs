using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What an earlier run left.</summary>
internal sealed record StoredState
{
    /// <summary>Nothing.</summary>
    public static StoredState Empty { get; } = new();

    /// <summary>The greatest event number; 0 before the first.</summary>
    public long LastId { get; init; }

    /// <summary>Up to where the kernel log was taken; null when it never was.</summary>
    public KernelCursor? Cursor { get; init; }

    /// <summary>The events with the greatest numbers, the oldest first: they may go on.</summary>
    public ImmutableArray<EventRecord> Newest { get; init; } = [];

    /// <summary>Findings that were raised and not cleared.</summary>
    public ImmutableArray<Finding> Findings { get; init; } = [];

    /// <summary>What the judge remembered, by device id.</summary>
    public ImmutableDictionary<string, byte[]> Memories { get; init; } = ImmutableDictionary<string, byte[]>.Empty;
}
