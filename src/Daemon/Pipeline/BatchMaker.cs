using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Gathers what one turn of the assessment has to tell, so that events, what the rules made of them and the kernel's cursor go out together; every
/// five minutes, and at the end, what the judge remembers goes with it.
/// </summary>
internal sealed class BatchMaker(EventQueue events, NodeJudgement judgement, EventCounts counts, Action<EventBatch> post, TimeProvider time)
{
    // A restart that reads a few records of the kernel's log again misses nothing: where no event was, the disk need not hear of each.
    private static readonly TimeSpan CursorPeriod = TimeSpan.FromSeconds(30);

    // Own figure: what is lost of a window of an hour or a day by a crash is a twelfth of it at most.
    private static readonly TimeSpan MemoryPeriod = TimeSpan.FromMinutes(5);

    private readonly List<EventRecord> _records = [];
    private readonly List<HealthEvent> _changes = [];
    private readonly long _start = time.GetTimestamp();
    private ImmutableDictionary<string, byte[]> _memories = ImmutableDictionary<string, byte[]>.Empty;
    private KernelCursor? _cursor;
    private KernelCursor? _reached;
    private bool _isAnew;
    private long? _postedAt;
    private long? _rememberedAt;

    public void Add(in EventRecord record)
    {
        counts.Count(record.Event.Kind, record.Event.Code, record.Growth);
        _records.Add(record);
    }

    /// <summary>Everything up to here is in what was added; null when that did not move.</summary>
    public void Reach(KernelCursor? cursor)
    {
        if (cursor is not null) _cursor = _reached = cursor;
    }

    /// <summary>The store has lost what it had: all that stands and is remembered goes out with the next batch.</summary>
    /// <param name="recalled">How far an earlier run had read the kernel's log.</param>
    public void BeginAnew(KernelCursor? recalled)
    {
        _isAnew = true;
        _cursor ??= _reached ?? recalled;
    }

    /// <summary>Hands over what there is; a cursor alone waits until the last batch is long ago, and at the end for nothing.</summary>
    public void Post(bool isEnd)
    {
        judgement.Drain(_changes);
        foreach (var change in _changes) Add(events.Number(change));
        _changes.Clear();
        if (isEnd || _isAnew || IsDue(_rememberedAt ?? _start, MemoryPeriod))
        {
            _memories = judgement.Remember(isAll: _isAnew);
            _rememberedAt = time.GetTimestamp();
        }

        var isCursorDue = _cursor is not null && (isEnd || _postedAt is not { } posted || IsDue(posted, CursorPeriod));
        if (_records.Count == 0 && _memories.IsEmpty && !isCursorDue && !_isAnew) return;
        post(new EventBatch { Events = [.. _records], Cursor = _cursor, Memories = _memories, Standing = _isAnew ? judgement.Standing() : [] });
        _postedAt = time.GetTimestamp();
        _records.Clear();
        (_cursor, _memories, _isAnew) = (null, ImmutableDictionary<string, byte[]>.Empty, false);
    }

    private bool IsDue(long since, TimeSpan period) => time.GetElapsedTime(since) >= period;
}
