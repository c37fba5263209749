using System.Buffers;
using System.Buffers.Binary;
using Forewarn.Model;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.History;

/// <summary>What must survive a restart: counters with their windows, events, presence, and what the ledger knows beside the findings that are stored.</summary>
public sealed partial class DeviceHistory
{
    private const byte Version = 2;
    private const byte FactsPart = 1;
    private const byte SignalsPart = 2;
    private const byte EventsPart = 3;
    private const byte LedgerPart = 4;
    private const byte DriversPart = 5;
    private const byte PeersPart = 6;
    private const byte FieldsPart = 7;
    private const byte PlacePart = 8;

    // Lanes whose counters were not read since they were loaded, each with the time up to which an earlier run had read them.
    private readonly Dictionary<SampleGroup, DateTimeOffset> _remembered = [];
    private (DevicePresence Presence, DateTimeOffset Since)? _before;

    /// <summary>What became of what an earlier run remembered.</summary>
    public MemoryState Memory { get; private set; }

    /// <summary>The kernel's boot id; counters of two boots are not subtracted.</summary>
    internal string BootId { get; set; } = "";

    /// <summary>The version of each source's driver, where this is the node itself.</summary>
    internal SortedDictionary<string, string> Drivers { get; } = new(StringComparer.Ordinal);

    /// <summary>When one of those was last loaded, in the boot that is remembered.</summary>
    internal DateTimeOffset DriverLoaded { get; set; }

    /// <summary>Writes it; a full one has less than 20 KiB.</summary>
    /// <param name="writer">Gets it.</param>
    /// <param name="scratch">Room for it in the making, to be used for all devices.</param>
    public void Save(IBufferWriter<byte> writer, MemoryScratch scratch)
    {
        var whole = scratch.Whole.Begin(_clock);
        whole.Byte(Version);
        whole.Moment();
        if (IsLogged) Write(PlacePart, SavePlace);
        Write(FactsPart, SaveFacts);
        Write(SignalsPart, part => SaveSignals(part, scratch.One));
        Write(EventsPart, part => _events.Save(part, _clock));
        Write(LedgerPart, Ledger.Save);
        Write(DriversPart, SaveDrivers);
        Write(PeersPart, SavePeers);
        Write(FieldsPart, SaveFields);
        whole.Fixed(SignalName.Sum(whole.Written));
        writer.Write(whole.Written);

        void Write(byte mark, Action<MemoryWriter> save)
        {
            var part = scratch.Part.Begin(_clock);
            save(part);
            whole.Part(mark, part);
        }
    }

    /// <summary>
    /// Takes what an earlier run wrote, before anything else is taken. What is torn, or was written by a version that does it otherwise, leaves the
    /// history empty; parts and signals that this version does not know are stepped over.
    /// </summary>
    public MemoryState Load(ReadOnlySpan<byte> memory)
    {
        Memory = TryLoad(memory);
        if (Memory is MemoryState.OtherVersion or MemoryState.Torn) Clear();
        return Memory;
    }

    private MemoryState TryLoad(ReadOnlySpan<byte> memory)
    {
        if (memory.IsEmpty) return MemoryState.None;
        if (memory[0] != Version) return MemoryState.OtherVersion;
        if (memory.Length < 1 + sizeof(uint)) return MemoryState.Torn;
        var body = memory[..^sizeof(uint)];
        if (SignalName.Sum(body) != BinaryPrimitives.ReadUInt32LittleEndian(memory[^sizeof(uint)..])) return MemoryState.Torn;
        var reader = new MemoryReader(body[1..]);
        reader.Moment();
        _clock.GoOnFrom(reader.Now);
        while (!reader.IsAtEnd)
        {
            var part = reader.Part(out var mark);
            switch (mark)
            {
                case PlacePart: LoadPlace(ref part); break;
                case FactsPart: LoadFacts(ref part); break;
                case SignalsPart: LoadSignals(ref part); break;
                case EventsPart: _events.Load(ref part, Device); break;
                case LedgerPart: Ledger.Load(ref part); break;
                case DriversPart: LoadDrivers(ref part); break;
                case PeersPart: Peers.Load(part.Rest()); break;
                case FieldsPart: Fields.Load(part.Rest()); break;
            }

            if (part.IsTorn) return MemoryState.Torn;
        }

        return reader.IsTorn ? MemoryState.Torn : MemoryState.Loaded;
    }

    /// <summary>Of one that no source lists, nobody else remembers what it is.</summary>
    private void SavePlace(MemoryWriter part)
    {
        part.Text(Device.Vendor.Name);
        part.Text(Device.PciAddress);
        part.Text(Device.Name);
        part.Number(Device.Index);
    }

    private void LoadPlace(ref MemoryReader part)
    {
        var (vendor, place, name, index) = (part.Text(), part.Text(), part.Text(), (int)part.Whole());
        if (Device.Vendor.Name.Length > 0) return; // it knows by itself
        IsLogged = true;
        Device = Device with { Vendor = new Vendor(vendor), PciAddress = place, Name = name, Index = index };
    }

