using Forewarn.Controller.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Store;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Reporting;

/// <summary>
/// Tells the controller how the node stands: every heartbeat, and at once when something happened. One report at a time; while none is taken, what
/// happened waits in the store. Sampling knows nothing of it.
/// </summary>
internal sealed partial class Reporter : IAsyncDisposable
{
    // What belongs together comes within this; an alarm waits no longer.
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(100);

    // Own figure: a storm on every node of a fleet must not be one on the controller, which decides within a second.
    private static readonly TimeSpan LeastApart = TimeSpan.FromMilliseconds(500);

    // A defect that comes back at once must not fill the log.
    private static readonly TimeSpan AfterDefect = TimeSpan.FromMinutes(1);

    // As long as a reading of the store is waited for: a disk that hangs must not silence the node.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    // The agent ends within 5 s (systemd's TimeoutStopSec of the unit); a disk that hangs must not hold it up.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stop = new();
    private readonly ReportingView _meter;
    private readonly ReportMaker _maker;
    private readonly StoredTransitions _stored;
    private readonly TransitionBell _bell;
    private readonly EventStream _stream;
    private readonly ControllerDoor _door;
    private readonly RequestFiles _requests;
    private readonly TakenFile _file;
    private readonly CardPasts _pasts;
    private readonly ReportPause _pause;
    private readonly ReportTrouble _trouble;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private TakenNumber _taken = TakenNumber.None;
    private string _store = "";
    private bool _isRenamed;
    private Task _keeping = Task.CompletedTask;
    private int _most = ReportProtocol.MostTransitions;
    private Task _running = Task.CompletedTask;

    /// <param name="url">The controller.</param>
    /// <param name="options">Who we are to it.</param>
    /// <param name="agent">Where state, and what jobs read, lie.</param>
    /// <param name="view">What is told; the reporter's own meter is put into it.</param>
    /// <param name="events">Where what happened lies.</param>
    /// <param name="stream">Tells when something does.</param>
    /// <param name="random">From 0 up to 1, for the waits.</param>
    /// <param name="time">The clock.</param>
    /// <param name="logger">Takes what somebody should see to.</param>
    public Reporter(Uri url, ReportOptions options, AgentOptions agent, NodeView view, EventWriter events, EventStream stream,
        Func<double> random, TimeProvider time, ILogger logger)
    {
        (_stream, _time, _logger) = (stream, time, logger);
        view.Reporting = _meter = new ReportingView(SettingTypes.HttpUrl.Format(url));
        _maker = new ReportMaker(view, options.Node, time);
        _stored = new StoredTransitions(events, time);
        _bell = new TransitionBell(stream, time);
        _door = new ControllerDoor(url, options, _meter, time);
        _requests = new RequestFiles(agent.RuntimeDir, _meter, logger);
        _file = new TakenFile(Path.Join(agent.StateDir, "reported.json"), logger);
        _pasts = new CardPasts(Path.Join(agent.StateDir, "card-history.json"), view, logger);
        _pause = new ReportPause(random);
        _trouble = new ReportTrouble(_meter, time, logger);
    }

    public void Start() => _running = Task.Run(RunAsync);

    /// <summary>Does not wait for the controller: what it has not taken lies in the store for the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        try
        {
            await _running.WaitAsync(LongestEnd, _time);
            await _keeping.WaitAsync(LongestEnd, _time);
        }
        catch (TimeoutException)
        {
            return;
        }

