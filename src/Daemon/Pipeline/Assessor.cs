using System.Collections.Concurrent;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Takes samples and events one after the other, on a thread of its own: the device's last readings, its presence, its account and what is judged
/// of it follow from them. What happened, and what changed by it, goes out together.
/// </summary>
internal sealed class Assessor
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(2);

    private readonly SampleQueue _samples;
    private readonly EventQueue _events;
    private readonly NodeView _view;
    private readonly NodeJudgement _judgement;
    private readonly BatchMaker _batch;
    private readonly TimeProvider _time;
    private readonly ConcurrentQueue<Action> _commands = new();
    private readonly object _bell = new();
    private readonly List<EventRecord> _taken = [];
    private Thread? _thread;
    private Maintenance? _maintenance;
    private long _tickedAt;
    private long _turns;
    private bool _isRung;
    private volatile bool _isStopping;

    /// <param name="samples">What was read.</param>
    /// <param name="events">What happened.</param>
    /// <param name="view">What is shown.</param>
    /// <param name="judgement">The rules and what they have said.</param>
    /// <param name="post">Takes what belongs together, and never waits.</param>
    /// <param name="time">The clock.</param>
    public Assessor(SampleQueue samples, EventQueue events, NodeView view, NodeJudgement judgement, Action<EventBatch> post, TimeProvider time)
    {
        (_samples, _events, _view, _judgement, _time) = (samples, events, view, judgement, time);
        _batch = new BatchMaker(events, judgement, view.Events, post, time);
        _maintenance = view.Maintenance;
        samples.Arrived = events.Arrived = Wake;
    }

    /// <summary>Grows each second at least; the watchdog looks at it.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    public void Start()
    {
        _thread = new Thread(Run) { IsBackground = true, Name = "assessment" };
        _thread.Start();
    }

    /// <summary>Does something on the thread of the assessment, which alone may touch the judgement, and tells of what came of it.</summary>
    public Task<T> DoAsync<T>(Func<NodeJudgement, T> command)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        _commands.Enqueue(() =>
        {
            try
            {
                done.SetResult(command(_judgement));
            }
#pragma warning disable CA1031 // Whoever waits for the answer gets it.
            catch (Exception fault)
#pragma warning restore CA1031
            {
                _judgement.Fails("a command", fault);
                done.SetException(fault);
            }
        });
        Wake();
        return done.Task;
    }

    /// <summary>The same, for what has no answer.</summary>
    public Task DoAsync(Action<NodeJudgement> command) => DoAsync(judgement =>
    {
        command(judgement);
        return true;
    });

    /// <summary>Takes the node into maintenance, or out of it (null).</summary>
    public Task<bool> MaintainAsync(Maintenance? maintenance, string why) => DoAsync(_ =>
    {
        _view.Maintenance = maintenance;
        NoticeMaintenance(why);
        return true;
    });

    /// <summary>The same, unless somebody else was quicker: false when what stands is not <paramref name="before"/>.</summary>
    public Task<bool> TryMaintainAsync(Maintenance? before, Maintenance? now, string why) => DoAsync(_ =>
    {
        if (!ReferenceEquals(_view.Maintenance, before)) return false;
        _view.Maintenance = now;
        NoticeMaintenance(why);
        return true;
    });

    /// <summary>The store has lost what it had: what stands, what is remembered and how far the kernel's log was read go out once more. Any thread may say so.</summary>
    /// <param name="recalled">How far an earlier run had read that log.</param>
    public void BeginAnew(KernelCursor? recalled)
    {
        _commands.Enqueue(() => _batch.BeginAnew(recalled));
        Wake();
    }

    /// <summary>Takes all that stands there now, and once a second looks at those that were silent. For the thread, and for tests without one.</summary>
    public void Turn() => Turn(isEnd: false);

    private void Turn(bool isEnd)
    {
        while (_commands.TryDequeue(out var command)) command();
        for (var left = SampleQueue.Capacity; left > 0 && _samples.TryTake(out var sample); left--)
        {
            TryTake(sample);
            _samples.Return(sample);
        }

        _taken.Clear();
        _events.Take(_taken, out var cursor);
        foreach (var record in _taken) TryTake(record);
        _judgement.AskTouched();
        if (_tickedAt == 0 || _time.GetElapsedTime(_tickedAt) >= Tick)
        {
            _tickedAt = _time.GetTimestamp();
            NoticeMaintenance("ended");
            _judgement.AskQuiet();
        }

        _batch.Reach(cursor);
        _batch.Post(isEnd);
        Interlocked.Increment(ref _turns);
    }

    /// <summary>Takes what is left, and ends.</summary>
    public void Stop()
    {
        _isStopping = true;
        Wake();
        if (_thread is { } thread && !thread.Join(StopDeadline)) return;
        TryTurn(isEnd: true);
    }

    private void Wake()
    {
        lock (_bell)
        {
            _isRung = true;
            Monitor.Pulse(_bell);
        }
    }

    private void Run()
    {
        while (!_isStopping)
        {
            TryTurn(isEnd: false);
            lock (_bell)
            {
                if (!_isRung) Monitor.Wait(_bell, Tick);
                _isRung = false;
            }
        }
    }

    /// <summary>A turn that fails is not counted: where each does, the watchdog sees that the assessment stands still.</summary>
    private void TryTurn(bool isEnd)
    {
        try
        {
            Turn(isEnd);
        }
#pragma warning disable CA1031 // The thread goes on whatever fails: what can be judged is judged.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _judgement.Fails("a turn of the assessment", fault);
        }
    }

    private void TryTake(Sample sample)
    {
        try
        {
            Take(sample);
        }
#pragma warning disable CA1031 // Costs this sample and no other.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _judgement.Fails($"taking what is read of {sample.Device?.Id}", fault);
        }
    }

    private void TryTake(in EventRecord record)
    {
        try
        {
            Take(in record);
        }
#pragma warning disable CA1031 // Costs the judgement of this event; it is told and stored all the same.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            _judgement.Fails($"taking {record.Event.Kind} of {record.Event.Device?.Id ?? DeviceId.Node}", fault);
        }
    }

    private void Take(Sample sample)
    {
        if (sample.Device is not { } device || _view.Find(device.Id) is not { } known) return;
        if (!known.Apply(sample)) return;
        if (sample.Group == SampleGroup.Fast)
        {
            NoticePresence(known, sample);
            known.Account.Take(sample, known.Workloads, _view.Accounts);
        }

        _judgement.Take(known, sample);
    }

    private void Take(in EventRecord record)
    {
        _batch.Add(in record);
        if (record.Event is { Kind: HealthEventKind.DriverError, Device: { } device }) _view.Find(device.Id)?.CountDriverError(record.Event.Code, record.Growth);
        _judgement.Take(in record);
    }

    private void NoticePresence(DeviceView known, Sample sample)
    {
        var absence = SamplePresence.WhollyAbsent(sample.Readings);
        var before = known.Presence;
        // A part that answers nothing while its card does was most likely taken away: the next inventory knows. With its card, it follows.
        if (absence != NoDataReason.None && known.Device.Partition is { } part && _view.Find(part.Parent)?.Presence.Presence == DevicePresence.Measured) return;
        var presence = absence == NoDataReason.None ? DevicePresence.Measured : PresenceText.Of(absence);
        if (before.Presence == presence && before.Reason == absence) return;
        var now = new PresenceState(presence, absence, PresenceText.Detail(absence), _time.GetUtcNow());
        var isFirst = before == PresenceState.NotYetKnown && presence == DevicePresence.Measured; // as it should be: no news
        // Its own events go past the queue: who empties it must not wait for room in it.
        if (known.Become(now) && !isFirst) Take(_events.Number(PresenceText.Event(known, before, now, _view.Node.BootId)));
    }

    private void NoticeMaintenance(string why)
    {
        var now = _view.Maintenance;
        if (now?.IsOver(_time.GetUtcNow()) == true) (_view.Maintenance, now, why) = (null, null, "its time is over");
        if (ReferenceEquals(now, _maintenance)) return;
        Take(_events.Number(TransitionText.Event(_maintenance, now, why, _view.Node.BootId, _time.GetUtcNow())));
        _maintenance = now;
        _tickedAt = 0; // each assessment says so at once
    }
}
