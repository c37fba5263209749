using System.Collections.Immutable;
using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// An event that may still go on. It changes in place, since a storm has a hundred thousand a second; the event itself is made when it is told.
/// For the queue alone, which locks.
/// </summary>
internal sealed class OpenEvent
{
    /// <summary>What comes again within so long is the same event.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    /// <summary>The same thing, seen by the library and by the kernel's log, comes from both within so long.</summary>
    private static readonly TimeSpan TwinSpan = TimeSpan.FromSeconds(2);

    /// <summary>A storm of days is an event each ten minutes, so that one can see when it raged.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);

    private readonly HealthEvent _first;
    private readonly List<(string Source, long Count)> _seen = new(2);
    private ImmutableArray<string> _alsoSeenBy;
    private HealthEvent _richest;
    private int _gravity;
    private KernelCursor? _cursor;
    private KernelCursor? _recalled;
    private DateTimeOffset _last;
    private long _count;
    private long _earlier;
    private long _told;

    public OpenEvent(HealthEvent first, long now)
    {
        (_first, _richest, _alsoSeenBy, _cursor) = (first, first, first.AlsoSeenBy, first.Cursor);
        (_count, _last, Key) = (first.Count, first.LastSeen, first.Key);
        (TouchedAt, FirstUntold, IsWaiting) = (now, first.Cursor, true);
        _gravity = Gravity.Of(first);
        _seen.Add((first.Source, first.Count));
        Place = new LinkedListNode<OpenEvent>(this);
    }

    /// <summary>One that an earlier run told; each that saw it is taken to have seen all of it.</summary>
    /// <param name="record">As it was stored last.</param>
    /// <param name="until">How long it may still go on, monotonic.</param>
    public static OpenEvent Recall(in EventRecord record, long until)
    {
        var open = new OpenEvent(record.Event, until)
        {
            Id = record.Id,
            IsWaiting = false,
            FirstUntold = null,
            _told = record.Event.Count,
            _recalled = record.Event.Cursor,
        };
        foreach (var source in record.Event.AlsoSeenBy) open.Add(source, record.Event.Count);
        return open;
    }

    /// <summary>Its number; 0 until it is told.</summary>
    public long Id { get; private set; }

    /// <summary>Its key as it is now; it changes when the kernel's log tells more than the library did.</summary>
    public EventKey Key { get; private set; }

    /// <summary>When it last came, monotonic.</summary>
    public long TouchedAt { get; private set; }

    /// <summary>When it was last told, monotonic.</summary>
    public long ToldAt { get; private set; }

    /// <summary>
    /// Another of the same key has begun. Both go out together: from the newer's place in the log a restart takes it that what is older was stored.
    /// </summary>
    public bool IsSucceeded { get; set; }

    /// <summary>There is something of it that was not told yet.</summary>
    public bool IsWaiting { get; private set; }

    /// <summary>The kernel's record that is the first of those not told; null when none is.</summary>
    public KernelCursor? FirstUntold { get; private set; }

    /// <summary>Where it stands in the order of last sights.</summary>
    public LinkedListNode<OpenEvent> Place { get; }

    /// <summary>It says where and what, not the code alone.</summary>
    public bool IsDetailed => IsDetail(_richest);

    /// <summary>True for an event that says where and what; the library's own announcements have the code alone.</summary>
    public static bool IsDetail(HealthEvent happened) => happened.Detail is not null || happened.Raw.Length > 0;

    /// <summary>True when this is the same thing going on.</summary>
    public bool GoesOnWith(HealthEvent happened) => happened.BootId == _first.BootId
        && happened.FirstSeen >= _first.FirstSeen - Quiet && happened.FirstSeen <= _last + Quiet && happened.LastSeen - _first.FirstSeen <= Longest;

    /// <summary>True when the earlier run had read this record of the kernel's log and stored what it says.</summary>
    public bool HadTaken(KernelCursor? cursor)
        => cursor is { } read && _recalled is { } known && read.BootId == known.BootId && read.Sequence <= known.Sequence;

    /// <summary>True when others have just seen what this source has not: what it sees now is that.</summary>
    public bool IsMissedBy(HealthEvent happened)
        => happened.BootId == _first.BootId && (happened.FirstSeen - _last).Duration() <= TwinSpan && CountOf(happened.Source) < _count - _earlier;

    /// <summary>
    /// Takes what came again. Within a burst each source counts for itself and the greatest count is the event's, so that twins are counted once
    /// and what one of them missed is counted all the same.
    /// </summary>
    public void Take(HealthEvent happened, long now)
    {
        if ((happened.FirstSeen - _last).Duration() > TwinSpan)
        {
            _earlier = _count;
            _seen.Clear();
        }

        _count = Math.Max(_count, _earlier + Add(happened.Source, happened.Count));
        if (happened.LastSeen > _last) _last = happened.LastSeen;
        if (happened.Source != _first.Source && !_alsoSeenBy.Contains(happened.Source)) _alsoSeenBy = _alsoSeenBy.Add(happened.Source);
        Enrich(happened);
        if (happened.Cursor is { } cursor) (_cursor, FirstUntold) = (cursor, FirstUntold ?? cursor);
        (TouchedAt, IsWaiting) = (now, true);
    }

    /// <summary>As it is to be told now.</summary>
    public EventRecord Tell(Func<long> nextId, long now)
    {
        var isNew = Id == 0;
        if (isNew) Id = nextId();
        var happened = _first with
        {
            Text = _richest.Text,
            Detail = _richest.Detail,
            Raw = _richest.Raw,
            Cursor = _cursor,
            AlsoSeenBy = _alsoSeenBy,
            Count = _count,
            LastSeen = _last,
        };
        var growth = _count - _told;
        (_told, ToldAt, IsWaiting, FirstUntold) = (_count, now, false, null);
        return new EventRecord(Id, happened, isNew) { Growth = growth };
    }

    /// <summary>The newest words, unless earlier ones were graver: one line that matters may stand among thousands that do not.</summary>
    private void Enrich(HealthEvent happened)
    {
        if (!IsDetail(happened) && IsDetailed) return;
        var gravity = Gravity.Of(happened);
        if (IsDetailed && gravity < _gravity) return;
        (_richest, _gravity, Key) = (happened, gravity, happened.Key);
    }

    private long CountOf(string source)
    {
        foreach (var (name, count) in _seen)
        {
            if (name == source) return count;
        }

        return 0;
    }

    private long Add(string source, long count)
    {
        for (var i = 0; i < _seen.Count; i++)
        {
            if (_seen[i].Source != source) continue;
            _seen[i] = (source, _seen[i].Count + count);
            return _seen[i].Count;
        }

        _seen.Add((source, count));
        return count;
    }
}