        _door.Dispose();
        _stop.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            _taken = _file.Load();
            _store = _taken.NameOf(_taken.Store);
            _pasts.Load();
            await Task.WhenAll(ListenAsync(_stop.Token), TurnAsync(_stop.Token));
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        await _bell.WaitAsync(_pause.Start(), stop);
        while (true) await GuardedAsync(ReportAsync, stop);
    }

    private async Task ListenAsync(CancellationToken stop)
    {
        while (!await GuardedAsync(_bell.ListenAsync, stop))
        {
            // Deaf, it would tell nothing at once any more.
        }
    }

    /// <summary>True when it came to its end. A defect of ours costs a minute of the controller's sight and is shown, and the agent nothing.</summary>
    private async Task<bool> GuardedAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
            return true;
        }
        catch (Exception defect) when (defect is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            _meter.Trouble = new($"a defect of Forewarn: {defect.GetType().Name}: {defect.Message}", _meter.Trouble?.Since ?? _time.GetUtcNow());
            Log.BrokenOff(_logger, defect);
            await Task.Delay(AfterDefect, _time, stop);
            return false;
        }
    }

    /// <summary>One report, what follows from its answer, and the wait behind it.</summary>
    private async Task ReportAsync(CancellationToken stop)
    {
        var begun = _time.GetTimestamp();
        _bell.Silence();
        var reading = await _stored.ReadAsync(_taken, _most, stop);
        if (reading is not null) (_store, _meter.Waiting) = (_taken.NameOf(reading.Store), reading.Waiting);
        // The controller leaves out what it has of this store, so it is asked only by who knows which that is.
        var report = _maker.Make(_store, reading?.Transitions ?? [], _requests.Jobs) with { HistoryOf = reading is null ? [] : _pasts.Asked };
        var answer = await _door.SendAsync(ReportBody.Pack(report), stop);
        if (answer.Reply is not { } reply)
        {
            Fail(answer, reading);
            await Task.Delay(_pause.After(answer), _time, stop);
            return;
        }

        var wait = _pause.Beat();
        var isMore = IsMoreToTell(reading, reply);
        await KeepAsync(stop);
        if (isMore) return;
        if (!await _bell.WaitAsync(wait, stop)) return;
        var apart = LeastApart - _time.GetElapsedTime(begun);
        await Task.Delay(apart > Gathering ? apart : Gathering, _time, stop);
    }

    private void Fail(ReportAnswer answer, StoredReading? reading)
    {
        _meter.CountFailed();
        if (answer.Verdict == ReportVerdict.TooLarge) _most = Math.Max(1, (reading?.Transitions.Length ?? 0) / 2);
        _trouble.Take(answer);
    }

    /// <summary>Takes the reply; true when what did not fit into this report should follow at once.</summary>
    private bool IsMoreToTell(StoredReading? reading, ReportReply reply)
    {
        _meter.CountTaken(_time.GetUtcNow());
        _trouble.End();
        _requests.Apply(reply.Orders);
        _pasts.Take(reply.Histories);
        _most = Math.Min(2 * _most, ReportProtocol.MostTransitions);
        if (reading is null) return false;
        var before = _taken.In(reading.Store);
        var newest = Math.Max(_stream.Newest, reading.Transitions is [.., var last] ? last.Id : 0);
        if (reply.Taken > newest && !_isRenamed)
        {
            // None can have taken what has not happened yet.
            Log.OlderCopy(_logger, reply.Taken, newest, reading.Store);
            (_taken, _isRenamed) = (TakenNumber.Anew(reading.Store), true);
            return true;
        }

        // A controller that lost its memory takes less than before, and is sent it again.
        _taken = new(reading.Store, Math.Clamp(reply.Taken, 0, newest), _taken.Store == reading.Store ? _taken.Name : "");
        _meter.Waiting = reading.Waiting - reading.Transitions.Count(one => one.Id <= _taken.Number);
        // One that takes nothing would be asked on and on.
        return _taken.Number > before && _meter.Waiting > 0;
    }

    /// <summary>Writes down what was taken and what came back. What is not written now is written after a later report.</summary>
    private async Task KeepAsync(CancellationToken stop)
    {
        if (!_keeping.IsCompleted) return;
        var taken = _taken;
        _keeping = Task.Run(
            () =>
            {
                _file.Save(taken);
                _pasts.Save();
            },
            CancellationToken.None);
        try
        {
            await _keeping.WaitAsync(Patience, _time, stop);
        }
        catch (TimeoutException)
        {
            // It goes on when the disk does.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 346, Level = LogLevel.Critical, Message = "a report was broken off by a defect of Forewarn; the next is in a minute")]
        public static partial void BrokenOff(ILogger logger, Exception defect);

        [LoggerMessage(EventId = 349, Level = LogLevel.Warning, Message = "the controller has taken events up to {Taken} of a store that ends at {Newest}: it is an older copy, and all of it is told anew under another name [store `{Store}`]")]
        public static partial void OlderCopy(ILogger logger, long taken, long newest, string store);
    }
}
