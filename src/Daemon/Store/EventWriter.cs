using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Store;

/// <summary>
/// Stores first, then tells. Whoever posts never waits: while one commit waits for the disk, what comes gathers for the next. While the disk
/// refuses, or does not answer, events are told as not durable and held.
/// </summary>
internal sealed partial class EventWriter : IDisposable
{
    // Own figure: a disk that takes longer for one commit is as good as gone, and an alarm must not wait for it.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ForgetEvery = TimeSpan.FromHours(1);

    private readonly Lock _gate = new();
    private readonly AutoResetEvent _work = new(false);
    private readonly StoreDoor _door;
    private readonly EventStream _stream;
    private readonly TimeSpan _keep;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly Thread _thread;
    private readonly ITimer _impatience;
    private PendingEvents _pending = new();
    private PendingEvents? _committing;
    private bool _isRecalled;
    private KernelCursor? _behind;
    private bool _isBusy;
    private bool _isLate;
    private volatile bool _isStopping;
    private bool _isGone;
    private long? _forgot;

    /// <param name="open">Opens the store, again where the disk refused; told true where the file was found broken. Throws <see cref="EventStoreException"/>.</param>
    /// <param name="stream">Who is told.</param>
    /// <param name="keep">How long events are kept.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Says when the disk refuses and when it takes again.</param>
    public EventWriter(Func<bool, IEventStore> open, EventStream stream, TimeSpan keep, TimeProvider time, ILogger logger)
    {
        (_stream, _keep, _time, _logger) = (stream, keep, time, logger);
        _door = new StoreDoor(open, time);
        _impatience = time.CreateTimer(_ => TellLate(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _thread = new Thread(Run) { IsBackground = true, Name = "event-writer" };
    }

    public EventStoreMeter Meter { get; } = new();

    /// <summary>There is a store to read from; false as long as it could not be opened.</summary>
    public bool IsOpen => _door.Store is not null;

    /// <summary>Told, outside of any lock, why the disk refuses, and null when it takes again.</summary>
    public Action<string?>? Changed { get; set; }

    /// <summary>What an earlier run left. Before the start; where the disk refuses, nothing is known and numbers begin beyond all that were given.</summary>
    public StoredState Recall()
    {
        var stored = _door.TryUse(store => store.Load(), out var refusal);
        _isRecalled = stored is not null;
        var state = stored ?? StoredState.Empty with { LastId = EventNumbers.Beyond(_time) };
        _stream.Newest = state.LastId;
        Report(refusal);
        return state;
    }

    public void Start() => _thread.Start();

    /// <summary>Takes what belongs together; never waits for the disk.</summary>
    public void Post(EventBatch batch)
    {
        lock (_gate)
        {
            var committing = _committing?.Count ?? 0;
            var lost = _pending.Add(batch, committing);
            Meter.CountLost(lost.Count);
            Meter.Held = _pending.Count + committing;
            if (_isLate || lost.Count > 0) TellAll();
            // An alarm that finds no room is told all the same.
            foreach (var (record, isTold) in lost)
            {
                if (!isTold) _stream.Tell(new Announcement(record, IsDurable: false));
            }
        }

        Wake();
    }

    /// <summary>Events from the store, the oldest first. Throws <see cref="EventStoreException"/>.</summary>
    public IReadOnlyList<EventRecord> Read(EventFilter filter, int most) => Read(store => store.Read(filter, most));

    /// <summary>Asks the store that is open for several things, which then are of one file. Throws <see cref="EventStoreException"/>.</summary>
    public T Read<T>(Func<IEventStore, T> ask)
    {
        try
        {
            return _door.Store is { } store ? ask(store) : throw new EventStoreException(Meter.Refusal ?? "the store is being opened", null);
        }
        catch (EventStoreException exception) when (exception.IsDamaged)
        {
            _door.Suspect();
            Wake();
            throw;
        }
    }

    /// <summary>What was told and is not stored yet.</summary>
    public IReadOnlyList<EventRecord> Held()
    {
        lock (_gate) return [.. _committing?.Told ?? [], .. _pending.Told];
    }

    public void Dispose()
    {
        _isStopping = true;
        Wake();
        // A disk that does not answer must hold up neither the end of the service nor what is still to be told.
        if (_thread.IsAlive && !_thread.Join(StopDeadline))
        {
            lock (_gate) TellAll();
            return;
        }

        _impatience.Dispose();
        _door.Close(); // of a thread that never ran
        lock (_gate)
        {
            _isGone = true;
            _work.Dispose();
        }
    }

    /// <summary>Stores what is there and tells of it; false when the disk refused. For the thread, and for tests without one.</summary>
    public bool Turn()
    {
        EventBatch batch;
        lock (_gate)
        {
            if (_pending.IsEmpty && Meter.Refusal is null && !_door.IsSuspect) return true;
            if (!_isStopping && _door.Pause > TimeSpan.Zero)
            {
                TellAll();
                return false;
            }

            (_committing, _pending) = (_pending, new PendingEvents());
            batch = _committing.ToBatch();
        }

        string? refusal = null;
        var isStored = Patiently(() => Commit(batch, out refusal));
        lock (_gate)
        {
            var taken = _committing;
            _committing = null;
            foreach (var record in taken.Tell()) _stream.Tell(new Announcement(record, isStored));
            if (!isStored) _pending.Restore(taken);
            Meter.Held = _pending.Count;
        }

        Report(refusal);
        return isStored;
    }

    private void Run()
    {
        while (true)
        {
            _work.WaitOne(Meter.Refusal is null ? ForgetEvery : _door.Pause);
            var isLast = _isStopping;
            if (Turn() && !isLast) Forget();
            if (!isLast) continue;
            _door.Close(); // here: closing asks the disk as well
            return;
        }
    }

    /// <summary>An assessment that did not end in time may still post when there is nobody to wake any more.</summary>
    private void Wake()
    {
        lock (_gate)
        {
            if (!_isGone) _work.Set();
        }
    }

    private bool Commit(EventBatch batch, out string? refusal)
    {
        var start = 0L;
        var stored = _door.TryUse(
            store =>
            {
                start = _time.GetTimestamp();
                // Who could not ask at the start reads the kernel's log from its beginning, for many commits: each leaves out what was stored then.
                if (!_isRecalled) (_behind, _isRecalled) = (store.Load().Cursor, true);
                var kept = batch.Behind(_behind);
                store.Commit([kept]);
                return kept;
            },
            out refusal);
        if (stored is null) return false;
        Meter.Commits.Add((long)_time.GetElapsedTime(start).TotalNanoseconds);
        Meter.CountStored(stored.Events.Length);
        Meter.LastSuccess = _time.GetUtcNow();
        return true;
    }

    /// <summary>Some at a time, so that what happens meanwhile does not wait for it.</summary>
    private void Forget()
    {
        if (_forgot is { } last && _time.GetElapsedTime(last) < ForgetEvery || _door.Store is not { } store) return;
        try
        {
            if (Patiently(() => store.Forget(_time.GetUtcNow() - _keep))) _work.Set();
            else _forgot = _time.GetTimestamp();
        }
        catch (EventStoreException exception)
        {
            _forgot = _time.GetTimestamp();
            Log.NotForgotten(_logger, exception.Message);
            if (!exception.IsDamaged) return;
            _door.Suspect();
            _work.Set();
        }
    }

    /// <summary>Asks the disk for something; when it does not answer in time, what there is is told without it.</summary>
    private T Patiently<T>(Func<T> ask)
    {
        lock (_gate) _isBusy = true;
        _impatience.Change(Patience, Timeout.InfiniteTimeSpan);
        try
        {
            return ask();
        }
        finally
        {
            _impatience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            lock (_gate) (_isBusy, _isLate) = (false, false);
        }
    }

    private void TellLate()
    {
        lock (_gate)
        {
            if (!_isBusy) return;
            _isLate = true;
            TellAll();
        }
    }

    /// <summary>In the order in which they came.</summary>
    private void TellAll()
    {
        foreach (var record in (_committing?.Tell() ?? []).Concat(_pending.Tell())) _stream.Tell(new Announcement(record, IsDurable: false));
    }

    private void Report(string? refusal)
    {
        var before = Meter.Refusal;
        Meter.Refusal = refusal;
        if (refusal is not null && before is null) Log.Refused(_logger, refusal);
        else if (refusal is null && before is not null) Log.Taken(_logger);
        if (refusal is null != before is null) Changed?.Invoke(refusal);
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 301, Level = LogLevel.Error, Message = "events cannot be stored; they are told all the same and held until they can: {Reason}")]
        public static partial void Refused(ILogger logger, string reason);

        [LoggerMessage(EventId = 302, Level = LogLevel.Information, Message = "events are stored again, with those that were held")]
        public static partial void Taken(ILogger logger);

        [LoggerMessage(EventId = 303, Level = LogLevel.Warning, Message = "old events could not be removed: {Reason}")]
        public static partial void NotForgotten(ILogger logger, string reason);
    }
}
