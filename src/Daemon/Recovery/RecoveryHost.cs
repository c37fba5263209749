using System.Globalization;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Topology;
using Forewarn.Predict.Catalogs;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// The loop that acts, joined to the fleet: what agents tell goes in, what jobs are asked for goes out with the answers to reports. The controller role makes,
/// starts and stops it.
/// </summary>
internal sealed partial class RecoveryHost : IAsyncDisposable
{
    /// <summary>The journal's file in the state directory.</summary>
    public const string JournalFile = "journal.db";

    /// <summary>The audit log's usual name there.</summary>
    public const string AuditFile = "audit.jsonl";

    // A defect that comes back at once must not fill the log, nor ask the scheduler on and on.
    private static readonly TimeSpan AfterDefect = TimeSpan.FromMinutes(1);

    // Own figure: no command of the scheduler may take a quarter of it.
    private static readonly TimeSpan LongestStandstill = TimeSpan.FromMinutes(1);

    // Who ends in the middle of a command is found by the next controller as if it had been killed there.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _stop = new();
    private readonly FleetKeeper _keeper;
    private readonly RecoveryParts _parts;
    private readonly WatchedScheduler _scheduler;
    private readonly CountedJournal _journal;
    private readonly FleetEvents _events;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private CoordinationSettings _settings;
    private Task _running = Task.CompletedTask;
    private Task _reading = Task.CompletedTask;
    private string _defect = "";
    private long _turned;

    /// <summary>Opens the journal and begins a term in it; a <see cref="JournalException"/> says why it cannot.</summary>
    /// <param name="parts">What it is put together of.</param>
    /// <param name="keeper">The fleet.</param>
    /// <param name="stateDir">Where the journal lies.</param>
    /// <param name="loggers">Take what somebody should see to.</param>
    /// <param name="time">The clock.</param>
    /// <param name="events">Told what is written.</param>
    public RecoveryHost(RecoveryParts parts, FleetKeeper keeper, string stateDir, ILoggerFactory loggers, TimeProvider time, FleetEvents? events = null)
    {
        (_parts, _keeper, _time, _logger, _settings) = (parts, keeper, time, loggers.CreateLogger("forewarn.recovery"), parts.Options.Coordination);
        _scheduler = new WatchedScheduler(parts.Scheduler, Turn, _logger);
        var journal = SqliteJournal.Open(Path.Join(stateDir, JournalFile), time.GetUtcNow(), parts.Options.JournalKeep, Tally.Count, reason => Log.NotCut(_logger, reason));
        _events = events ?? new FleetEvents(time.GetUtcNow());
        _events.Journal = journal;
        Audit = new AuditLog(parts.Options.AuditFile.Length > 0 ? parts.Options.AuditFile : Path.Join(stateDir, AuditFile), parts.Options.AuditBytes, time, _logger);
        _journal = new CountedJournal(journal, Meter, Tally, _events, Audit);
        var checkpoints = new CheckpointWatch(parts.ReadCheckpoint, time);
        var sights = new NodeSights();
        Runner = new RecoveryRunner(
            _scheduler, _journal,
            new(() => sights.Of(keeper.State, Runner!.Sight, keeper.Now), () => Stand().Graph, () => Volatile.Read(ref _settings), ApplicationCodes.Contains, key => parts.Repairs?.Of(key),
                wanted => parts.Repairs?.Keep(wanted)),
            checkpoints, new RunnerTimes { Idle = parts.Options.LookEvery }, time, _logger);
        checkpoints.Changed = Runner.Wake;
        if (parts.Repairs is { } repairs) repairs.Changed = Runner.Wake;
        Turn();
    }

    /// <summary>The loop; a test looks by hand.</summary>
    public RecoveryRunner Runner { get; }

    /// <summary>What it counts.</summary>
    public RecoveryMeter Meter { get; } = new();

    /// <summary>What came of it all, over the whole journal.</summary>
    public RecoveryTally Tally { get; } = new();

    /// <summary>Where each command and each order is written.</summary>
    public AuditLog Audit { get; }

    /// <summary>What the site chose; what is set counts from the next look on.</summary>
    public CoordinationSettings Settings
    {
        get => Volatile.Read(ref _settings);
        set
        {
            Volatile.Write(ref _settings, value);
            Runner.Wake();
        }
    }

