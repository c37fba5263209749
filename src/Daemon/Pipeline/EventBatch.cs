using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>What belongs together and is stored together or not at all: a restart after half of it would miss or double something.</summary>
internal sealed record EventBatch
{
    /// <summary>New and grown events, transitions among them, in the order in which they happened. A transition carries its finding.</summary>
    public ImmutableArray<EventRecord> Events { get; init; } = [];

    /// <summary>All records of the kernel log up to here are in these events or an earlier batch; null when that did not move.</summary>
    public KernelCursor? Cursor { get; init; }

    /// <summary>What the judge remembers of devices, by device id; only those that changed.</summary>
    public ImmutableDictionary<string, byte[]> Memories { get; init; } = ImmutableDictionary<string, byte[]>.Empty;
}
