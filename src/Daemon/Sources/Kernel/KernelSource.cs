using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Kernel;

/// <summary>
/// Reads the kernel log on a thread of its own from start to stop, and says when it cannot. It begins when the sources have said which devices
/// there are, so that what stands in the log already is told of them by name; but waits for none that hangs.
/// </summary>
internal sealed class KernelSource : IDisposable
{
    /// <summary>How soon a stop is noticed.</summary>
    private const int WaitMilliseconds = 250;

    /// <summary>The longest wait for the sources; a ring of a few hundred KiB holds minutes of a kernel in trouble.</summary>
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopDeadline = TimeSpan.FromSeconds(1);

    private readonly string _path;
    private readonly NodeView _view;
    private readonly KernelLogView _log;
    private readonly EventQueue _events;
    private readonly TimeProvider _time;
    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly KernelDevices _devices;
    private readonly KernelLines _lines;
    private KernelCursor? _from;
    private Thread? _thread;

    public KernelSource(KernelLogOptions options, NodeView view, EventQueue events, TimeProvider time)
    {
        _path = options.Path.Length > 0 ? options.Path : Path.Join(view.Node.Root, KernelLog.DevicePath);
        if (_path == $"/{KernelLog.DevicePath}") _path = KernelLog.DevicePath; // the root is "/"
        (_view, _events, _time) = (view, events, time);
        _log = new KernelLogView(time.GetUtcNow()) { Path = _path };
        _devices = new KernelDevices(view, time);
        _lines = new KernelLines(_devices);
        view.KernelLog = _log;
    }

    /// <summary>Begins behind what an earlier run took.</summary>
    public void Start(KernelCursor? from)
    {
        _from = from;
        // 512 KiB: the patterns' code is shallow; the default of 8 MiB would be reserved for nothing.
        _thread = new Thread(Run, maxStackSize: 512 * 1024) { IsBackground = true, Name = "kernel log" };
        _thread.Start();
    }

    /// <summary>Returns when the thread has ended, or waits in a queue that nobody empties any more.</summary>
    public void Stop()
    {
        _stop.Set();
        _ = _thread?.Join(StopDeadline);
    }

    public void Dispose()
    {
        Stop();
        if (_thread is not { IsAlive: true }) _stop.Dispose();
    }

    private void Run()
    {
        var start = _time.GetTimestamp();
        while (!_view.IsReady && _time.GetElapsedTime(start) < LongestStart && !_stop.WaitOne(50))
        {
            // Which devices there are is not known yet.
        }

        while (!_stop.WaitOne(0))
        {
            using var log = KernelLogDoor.Open(_path, _stop, out var reason, out var detail);
            if (log is not null)
            {
                Report(new(SourceState.Running, NoDataReason.None, "", _time.GetUtcNow()));
                if (Read(log) is not Errno.None and var failure) (reason, detail) = KernelLogDoor.Why(_path, failure);
            }

            if (reason != NoDataReason.None) Report(new(SourceState.Unavailable, reason, detail, _time.GetUtcNow()));
            _stop.WaitOne(TryAgainAfter);
        }
    }

    /// <summary>Until it is stopped or cannot be read any more.</summary>
    private Errno Read(IKernelLog log)
    {
        var time = new KernelTime(_time, SinceBoot(log), log is DeviceLog ? new KernelSleeps(KernelClock.Asleep) : null);
        _ = time.HasSlept(log);
        var outlet = new KernelLogOutlet(_events.Add, _events.Advance, BootIdNow, _time, _from);
        var reader = new KernelLogReader(log, _lines, _devices, time, _log, outlet);
        while (reader.Failure == Errno.None && !_stop.WaitOne(0))
        {
            var left = 1024; // then it is looked whether to stop
            while (left-- > 0 && reader.ReadOne())
            {
                // All that stands there now.
            }

            if (left >= 0 && reader.Failure == Errno.None)
            {
                reader.Idle();
                log.Wait(WaitMilliseconds);
                time.Woke();
                if (time.HasSlept(log)) reader.Rewound();
            }
        }

        _from = reader.Cursor ?? _from;
        return reader.Failure;
    }

    /// <summary>The log of a simulated node counts from that node's boot, as its /proc/uptime does; where that is missing nothing is known to be old.</summary>
    private Func<TimeSpan> SinceBoot(IKernelLog log) => log is DeviceLog ? KernelTime.Monotonic(_time)
        : () => Uptime.TryRead(_view.Node.Root, out var uptime) ? uptime : TimeSpan.Zero;

    private string BootIdNow() => BootId.TryRead(_view.Node.Root, out var boot) ? boot.ToString() : _view.Node.BootId;

    private void Report(SourceStatus status)
    {
        var before = _log.Status;
        if (before.State == status.State && before.Reason == status.Reason && before.Detail == status.Detail) return;
        _log.Status = status;
        if (before.State == SourceState.Starting && status.State == SourceState.Running) return; // as it should be: no news
        _events.Add(new()
        {
            Kind = HealthEventKind.SourceChanged,
            Text = status.Detail.Length == 0 ? $"{status.State}" : $"{status.State}: {status.Detail}",
            BootId = _view.Node.BootId,
            FirstSeen = status.Since,
            LastSeen = status.Since,
            Source = KernelLogOutlet.Source,
        });
    }
}
