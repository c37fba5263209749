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

    /// <summary>
    /// Without the events of records that an earlier run had stored already: who could not read the store at the start read the kernel's log from its
    /// beginning.
    /// </summary>
    public EventBatch Behind(KernelCursor? stored) => stored is not { } known ? this
        : this with { Events = [.. Events.Where(record => record.Event.Cursor is not { } read || read.BootId != known.BootId || read.Sequence > known.Sequence)] };

    /// <summary>What the judge remembers of devices, by device id; only those that changed.</summary>
    public ImmutableDictionary<string, byte[]> Memories { get; init; } = ImmutableDictionary<string, byte[]>.Empty;
}
