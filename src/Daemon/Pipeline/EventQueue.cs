using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Events on their way to the assessment: the same within five seconds is one with a count, whoever saw it. Bounded; whoever adds a new one waits
/// when it is full, since none may be lost.
/// </summary>
internal sealed class EventQueue
{
    private const int Capacity = 1024;

    // Own figure: some 2 MiB. A flood of ever new keys closes the one that came least lately; should that come again, it is a second event.
    private const int MostOpen = 4096;

    // An event that goes on is told no more often: each telling is a row on the disk and a line for whoever listens.
    private static readonly TimeSpan TellAgain = TimeSpan.FromSeconds(1);

    // Own figure: after a start the kernel's log is read within a few seconds, what an earlier run left of it included.
    private static readonly TimeSpan Recalled = TimeSpan.FromMinutes(1);

    private readonly object _gate = new();
    private readonly TimeProvider _time;
    private readonly Func<long> _nextId;

    // By kind, device and code; those of a list differ in link or unit.
    private readonly Dictionary<EventKey, List<OpenEvent>> _open = [];
    private readonly LinkedList<OpenEvent> _bySight = [];
    private readonly List<OpenEvent> _new = [];
    private readonly List<OpenEvent> _grown = [];
    private KernelCursor? _read;
    private KernelCursor? _given;
    private bool _isComplete;

    public EventQueue(TimeProvider time)
    {
        _time = time;
        _nextId = () => ++LastId;
        Meter = new QueueMeter("events", Capacity, () => _new.Count);
    }

    public QueueMeter Meter { get; }

    /// <summary>The last number that was given.</summary>
    public long LastId { get; private set; }

    /// <summary>Called after a new event was added; whoever takes wakes up by it. Growth is fetched once a second.</summary>
    public Action? Arrived { get; set; }

    /// <summary>
    /// Goes on from what an earlier run left, before anything is taken. That one may have been killed between the library's announcement and the kernel's
    /// line, or in the middle of a storm: what then is read of it is no other event.
    /// </summary>
    public void Recall(StoredState stored)
    {
        lock (_gate)
        {
            LastId = stored.LastId;
            var until = _time.GetTimestamp() + (long)(Recalled.TotalSeconds * _time.TimestampFrequency);
            foreach (var record in stored.Newest.Where(record => !IsChange(record.Event.Kind))) Open(OpenEvent.Recall(in record, until));
        }
    }

    /// <summary>Takes what happened, by whichever thread saw it. Blocks while the queue is full and this is something new.</summary>
    public void Add(HealthEvent happened)
    {
        lock (_gate)
        {
            while (!Take(happened))
            {
                if (_isComplete) return;
                Monitor.Wait(_gate);
            }
        }
    }

    /// <summary>Records of the kernel's log up to here made no event, or one that was added.</summary>
    public void Advance(KernelCursor cursor)
    {
        lock (_gate)
        {
            if (!_isComplete) _read = cursor; // what was left out after the end must be read again
        }
    }