    private void SaveFacts(MemoryWriter part)
    {
        part.Text(BootId);
        part.Time(_watched);
        part.Time(_watchedAt);
        part.Number(Restarts);
        part.Time(CountersBegan);
        part.Time(BeforeRestart);
        part.Time(_restartedAt);
        part.Flag(_restartsSlow == Restarts);
        part.Time(_countersRead);
        var (presence, since) = Presence == DevicePresence.Unknown && _before is { } before ? before : (Presence, PresentSince);
        part.Byte((byte)presence);
        part.Time(since);
        part.WallTime(LastHealthyUnderLoad ?? default);
        part.Number(Refused);
        part.Byte((byte)Announced.State);
        part.WallTime(Announced.Since);
    }

    private void LoadFacts(ref MemoryReader part)
    {
        var boot = part.Text();
        _watched = part.Time();
        _watchedAt = part.Time();
        Restarts = (int)part.Whole();
        CountersBegan = part.Time();
        BeforeRestart = part.Time();
        _restartedAt = part.Time();
        _restartsSlow = part.Flag() ? Restarts : Restarts - 1;
        _countersRead = part.Time();
        var presence = (DevicePresence)part.Byte();
        var since = part.Time();
        if (presence != DevicePresence.Unknown) _before = (presence, since);
        LastHealthyUnderLoad = part.Time() is var healthy && healthy != default ? healthy : null;
        Refused = part.Whole();
        Announced = ((HealthState)part.Byte(), part.Time());
        _remembered[SampleGroup.Fast] = _remembered[SampleGroup.Slow] = _countersRead;
        if (boot == BootId) return;
        Restart(_clock.Last, _countersRead);
    }

    private void SaveSignals(MemoryWriter part, MemoryWriter one)
    {
        foreach (var signal in SignalCatalog.All)
        {
            if (_signals[(int)signal.Id]?.Save(one.Begin(_clock)) != true) continue;
            part.Fixed(SignalName.Of(signal.Id));
            part.Part(0, one);
        }
    }

    private void LoadSignals(ref MemoryReader part)
    {
        while (!part.IsAtEnd)
        {
            var isKnown = SignalName.TryFind(part.Fixed(), out var id);
            var one = part.Part(out _);
            if (!isKnown) continue;
            Signal(id).Load(ref one);
            if (one.IsTorn) part.Tear();
        }

        if (_remembered.Count == 0) foreach (var signal in _signals) signal?.Restart(); // of another boot
    }

    private void SavePeers(MemoryWriter part)
    {
        Span<byte> bytes = stackalloc byte[PeerStates.SavedSize];
        part.Bytes(bytes[..Peers.Save(bytes)]);
    }

    private void SaveFields(MemoryWriter part)
    {
        Span<byte> bytes = stackalloc byte[FieldWatch.SavedSize];
        part.Bytes(bytes[..Fields.Save(bytes)]);
    }

    private void SaveDrivers(MemoryWriter part)
    {
        part.Text(BootId);
        part.Time(DriverLoaded);
        part.Number(Drivers.Count);
        foreach (var (source, version) in Drivers)
        {
            part.Text(source);
            part.Text(version);
        }
    }

    private void LoadDrivers(ref MemoryReader part)
    {
        var isOfThisBoot = part.Text() == BootId;
        var loaded = part.Time();
        if (isOfThisBoot) DriverLoaded = loaded;
        for (var left = part.Count(); left > 0 && !part.IsTorn; left--)
        {
            var (source, version) = (part.Text(), part.Text());
            if (isOfThisBoot) Drivers[source] = version; // another one after a boot is no reload: the boot has begun everything anew
        }
    }

    /// <summary>While the agent runs, the generation tells of a restart; one that came while it did not run shows when each lane is first read again.</summary>
    private void CompareWithMemory(Sample sample, DateTimeOffset now)
    {
        var (isRead, isFirmKnown) = (false, IsFirmKnown());
        foreach (ref readonly var reading in sample.Readings)
        {
            var signal = SignalCatalog.Of(reading.Signal);
            if (!reading.HasValue || signal.Family.Kind != SignalKind.Counter) continue;
            isRead = true;
            if (!signal.MayTellRestart || (isFirmKnown && !signal.IsFirm)) continue;
            if (!Signal(reading.Signal).IsBelow(in reading) || !_remembered.TryGetValue(sample.Group, out var until)) continue;
            _countersRead = until;
            BeginCounters(now);
            return;
        }

        if (isRead) _remembered.Remove(sample.Group);
    }

    private bool IsFirmKnown()
    {
        foreach (var signal in SignalCatalog.All)
        {
            if (signal.IsFirm && _signals[(int)signal.Id]?.Newest(0) > 0) return true;
        }

        return false;
    }

    private void Clear()
    {
        Array.Clear(_signals);
        _events.Clear();
        Ledger.Clear();
        Drivers.Clear();
        _remembered.Clear();
        (_before, _countersRead, _restartedAt, CountersBegan, BeforeRestart, LastHealthyUnderLoad) = (null, default, default, default, default, null);
        (_watched, _watchedAt, DriverLoaded) = (default, default, default);
        (Restarts, _restartsSlow, Refused, Announced) = (0, 0, 0, (HealthState.Unknown, default));
    }
}
