using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Store;

/// <summary>
/// What waits to be stored: of each event its newest form, in the order of their numbers, with the newest cursor and memories. Bounded; a
/// change of a finding is never left out, since what stands after a restart depends on it.
/// </summary>
internal sealed class PendingEvents
{
    /// <summary>Own figure, from the design: an hour of ten thousand kinds of trouble is no longer a matter for this disk.</summary>
    public const int Most = 10_000;

    private readonly SortedDictionary<long, (EventRecord Record, bool IsTold)> _events = [];
    private KernelCursor? _cursor;
    private ImmutableDictionary<string, byte[]> _memories = ImmutableDictionary<string, byte[]>.Empty;

    public bool IsEmpty => _events.Count == 0 && _cursor is null && _memories.IsEmpty;

    public int Count => _events.Count;

    /// <summary>Adds a later batch; returns how many events found no room.</summary>
    public int Add(EventBatch batch)
    {
        var lost = 0;
        foreach (var record in batch.Events)
        {
            if (_events.TryGetValue(record.Id, out var known)) _events[record.Id] = (record with { IsNew = known.Record.IsNew }, known.IsTold && known.Record.IsNew);
            else if (_events.Count < Most || record.Event.Finding is not null) _events[record.Id] = (record, false);
            else lost++;
        }

        _cursor = batch.Cursor ?? _cursor;
        _memories = _memories.SetItems(batch.Memories);
        return lost;
    }

    /// <summary>Puts back what could not be stored, behind which newer things may have come.</summary>
    public void Restore(PendingEvents older)
    {
        foreach (var (id, one) in older._events)
        {
            if (_events.TryGetValue(id, out var newer)) _events[id] = (newer.Record with { IsNew = one.Record.IsNew }, one.IsTold);
            else _events[id] = one;
        }

        _cursor ??= older._cursor;
        _memories = older._memories.SetItems(_memories);
    }

    /// <summary>What nobody was told of yet; from now on they were.</summary>
    public List<EventRecord> Tell()
    {
        var untold = _events.Values.Where(one => !one.IsTold).Select(one => one.Record).ToList();
        foreach (var record in untold) _events[record.Id] = (record, true);
        return untold;
    }

    public EventBatch ToBatch() => new() { Events = [.. _events.Values.Select(one => one.Record)], Cursor = _cursor, Memories = _memories };
}
