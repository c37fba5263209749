using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.History;

/// <summary>What rules may know of the node: its devices, when it and its drivers started, and what should be there.</summary>
public sealed class NodeHistory
{
    // Own figure: what restarts all cards at once (reload of the driver, reset of the baseboard) is done with them within that.
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(1);

    /// <summary>
    /// How long rules with a grace are not asked after a boot or a load of the driver. Own figure: the slow lane is read five times, links
    /// are trained and the fabric's manager has started by then. One look at boot made 214 of 288 healthy nodes ill (NVSentinel#1701).
    /// </summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    private readonly List<DeviceHistory> _devices = [];
    private readonly DeviceHome _home;
    private readonly Pace _pace = new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    private DateTimeOffset _driverLoaded;
    private DateTimeOffset _asked;
    private TimeSpan? _settling;

    /// <summary>A node as it was found.</summary>
    public NodeHistory(string bootId, DateTimeOffset booted)
    {
        (BootId, Booted, _driverLoaded) = (bootId, booted, booted);
        Self = new DeviceHistory(new Device { Id = DeviceId.Node, Vendor = new Vendor(""), PciAddress = "" }, Clock) { BootId = bootId };
        _home = new DeviceHome(this, _devices);
    }

    /// <summary>The kernel's boot id; "" when unreadable.</summary>
    public string BootId { get; private set; }

    /// <summary>When this boot began.</summary>
    public DateTimeOffset Booted { get; private set; }

    /// <summary>When a driver was last loaded, or the boot began; the later. Setting it says that it was loaded anew: counters begin, latches open.</summary>
    public DateTimeOffset DriverLoaded
    {
        get => _driverLoaded;
        set
        {
            if (value <= _driverLoaded) return;
            BeginGrace(value);
            foreach (var device in _devices) device.Restart(value, LastRead(device.Device.Vendor));
            Self.Restart(value, LastRead(null));
        }
    }

    /// <summary>The node's own history: signals and events of no single device.</summary>
    public DeviceHistory Self { get; }

    /// <summary>Its whole devices, in the order of their places.</summary>
    public IReadOnlyList<DeviceHistory> Devices => _devices;

    /// <summary>Somebody works at the node.</summary>
    public bool InMaintenance { get; set; }

    /// <summary>The rows of the catalogues that the site changed.</summary>
    public CatalogOverrides Overrides { get; set; } = CatalogOverrides.None;

    /// <summary>What was last read of the node itself; null before the first time.</summary>
    public HostReadings? Host { get; set; }

    /// <summary>The kernel log can be read; while it cannot, its silence proves nothing.</summary>
    public bool IsLogRead { get; set; } = true;

    /// <summary>What each source expects and finds.</summary>
    public IReadOnlyList<SourceCount> Sources { get; set; } = [];

    /// <summary>True in the first minutes after a boot or a load of the driver.</summary>
    public bool IsInGrace => _settling < Grace;

    internal JudgingClock Clock { get; } = new();

    /// <summary>Devices that are no longer where they were, for the judge to close what was said of them.</summary>
    internal Queue<Departure> Departures { get; } = [];

    /// <summary>
    /// What an earlier run remembered, by device id. The node takes its own at once, a device at its first sight, in whatever slot it is: a card that
    /// moves brings its past.
    /// </summary>
    public void Remember(IReadOnlyDictionary<string, byte[]> memories)
    {
        _home.Memories = memories;
        if (!memories.TryGetValue(DeviceId.Node.Value, out var memory)) return;
        Self.Load(memory);
        if (Self.DriverLoaded > _driverLoaded) _driverLoaded = Self.DriverLoaded;
    }

    /// <summary>The history of a device; null when it is not known.</summary>
    public DeviceHistory? Find(DeviceId id)
    {
        if (id == DeviceId.Node) return Self;
        foreach (var device in _devices)
        {
            if (device.Device.Id == id) return device;
        }

        return null;
    }

    /// <summary>
    /// The history of this device, made at its first sight. A part of a card has none of its own: it gets its card's. Another card in the
    /// place of a known one takes that place; the known one's history is kept, should it show up elsewhere.
    /// </summary>
    public DeviceHistory Of(Device device) => _home.Of(device);

    /// <summary>What is remembered of a device that the log alone knows; null when nothing is.</summary>
    public DeviceHistory? Revive(DeviceId id) => _home.Revive(id);

