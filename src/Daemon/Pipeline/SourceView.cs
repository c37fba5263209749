using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>One source (a vendor library behind its probes) now, with its meters.</summary>
internal sealed class SourceView(string name, DriverErrorMetric driverErrors, DateTimeOffset now)
{
    private SourceStatus _status = new(SourceState.Starting, NoDataReason.None, "starting", now);
    private ImmutableArray<CallGroupMeter> _callGroups = [];
    private long _stalls;
    private long _restarts;
    private long _abandoned;
    private long _skippedSweeps;
    private long _refusedFrames;
    private long _expected;
    private long _found;
    private volatile int _onBus;
    private long _lastSuccessTicks;
    private long _driverLoadedTicks;

    /// <summary>Name in the configuration and in the <c>source</c> label, for example <c>nvml</c>.</summary>
    public string Name => name;

    /// <summary>Under which name the driver's error codes are counted.</summary>
    public DriverErrorMetric DriverErrorMetric => driverErrors;

    public SourceStatus Status
    {
        get => Volatile.Read(ref _status);
        set => Volatile.Write(ref _status, value);
    }

    /// <summary>True when the last thing known is that samples flow.</summary>
    public bool IsUp => Status.State == SourceState.Running;

    /// <summary>True once it has measured a full sweep or said why it cannot.</summary>
    public bool HasSettled => Status.State != SourceState.Starting || LastSuccess != default;

    public string DriverVersion { get; set; } = "";

    public string LibraryVersion { get; set; } = "";

    /// <summary>What is to be said of a probe that is of another build than the agent; empty while they are of one.</summary>
    public string OtherBuild { get; set; } = "";

    /// <summary>Duration of a sweep over all devices, by group.</summary>
    public DurationHistogram FastSweep { get; } = new();

    public DurationHistogram SlowSweep { get; } = new();

    /// <summary>End of the last complete sweep; the default before the first.</summary>
    public DateTimeOffset LastSuccess
    {
        get => new(Interlocked.Read(ref _lastSuccessTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _lastSuccessTicks, value.UtcTicks);
    }

    /// <summary>Devices that should be there though none can be read: as configured, else as the bus shows, at most 30 s ago, while it is unavailable.</summary>
    public int OnBus
    {
        get => _onBus;
        set => _onBus = value;
    }

    /// <summary>Vendor calls that passed their deadline.</summary>
    public long Stalls => Interlocked.Read(ref _stalls);

    /// <summary>Probes started again after one ended without being asked to.</summary>
    public long Restarts => Interlocked.Read(ref _restarts);

    /// <summary>Probes that were killed and cannot be reaped (D state) at this moment.</summary>
    public long AbandonedProcesses
    {
        get => Interlocked.Read(ref _abandoned);
        set => Interlocked.Exchange(ref _abandoned, value);
    }

    /// <summary>Sweeps that a probe left out because its pipe to the agent was full.</summary>
    public long SkippedSweeps => Interlocked.Read(ref _skippedSweeps);

    /// <summary>Frames refused: bad checksum, unknown version, or of a killed generation.</summary>
    public long RefusedFrames => Interlocked.Read(ref _refusedFrames);

    /// <summary>Devices that should be there: configured, else the most seen in this boot.</summary>
    public long Expected
    {
        get => Interlocked.Read(ref _expected);
        set => Interlocked.Exchange(ref _expected, value);
    }

    /// <summary>Devices that answer.</summary>
    public long Found
    {
        get => Interlocked.Read(ref _found);
        set => Interlocked.Exchange(ref _found, value);
    }

    /// <summary>When its driver was seen to be loaded, or another version of it; the default while it is the one that was there at the start.</summary>
    public DateTimeOffset DriverLoaded
    {
        get => new(Interlocked.Read(ref _driverLoadedTicks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref _driverLoadedTicks, value.UtcTicks);
    }

    public ImmutableArray<CallGroupMeter> CallGroups => _callGroups;

    public void CountStall() => Interlocked.Increment(ref _stalls);

    public void CountRestart() => Interlocked.Increment(ref _restarts);

    public void CountSkippedSweeps(long sweeps) => Interlocked.Add(ref _skippedSweeps, sweeps);

    public void CountRefusedFrame() => Interlocked.Increment(ref _refusedFrames);

    /// <summary>The meter of a call group; made on its first use.</summary>
    public CallGroupMeter CallGroup(string callGroup)
    {
        // Two probes of a source may say hello at the same time.
        ImmutableInterlocked.Update(
            ref _callGroups, static (all, name) => all.Any(meter => meter.Name == name) ? all : all.Add(new CallGroupMeter(name)), callGroup);
        return _callGroups.First(meter => meter.Name == callGroup);
    }
}

/// <summary>How the driver's error codes of a maker are counted.</summary>
/// <param name="Family">The counter, for example <c>forewarn_xid_errors_total</c>.</param>
/// <param name="Label">The label that carries the code, for example <c>xid</c>.</param>
internal sealed record DriverErrorMetric(MetricFamily Family, string Label);
