using System.Collections.Immutable;
using Forewarn.Daemon.Efficiency;
using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// The node as the agent sees it now: written by the pipeline's own threads, read by exporters and the API.
/// Lists are immutable and swapped; what is in them locks for itself.
/// </summary>
internal sealed class NodeView(NodeFacts node, TimeProvider? time = null)
{
    private readonly Lock _gate = new();
    private ImmutableArray<DeviceView> _devices = [];
    private ImmutableArray<SourceView> _sources = [];
    private ImmutableArray<QueueMeter> _queues = [];
    private ImmutableArray<ProcessUsage> _processes = [];
    private ImmutableArray<DeliveryView> _deliveries = [];
    private ImmutableDictionary<string, ImmutableArray<PastEvent>> _pasts = ImmutableDictionary<string, ImmutableArray<PastEvent>>.Empty;
    private Assessment? _assessment;
    private Maintenance? _maintenance;
    private HostReadings? _host;

    public NodeFacts Node => node;

    /// <summary>What the devices' accounts share, jobs among it.</summary>
    public NodeAccounts Accounts { get; } = new(time ?? TimeProvider.System);

    /// <summary>Processes that could not be given to a workload.</summary>
    public AttributionMeter Attribution { get; } = new();

    /// <summary>What is judged of the node itself; null before the first time. Changes by reference.</summary>
    public Assessment? Assessment
    {
        get => Volatile.Read(ref _assessment);
        set => Volatile.Write(ref _assessment, value);
    }

    /// <summary>Somebody works at the node; null while nobody does. Whoever changes it asks the assessment, which tells.</summary>
    public Maintenance? Maintenance
    {
        get => Volatile.Read(ref _maintenance);
        set => Volatile.Write(ref _maintenance, value);
    }

    /// <summary>What became of events on their way to the disk; null where nothing stores them.</summary>
    public EventStoreMeter? EventStore { get; set; }

    /// <summary>What the controller was told; null where this node reports to nobody.</summary>
    public ReportingView? Reporting { get; set; }

    /// <summary>What happened to cards elsewhere, by their serials, the oldest first; replaced as a whole.</summary>
    public ImmutableDictionary<string, ImmutableArray<PastEvent>> Pasts
    {
        get => Volatile.Read(ref _pasts);
        set => Volatile.Write(ref _pasts, value);
    }

    /// <summary>In the order of their PCI addresses; the parts of a card behind it.</summary>
    public ImmutableArray<DeviceView> Devices => _devices;

    public ImmutableArray<SourceView> Sources => _sources;

    public ImmutableArray<QueueMeter> Queues => _queues;

    /// <summary>One for each exporter that sends.</summary>
    public ImmutableArray<DeliveryView> Deliveries => _deliveries;

    /// <summary>The kernel log; null while it is not read.</summary>
    public KernelLogView? KernelLog { get; set; }

    /// <summary>The agent's own process and its probes; replaced as a whole by the self meter.</summary>
    public ImmutableArray<ProcessUsage> Processes
    {
        get => _processes;
        set => ImmutableInterlocked.InterlockedExchange(ref _processes, value);
    }

    /// <summary>What was last read of the node beside its devices; null before the first time.</summary>
    public HostReadings? Host
    {
        get => Volatile.Read(ref _host);
        set => Volatile.Write(ref _host, value);
    }

    /// <summary>True once every source has either measured a full sweep or said why it cannot.</summary>
    public bool IsReady => _sources.All(source => source.HasSettled);

    /// <summary>How many events of each kind there were.</summary>
    public EventCounts Events { get; } = new();

    public void Add(SourceView source)
    {
        lock (_gate) _sources = _sources.Add(source);
    }

    public void Add(QueueMeter queue)
    {
        lock (_gate) _queues = _queues.Add(queue);
    }

    public void Add(DeliveryView delivery)
    {
        lock (_gate) _deliveries = _deliveries.Add(delivery);
    }

    /// <summary>Adds a device, or takes its newer identity. A card that comes up in the place of a provisional one replaces that.</summary>
    public DeviceView Upsert(Device device, SourceView source)
    {
        lock (_gate)
        {
            var known = _devices.FirstOrDefault(view => view.Device.Id == device.Id)
                ?? (device.Partition is null ? _devices.FirstOrDefault(view => view.Device.Id.IsProvisional && view.Device.PciAddress == device.PciAddress) : null);
            if (known is not null && known.Source == source)
            {
                known.Rename(device);
                return known;
            }

            // What was known from the kernel log alone has been found.
            if (known is not null) _devices = _devices.Remove(known);

            var added = new DeviceView(device, source);
            _devices = _devices.Add(added).Sort(ByPlace);
            return added;
        }
    }

    /// <summary>The device is no more, as a part of a card is when it was cut anew. A lost device stays.</summary>
    public void Remove(DeviceView device)
    {
        lock (_gate) _devices = _devices.Remove(device);
    }

    /// <summary>Allocates nothing: it is asked for every sample.</summary>
    public DeviceView? Find(DeviceId id)
    {
        foreach (var view in _devices)
        {
            if (view.Device.Id == id) return view;
        }

        return null;
    }

    private static int ByPlace(DeviceView a, DeviceView b)
    {
        var (one, other) = (a.Device, b.Device);
        var order = string.CompareOrdinal(one.PciAddress, other.PciAddress);
        if (order == 0) order = (one.Partition is null ? 0 : 1) - (other.Partition is null ? 0 : 1);
        return order == 0 ? one.Index - other.Index : order;
    }
}
