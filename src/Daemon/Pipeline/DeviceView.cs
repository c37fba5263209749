using System.Collections.Immutable;
using Forewarn.Daemon.Efficiency;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>One device now: who it is, whether it is measured, and its last readings.</summary>
internal sealed class DeviceView(Device device, SourceView source)
{
    private readonly Lock _gate = new();
    private readonly CounterWatch _counters = new();
    private readonly long[] _heard = new long[2];
    private readonly DateTimeOffset[] _sampled = new DateTimeOffset[2];
    private readonly uint[] _generations = new uint[2];
    private readonly Reading[]?[] _last = new Reading[SignalCatalog.All.Length][];
    private Device _device = device;
    private PresenceState _presence = PresenceState.NotYetKnown;
    private ImmutableSortedDictionary<long, long> _driverErrors = ImmutableSortedDictionary<long, long>.Empty;
    private ImmutableArray<DeviceWorkload> _workloads = [];
    private ProcessTally? _processes;
    private Assessment? _assessment;
    private DateTimeOffset _lastSample;
    private int _counterGeneration = 1;
    private uint _believedFrom;

    public SourceView Source => source;

    /// <summary>Of its time and energy; the assessment writes it.</summary>
    public DeviceAccount Account { get; } = new();

    /// <summary>Changes by reference when identity, firmware or place changed; renderers rebuild their labels then.</summary>
    public Device Device => Volatile.Read(ref _device);

    /// <summary>A card, not a part of one.</summary>
    public bool IsWhole => Device.Partition is null;

    public PresenceState Presence => Volatile.Read(ref _presence);

    /// <summary>What is judged of it; null before the first time, and for a part of a card. Changes by reference.</summary>
    public Assessment? Assessment
    {
        get => Volatile.Read(ref _assessment);
        set => Volatile.Write(ref _assessment, value);
    }

    /// <summary>Errors that the driver reported, by the maker's code, since the agent started.</summary>
    public ImmutableSortedDictionary<long, long> DriverErrors => Volatile.Read(ref _driverErrors);

    /// <summary>Who runs on it, as last seen; changes by reference when that changed.</summary>
    public ImmutableArray<DeviceWorkload> Workloads
    {
        get => _workloads;
        set => ImmutableInterlocked.InterlockedExchange(ref _workloads, value);
    }

    /// <summary>How many processes hold it; null until that was asked for. Changes by reference.</summary>
    public ProcessTally? Processes
    {
        get => Volatile.Read(ref _processes);
        set => Volatile.Write(ref _processes, value);
    }

    /// <summary>Time of the newest sample; the default before the first.</summary>
    public DateTimeOffset LastSample
    {
        get { lock (_gate) return _lastSample; }
    }

    public int CounterGeneration
    {
        get { lock (_gate) return _counterGeneration; }
    }

    public void Rename(Device device) => Volatile.Write(ref _device, device);

    /// <summary>Takes a new presence; true when state or reason changed. Values of a device that is not measured are forgotten.</summary>
    public bool Become(PresenceState presence)
    {
        lock (_gate)
        {
            var before = _presence;
            if (before.Presence == presence.Presence && before.Reason == presence.Reason) return false;
            if (presence.Presence != DevicePresence.Measured) Array.Clear(_last);
            Volatile.Write(ref _presence, presence);
            return true;
        }
    }

    /// <summary>When the last sample of a group arrived, monotonic; 0 before the first and after its readings were forgotten.</summary>
    public long HeardAt(SampleGroup group)
    {
        lock (_gate) return _heard[(int)group];
    }

    /// <summary>Forgets the readings of one group: they are too old to be shown as what is.</summary>
    public void Forget(SampleGroup group)
    {
        lock (_gate)
        {
            _heard[(int)group] = 0;
            Drop(group);
        }
    }

    /// <summary>From now on only what this probe or a later one took is believed.</summary>
    public void BelieveFrom(uint generation)
    {
        lock (_gate) _believedFrom = Math.Max(_believedFrom, generation);
    }

    /// <summary>
    /// Takes the readings of a sample, and writes the counter generation into it: it grows when a counter fell. False when the sample is of
    /// a probe that is not believed any more.
    /// </summary>
    public bool Apply(Sample sample)
    {
        lock (_gate)
        {
            if (sample.Generation < _believedFrom) return false;
            StartAnew(sample);
            var fell = false;
            foreach (ref readonly var reading in sample.Readings)
            {
                fell |= _counters.HasFallen(in reading);
                Store(in reading);
            }

            if (fell) _counterGeneration++;
            sample.CounterGeneration = _counterGeneration;
            _lastSample = sample.Time; // also backwards, when the clock was set back
            _heard[(int)sample.Group] = sample.Arrived;
            _sampled[(int)sample.Group] = sample.Time;
            return true;
        }
    }

    public void CountDriverError(long code)
    {
        lock (_gate) Volatile.Write(ref _driverErrors, _driverErrors.SetItem(code, _driverErrors.GetValueOrDefault(code) + 1));
    }

    /// <summary>Copies the last readings, absences included, ordered by signal and instance. Returns how many fitted.</summary>
    public int CopyReadings(Span<Reading> into)
    {
        var count = 0;
        lock (_gate)
        {
            foreach (var readings in _last)
            {
                foreach (var reading in readings ?? [])
                {
                    if (count == into.Length) return count;
                    into[count++] = reading;
                }
            }
        }

        return count;
    }

    /// <summary>The same, and when the newest sample of each group was taken; the default before the first.</summary>
    public int CopyReadings(Span<Reading> into, Span<DateTimeOffset> sampled)
    {
        lock (_gate)
        {
            _sampled.CopyTo(sampled);
            return CopyReadings(into);
        }
    }

    /// <summary>
    /// With its first sample of a group a new probe takes the place of the one before: what only that one sent (a peer, a link) has no reading
    /// any more. The further samples of that sweep, and a late one of the probe before, take nothing away.
    /// </summary>
    private void StartAnew(Sample sample)
    {
        ref var last = ref _generations[(int)sample.Group];
        if (sample.Generation <= last) return;
        last = sample.Generation;
        Drop(sample.Group);
    }

    private void Drop(SampleGroup group)
    {
        foreach (var signal in SignalCatalog.All)
        {
            if (signal.Group == group) _last[(int)signal.Id] = null;
        }
    }

    private void Store(in Reading reading)
    {
        ref var slot = ref _last[(int)reading.Signal];
        if (slot is null || slot.Length <= reading.Instance) slot = Grown(slot, reading);
        slot[reading.Instance] = reading;
    }

    private static Reading[] Grown(Reading[]? old, Reading reading)
    {
        var grown = new Reading[reading.Instance + 1];
        for (ushort i = 0; i < grown.Length; i++) grown[i] = Reading.None(reading.Signal, NoDataReason.NotSupported, i);
        old?.CopyTo(grown, 0);
        return grown;
    }
}