    /// <summary>The fleet.</summary>
    public FleetState Fleet => _keeper.State;

    /// <summary>Whose work it is.</summary>
    public string Scheduler => _scheduler.Name;

    /// <summary>How the nodes are wired; null before the first look.</summary>
    public TopologyStand? Topology => _parts.Topology.Stand;

    /// <summary>What jobs declared and could not be understood.</summary>
    public IReadOnlyList<string> Complaints => _scheduler.Complaints;

    /// <summary>Why nothing is done at present; empty while all is well.</summary>
    public string Trouble => _defect.Length > 0 ? _defect : Runner.Trouble;

    /// <summary>For <c>systemctl status</c>.</summary>
    public string StatusLine
    {
        get
        {
            var state = Runner.State;
            return Trouble.Length > 0
                ? $"{Scheduler}: nothing is done: {Trouble}"
                : string.Create(CultureInfo.InvariantCulture, $"{Scheduler}: {state.Open.Count()} incidents open, {state.Moves.Count()} jobs being moved");
        }
    }

    /// <summary>Null while it turns; else what stands still. For the watchdog.</summary>
    public string? Stuck()
        => _time.GetElapsedTime(Interlocked.Read(ref _turned)) > LongestStandstill + _parts.Options.LookEvery ? "the look at the scheduler stands still" : null;

    /// <summary>Joins the fleet: from now on reports wake the loop, and are answered with what jobs are asked for.</summary>
    public void Join()
    {
        _keeper.Orders = Runner.Orders;
        _keeper.Changed = Hear;
    }

    /// <summary>Begins to look.</summary>
    public void Start() => _running = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        _keeper.Changed = null;
        _keeper.Orders = static _ => [];
        _events.Complete();
        await _stop.CancelAsync();
        var repairs = _parts.Repairs?.DisposeAsync().AsTask() ?? Task.CompletedTask;
        try
        {
            await Task.WhenAll(_running, _reading, repairs).WaitAsync(LongestEnd, _time);
        }
        catch (TimeoutException)
        {
            return; // whoever still writes finds the journal open, and the process ends
        }

        _events.Journal = null;
        _journal.Dispose();
        await Audit.DisposeAsync();
        _stop.Dispose();
    }

    // A heartbeat that says nothing new wakes nobody; what got better is seen at the next look.
    private void Hear(FleetChange change)
    {
        if (!change.Ill.IsEmpty) Runner.Wake();
    }

    private TopologyStand Stand() => _parts.Topology.Of(Runner.Sight?.Nodes.Keys ?? [], _keeper.State);

    private void Turn() => Interlocked.Exchange(ref _turned, _time.GetTimestamp());

    private async Task RunAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested) await TryAsync(LookAsync, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        if (_reading.IsCompleted)
        {
            await _parts.Topology.LookAsync(stop); // without it all nodes would be equally far apart at the first decision
            _reading = ReadAsync();
        }

        await Runner.RunAsync(stop);
    }

    private async Task ReadAsync()
    {
        try
        {
            while (!_stop.IsCancellationRequested) await TryAsync(_parts.Topology.RunAsync, _stop.Token);
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            // Asked to stop.
        }
    }

    // A defect of ours stops what it would do for a minute, and is told; the fleet is looked after all the while.
    private async Task TryAsync(Func<CancellationToken, Task> work, CancellationToken stop)
    {
        try
        {
            await work(stop);
        }
        catch (Exception defect) when (defect is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            _defect = $"a defect of Forewarn: {defect.GetType().Name}: {defect.Message}";
            Log.BrokenOff(_logger, defect);
            Turn();
            await Task.Delay(AfterDefect, _time, stop);
            _defect = "";
        }
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 415, Level = LogLevel.Warning, Message = "what is over stays in the journal for another day: {Reason}")]
        public static partial void NotCut(ILogger logger, string reason);

        [LoggerMessage(EventId = 411, Level = LogLevel.Critical, Message = "a look at the work was broken off by a defect of Forewarn; the next is in a minute")]
        public static partial void BrokenOff(ILogger logger, Exception defect);
    }
}