    /// <summary>Nothing more is to be known of this device.</summary>
    public void Forget(DeviceHistory device) => _devices.Remove(device);

    /// <summary>The version of a source's driver. Another one than before means that it was loaded anew, also while the agent did not run.</summary>
    public void DriverIs(string source, string version, DateTimeOffset now)
    {
        if (version.Length == 0) return;
        var isOther = Self.Drivers.TryGetValue(source, out var before) && before != version;
        Self.Drivers[source] = version;
        if (isOther) DriverLoaded = Clock.At(now);
    }

    /// <summary>The node was booted again: in a recorded run, since an agent does not live through one.</summary>
    public void Boot(string bootId, DateTimeOffset booted)
    {
        (BootId, Booted, Self.BootId) = (bootId, booted, bootId);
        foreach (var device in _devices) device.BootId = bootId;
        DriverLoaded = booted;
    }

    /// <summary>The judge asks now: lets the grace pass, as far as it was watched, and sees when all cards of a maker began anew together.</summary>
    internal void Tick(DateTimeOffset now)
    {
        _settling = _settling is { } passed ? passed + _pace.Take(now - _asked) : now - _driverLoaded;
        _asked = now;
    }

    /// <summary>A device's counters began anew: when those of all others of its maker did so too, the driver was loaded anew.</summary>
    internal void Compare(DeviceHistory device)
    {
        if (device.CountersBegan <= _driverLoaded) return;
        var (cards, first, last, before) = (0, device.CountersBegan, device.CountersBegan, device.BeforeRestart);
        foreach (var other in _devices)
        {
            if (other.Device.Vendor != device.Device.Vendor || (other != device && other.Presence != DevicePresence.Measured)) continue;
            cards++;
            if (other.CountersBegan < first) first = other.CountersBegan;
            if (other.CountersBegan > last) last = other.CountersBegan;
            if (other.BeforeRestart < before) before = other.BeforeRestart;
        }

        // One card alone may as well have been reset; its own latches know.
        if (cards < 2 || first <= _driverLoaded || last - first > Together) return;
        BeginGrace(last);
        Self.Restart(last, before);
    }

    /// <summary>When a driver was last seen at work, of one maker or of any: a card that is never read itself was restarted with the others.</summary>
    private DateTimeOffset LastRead(Vendor? maker)
    {
        var last = default(DateTimeOffset);
        foreach (var device in _devices)
        {
            if ((maker is null || device.Device.Vendor == maker) && device.CountersRead > last) last = device.CountersRead;
        }

        return last;
    }

    private void BeginGrace(DateTimeOffset loaded) => (_driverLoaded, Self.DriverLoaded, _settling) = (loaded, loaded, TimeSpan.Zero);
}

/// <summary>How many devices a source should see and does.</summary>
/// <param name="Source">Its name, for example <c>nvml</c>.</param>
/// <param name="Expected">As configured, or as many as were seen in this boot.</param>
/// <param name="Found">That answer.</param>
/// <param name="IsUp">Its samples flow.</param>
public readonly record struct SourceCount(string Source, int Expected, int Found, bool IsUp)
{
    /// <summary>An operator, or the configuration, let its devices go.</summary>
    public bool IsReleased { get; init; }

    /// <summary>How many of those that do not answer are known, and lost or stalled: each is told of by itself.</summary>
    public int Told { get; init; }

    /// <summary>Left alone for a while, since what reads it died too often.</summary>
    public bool IsHeld { get; init; }

    /// <summary>Why none of its devices can be read; None while they can, or nobody knows yet.</summary>
    public NoDataReason Absence { get; init; }

    /// <summary>The same in the words of whom it was asked.</summary>
    public string Why { get; init; } = "";

    /// <summary>Its probe is of another build than the agent, as an unfinished upgrade leaves it: nobody knows of the devices, and nothing is wrong with them.</summary>
    public bool IsOtherBuild { get; init; }

    /// <summary>Devices of its maker that the bus shows, or that the configuration wants; known while none can be read.</summary>
    public int OnBus { get; init; }

    /// <summary>How many there should be: without library or driver nobody counted, and the bus alone knows.</summary>
    public int Wanted => Absence == NoDataReason.None ? Expected : Math.Max(Expected, OnBus);
}
