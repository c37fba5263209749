using Forewarn.Daemon.Sampling;
using Forewarn.Daemon.Sources;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// Runs the probes of one source: carries out what <see cref="ProbeSupervisor"/> decides, on a thread of its own that never makes a vendor
/// call and never waits for a process.
/// </summary>
internal sealed partial class SourceHost(
    SourceEntry entry, ProbeLaunch launch, ProbeSettings settings, SourceIntake intake, StderrLog stderr, ILogger logger, TimeProvider time)
    : IDisposable
{
    /// <summary>
    /// The longest time between two looks, and so what passes before the end of a probe is seen; a call that is in flight is looked at when its
    /// deadline passes. Each look wakes a core (85 µs with all that follows), ten a second were more than half of what the agent cost at rest.
    /// </summary>
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    /// <summary>After a pause of the whole agent (SIGSTOP, a starved machine) silence says nothing about the probes.</summary>
    private static readonly TimeSpan LongestTick = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan SilenceGrace = TimeSpan.FromSeconds(1);

    /// <summary>An operator waits no longer than this for probes that do not end; a little more than it takes to see that they do not.</summary>
    private static readonly TimeSpan LongestRelease = TimeSpan.FromSeconds(4);

    /// <summary>How long an ended probe may take to go before it counts as one that the kernel keeps.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private ProbeSettings _settings = settings;
    private readonly ProbeSupervisor _supervisor = new() { Probation = Suspect.Probation(settings) };
    private readonly List<ProbeProcess> _running = [];
    private readonly List<EndedProbe> _ended = [];
    private readonly List<string> _unreaped = [];
    private readonly List<ProbeOrder> _orders = [];
    private readonly Queue<Action<TimeSpan>> _commands = new();
    private readonly List<(TaskCompletionSource<IReadOnlyList<int>> Released, TimeSpan Since)> _releases = [];
    private readonly AutoResetEvent _wake = new(initialState: false);
    private readonly long _origin = time.GetTimestamp();
    private uint _generation;
    private long _turns;
    private volatile bool _stopping;

    public string Name => entry.Declaration.Name;

    /// <summary>Grows while the host turns; the watchdog looks at it.</summary>
    public long Turns => Interlocked.Read(ref _turns);

    /// <summary>The probes that run now, for the self meter.</summary>
    public IReadOnlyList<ProbeProcess> Running
    {
        get { lock (_running) return [.. _running]; }
    }

    public void Start() => new Thread(Run) { IsBackground = true, Name = $"source {Name}" }.Start();

    /// <summary>Ends every probe. Completes with nothing once none is left, else after a few seconds with those that the kernel keeps.</summary>
    public Task<IReadOnlyList<int>> ReleaseAsync()
    {
        var released = new TaskCompletionSource<IReadOnlyList<int>>(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(now =>
        {
            _supervisor.Release(now);
            foreach (var probe in _running.ToList()) End(probe, now);
            _releases.Add((released, now));
        });
        return released.Task;
    }

    public void Resume() => Post(_supervisor.Resume);

    /// <summary>Asks every probe to end and does not wait: what cannot end must not hold up the agent's own end.</summary>
    public void Stop()
    {
        _stopping = true;
        _wake.Set();
        lock (_running)
        {
            foreach (var probe in _running) probe.Abandon();
        }
    }

    /// <summary>Takes new settings: the main probe is replaced by one that has them.</summary>
    public void Reconfigure(ProbeSettings changed) => Post(now =>
    {
        if (changed == _settings) return;
        _settings = changed;
        _supervisor.Probation = Suspect.Probation(changed);
        _supervisor.Restart(now);
        foreach (var probe in _running.ToList()) End(probe, now);
    });

    public void Dispose() => _wake.Dispose();

    private void Post(Action<TimeSpan> command)
    {
        lock (_commands) _commands.Enqueue(command);
        _wake.Set();
    }

    private void Run()
    {
        var before = Now;
        while (!_stopping)
        {
            var now = Now;
            Obey(now);
            Watch(now, wasPaused: now - before > LongestTick);
            Reap(now);
            // Before the next probe starts: what is reported here concerns the ones that were.
            intake.Report(_supervisor, _unreaped.Count, new(_settings.Fast, _settings.Slow));
            _supervisor.Decide(now, _unreaped, _orders);
            foreach (var order in _orders) CarryOut(order, now);
            _orders.Clear();
            Interlocked.Increment(ref _turns);
            before = now;
            _wake.WaitOne(UntilNextLook());
        }
    }

    private TimeSpan UntilNextLook()
    {
        var wait = Tick;
        foreach (var probe in _running)
        {
            if (probe.UntilOverdue() is var rest && rest < wait) wait = rest;
        }

        return wait;
    }

    private TimeSpan Now => time.GetElapsedTime(_origin);

    private void Obey(TimeSpan now)
    {
        lock (_commands)
        {
            while (_commands.TryDequeue(out var command)) command(now);
        }
    }

    private void Watch(TimeSpan now, bool wasPaused)
    {
        for (var i = _running.Count - 1; i >= 0; i--)
        {
            var probe = _running[i];
            // A suspect must pass the slow group too, or it would hang there again among its siblings.
            if (probe.HasSwept && (probe.Settings.Only is null || probe.HasSweptSlowly)) _supervisor.Swept(probe.Settings.Only, now);
            if (probe.End is { } end) HasEnded(probe, end, now);
            else if (wasPaused) probe.Heard();
            else if (probe.Overdue() is { } call) IsStuck(probe, call, now);
            else if (probe.MeasureSilence() > LongestSilence(probe)) IsStuck(probe, null, now);
        }
    }

    /// <summary>
    /// A probe that is in no call and yet says nothing is stopped as a whole (the kernel keeps it, or a defect of ours). Between two sweeps it
    /// is silent for a period; so much more is left to a busy machine that siblings still lose two sweeps and not three.
    /// </summary>
    private static TimeSpan LongestSilence(ProbeProcess probe)
        => probe.HasSwept ? probe.Settings.Fast + SilenceGrace : probe.Settings.StartDeadline * 1.5;

    private void HasEnded(ProbeProcess probe, ProbeEnd end, TimeSpan now)
    {
        Remove(probe);
        var calls = probe.CallsInFlight();
        probe.Dispose();
        if (probe.Refusal is not null && end.Signal == 0) end = new ProbeEnd((int)ProbeExit.Unavailable); // by its own word, or by ours
        intake.ProbeEnded(probe, end);
        if (probe.Refusal is var (reason, detail)) _supervisor.CannotOpen(reason, detail);
        _supervisor.Ended(probe.Settings.Only, end, calls, now);
    }

    private void IsStuck(ProbeProcess probe, CallInFlight? call, TimeSpan now)
    {
        Remove(probe);
        probe.Kill();
        _ended.Add(new EndedProbe(probe, call?.Device ?? probe.Settings.Only ?? "-", now));
        intake.CallStalled(probe, call);
        _supervisor.Stuck(probe.Settings.Only, call, now);
    }

    private void End(ProbeProcess probe, TimeSpan now)
    {
        Remove(probe);
        probe.Stop();
        _ended.Add(new EndedProbe(probe, probe.Settings.Only ?? "-", now));
    }

    private void Remove(ProbeProcess probe)
    {
        lock (_running) _running.Remove(probe);
    }

    private void Reap(TimeSpan now)
    {
        _unreaped.Clear();
        for (var i = _ended.Count - 1; i >= 0; i--)
        {
            var (probe, device, since) = _ended[i];
            if (probe.End is not null)
            {
                probe.Dispose();
                _ended.RemoveAt(i);
            }
            else if (now - since >= Patience)
            {
                probe.Kill();
                _unreaped.Add(device);
            }
        }

        if (_releases.Count > 0) AnswerReleases(now);
    }

    private void AnswerReleases(TimeSpan now)
    {
        for (var i = _releases.Count - 1; i >= 0; i--)
        {
            var (released, since) = _releases[i];
            if (_ended.Count > 0 && now - since < LongestRelease) continue;
            released.TrySetResult([.. _ended.Select(ended => ended.Probe.Pid)]);
            _releases.RemoveAt(i);
        }
    }

    private void CarryOut(ProbeOrder order, TimeSpan now)
    {
        switch (order)
        {
            case ProbeOrder.Start start:
                Launch(start, now);
                break;
            case ProbeOrder.Stop stop:
                if (_running.Find(probe => probe.Settings.Only == stop.Only) is { } found) End(found, now);
                break;
        }
    }

    private void Launch(ProbeOrder.Start start, TimeSpan now)
    {
        var generation = ++_generation;
        var own = _settings with
        {
            Generation = generation,
            Slots = Path.Join(launch.SlotDirectory, $"{Name}-{Environment.ProcessId}-{generation}.slots"),
            Only = start.Only,
            Except = start.Except,
        };
        try
        {
            var probe = ProbeProcess.Start(launch, own, intake.SinkFor, stderr, time);
            lock (_running) _running.Add(probe);
            _supervisor.Started(start.Only, now);
            Log.ProbeStarted(logger, Name, probe.Pid, start.Only ?? "all", generation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.ComponentModel.Win32Exception)
        {
            _supervisor.Started(start.Only, now);
            _supervisor.Ended(start.Only, new ProbeEnd(1), [], now);
            Log.ProbeNotStarted(logger, Name, exception.Message);
        }
    }

    /// <summary>A probe that was told to end: the device that it was last on ("-" for none), and since when.</summary>
    private readonly record struct EndedProbe(ProbeProcess Probe, string Device, TimeSpan Since);

    private static partial class Log
    {
        [LoggerMessage(EventId = 110, Level = LogLevel.Debug, Message = "probe started [source `{Source}` pid `{Pid}` devices `{Devices}` generation `{Generation}`]")]
        public static partial void ProbeStarted(ILogger logger, string source, int pid, string devices, uint generation);

        [LoggerMessage(EventId = 111, Level = LogLevel.Error, Message = "probe could not be started: {Reason} [source `{Source}`]")]
        public static partial void ProbeNotStarted(ILogger logger, string source, string reason);
    }
}