    /// <summary>
    /// Appends all that is to be told now; for the one consumer. The cursor is the newest whose records are all in this or an earlier batch, null
    /// when it did not move.
    /// </summary>
    public void Take(List<EventRecord> into, out KernelCursor? cursor)
    {
        lock (_gate)
        {
            var now = _time.GetTimestamp();
            Expire(now);
            foreach (var open in _new) into.Add(open.Tell(_nextId, now));
            _new.Clear();
            TellGrowth(into, now);
            cursor = Reached();
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>A number for an event that the consumer itself has to tell.</summary>
    public EventRecord Number(HealthEvent happened)
    {
        lock (_gate) return new EventRecord(_nextId(), happened, IsNew: true) { Growth = happened.Count };
    }

    /// <summary>From now on nothing is added; what stands here can still be taken, growth at once.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isComplete = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>False while there is no room.</summary>
    private bool Take(HealthEvent happened)
    {
        if (_isComplete) return false;
        var now = _time.GetTimestamp();
        Expire(now);
        if (IsChange(happened.Kind)) return Append(new OpenEvent(happened, now));
        if (Find(happened) is { } open)
        {
            if (open.HadTaken(happened.Cursor)) _read = happened.Cursor;
            else Grow(open, happened, now);
            return true;
        }

        if (_new.Count >= Capacity) return false;
        if (_bySight.Count >= MostOpen) Close(_bySight.First!.Value);
        open = new OpenEvent(happened, now);
        Open(open);
        return Append(open, happened.Cursor);
    }

    private void Open(OpenEvent open)
    {
        _bySight.AddLast(open.Place);
        var family = FamilyOf(open.Key);
        if (!_open.TryGetValue(family, out var alike)) _open[family] = alike = new(1);
        foreach (var older in alike.Where(older => older.Key == open.Key)) older.IsSucceeded = true;
        alike.Add(open);
    }

    private bool Append(OpenEvent open, KernelCursor? cursor = null)
    {
        if (_new.Count >= Capacity) return false;
        _new.Add(open);
        _read = cursor ?? _read;
        Arrived?.Invoke();
        return true;
    }

    private void Grow(OpenEvent open, HealthEvent happened, long now)
    {
        if (!open.IsWaiting) _grown.Add(open);
        open.Take(happened, now);
        _bySight.Remove(open.Place);
        _bySight.AddLast(open.Place);
        _read = happened.Cursor ?? _read;
    }

    /// <summary>
    /// What this is, seen by somebody else a moment ago; else what goes on. What says no more than the code is whatever of that code there is.
    /// </summary>
    private OpenEvent? Find(HealthEvent happened)
    {
        var key = happened.Key;
        if (!_open.TryGetValue(FamilyOf(key), out var alike)) return null;
        var isDetailed = OpenEvent.IsDetail(happened);
        OpenEvent? same = null;
        foreach (var open in alike)
        {
            if (open.Key == key && open.HadTaken(happened.Cursor)) return open;
            if (open.Key != key && isDetailed && open.IsDetailed) continue;
            if (open.IsMissedBy(happened)) return open;
            if (open.GoesOnWith(happened) && (open.Key == key || !isDetailed)) same = open;
        }

        return same;
    }

    private void TellGrowth(List<EventRecord> into, long now)
    {
        var kept = 0;
        for (var i = 0; i < _grown.Count; i++)
        {
            var open = _grown[i];
            if (_isComplete || open.IsSucceeded || open.Place.List is null || _time.GetElapsedTime(open.ToldAt, now) >= TellAgain)
                into.Add(open.Tell(_nextId, now));
            else _grown[kept++] = open;
        }

        _grown.RemoveRange(kept, _grown.Count - kept);
    }

    private void Expire(long now)
    {
        while (_bySight.First is { } oldest && _time.GetElapsedTime(oldest.Value.TouchedAt, now) > OpenEvent.Quiet) Close(oldest.Value);
    }

    private void Close(OpenEvent open)
    {
        _bySight.Remove(open.Place);
        var family = FamilyOf(open.Key);
        if (!_open.TryGetValue(family, out var alike)) return;
        alike.Remove(open);
        if (alike.Count == 0) _open.Remove(family);
    }

    /// <summary>How far the kernel's log was read, less what of it waits to be told.</summary>
    private KernelCursor? Reached()
    {
        if (_read is not { } reached) return null;
        foreach (var open in _grown)
        {
            if (open.FirstUntold is not { } waiting || waiting.BootId != reached.BootId || waiting.Sequence > reached.Sequence) continue;
            if (waiting.Sequence == 0) return null;
            reached = reached with { Sequence = waiting.Sequence - 1 };
        }

        if (reached == _given || _given is { } given && given.BootId == reached.BootId && given.Sequence > reached.Sequence) return null;
        _given = reached;
        return reached;
    }

    private static EventKey FamilyOf(EventKey key) => key with { Link = -1, Part = "" };

    /// <summary>A change of state is told each time: to become well and ill again is not the same thing twice.</summary>
    public static bool IsChange(HealthEventKind kind) => kind is HealthEventKind.PresenceChanged or HealthEventKind.SourceChanged
        or HealthEventKind.PartitionsChanged or HealthEventKind.PowerSourceChanged or HealthEventKind.RecoveryAdvised or HealthEventKind.DeviceReplaced
        or HealthEventKind.MaintenanceChanged or HealthEventKind.FindingRaised or HealthEventKind.FindingChanged or HealthEventKind.FindingCleared
        or HealthEventKind.StateChanged;
}
