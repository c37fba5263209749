using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Store;

/// <summary>
/// What waits to be stored: of each event its newest form, in the order of their numbers, with the newest cursor and memories. Bounded; the last
/// change of each finding is never left out, since what stands after a restart depends on it.
/// </summary>
internal sealed class PendingEvents
{
    /// <summary>Own figure, from the design: an hour of ten thousand kinds of trouble is no longer a matter for this disk.</summary>
    public const int Most = 10_000;

    private readonly SortedDictionary<long, (EventRecord Record, bool IsTold)> _events = [];
    private KernelCursor? _cursor;
    private ImmutableDictionary<string, byte[]> _memories = ImmutableDictionary<string, byte[]>.Empty;
    private ImmutableArray<Finding> _standing = [];

    public bool IsEmpty => _events.Count == 0 && _cursor is null && _memories.IsEmpty && _standing.IsEmpty;

    public int Count => _events.Count;

    /// <summary>Those that somebody was told of already.</summary>
    public IEnumerable<EventRecord> Told => _events.Values.Where(one => one.IsTold).Select(one => one.Record);

    /// <summary>Adds a later batch; returns what found no room, as one that had to make room for a later word on its finding.</summary>
    /// <param name="batch">What came.</param>
    /// <param name="committing">How many more of those that may be held are being stored now.</param>
    public List<(EventRecord Record, bool IsTold)> Add(EventBatch batch, int committing = 0)
    {
        var lost = new List<(EventRecord, bool)>();
        foreach (var record in batch.Events)
        {
            if (_events.TryGetValue(record.Id, out var known))
            {
                // What was told goes on; what was not is told once, as it is now.
                _events[record.Id] = (record with { IsNew = known.Record.IsNew && !known.IsTold }, false);
                continue;
            }

            if (_events.Count + committing >= Most)
            {
                if (record.Event.Finding is not { } finding)
                {
                    lost.Add((record, false));
                    continue;
                }

                if (EarlierWord(finding) is { } earlier && _events.Remove(earlier, out var gone)) lost.Add(gone);
            }

            _events[record.Id] = (record, false);
        }

        _cursor = batch.Cursor ?? _cursor;
        if (!batch.Standing.IsEmpty) _standing = batch.Standing;
        _memories = _memories.SetItems(batch.Memories);
        return lost;
    }

    /// <summary>Puts back what could not be stored, behind which newer things may have come.</summary>
    public void Restore(PendingEvents older)
    {
        foreach (var (id, one) in older._events) _events.TryAdd(id, one);
        _cursor ??= older._cursor;
        if (_standing.IsEmpty) _standing = older._standing;
        _memories = older._memories.SetItems(_memories);
    }

    /// <summary>What nobody was told of yet; from now on they were.</summary>
    public List<EventRecord> Tell()
    {
        var untold = _events.Values.Where(one => !one.IsTold).Select(one => one.Record).ToList();
        foreach (var record in untold) _events[record.Id] = (record, true);
        return untold;
    }

    public EventBatch ToBatch() => new() { Events = [.. _events.Values.Select(one => one.Record)], Cursor = _cursor, Memories = _memories, Standing = _standing };

    private long? EarlierWord(Finding finding)
    {
        foreach (var (id, (record, _)) in _events)
        {
            if (record.Event.Finding is { } other && (other.Device, other.Rule, other.Key) == (finding.Device, finding.Rule, finding.Key)) return id;
        }

        return null;
    }
}
