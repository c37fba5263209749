using System.Buffers;
using System.Collections.Immutable;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>
/// Writes the node as it is now. What it builds on the first scrape (names and labels as bytes) it keeps, so that a later
/// scrape copies bytes, prints numbers and allocates nothing. Not for two threads at once; <see cref="PrometheusEndpoint"/> sees to that.
/// </summary>
internal sealed partial class PrometheusRenderer
{
    // By family: its header and its last signal. Its signals stand together in the catalogue; a test holds that.
    private static readonly ImmutableArray<(FamilyHeader Header, SignalId Last)> ReadingFamilies =
    [
        .. SignalCatalog.All.GroupBy(row => row.Family).Select(rows => (FamilyHeader.Of(rows.Key), rows.Max(row => row.Id))),
    ];

    private readonly NodeView _view;
    private readonly byte[] _buildInfo;
    private readonly byte[] _nodeInfo;
    private readonly SeriesList<DeviceView, DeviceSeries> _devices;
    private readonly SeriesList<SourceView, SourceSeries> _sources =
        new(source => new(source), (series, source) => ReferenceEquals(series.View, source));

    private readonly SeriesList<QueueMeter, QueueSeries> _queues =
        new(queue => new(queue), (series, queue) => ReferenceEquals(series.Meter, queue));

    private readonly SeriesList<ProcessUsage, ProcessSeries> _processes =
        new(usage => new(usage.Process), (series, usage) => series.Process == usage.Process);

    private readonly SeriesList<DeliveryView, DeliverySeries> _deliveries =
        new(delivery => new(delivery), (series, delivery) => ReferenceEquals(series.View, delivery));

    private readonly byte[][] _unresolved = Array.ConvertAll(
        EnumLabels.Of<NoDataReason>(), reason => SelfCatalog.UnresolvedProcesses.Series(new SignalLabel("reason", reason)));

    private readonly byte[] _scrapes = SelfCatalog.Scrapes.Series();
    private readonly byte[] _scrapeSeconds = SelfCatalog.ScrapeDuration.Series();
    private ImmutableArray<(MetricFamily Family, FamilyHeader Header)> _driverErrors = [];

    public PrometheusRenderer(NodeView view, bool withLinks = true)
    {
        var node = view.Node;
        var simulated = node.Simulation is not null;
        _view = view;
        _buildInfo = SelfCatalog.BuildInfo.Series(new("version", node.Version), new("simulated", simulated ? "true" : "false"));
        _nodeInfo = SelfCatalog.NodeInfo.Series(new("node", node.Name), new("boot_id", node.BootId));
        _devices = new(device => new(device, simulated, withLinks), (series, device) => ReferenceEquals(series.View, device));
    }

    /// <summary>What the scrapes cost; whoever renders adds to it.</summary>
    public ScrapeMeter Meter { get; } = new();

    /// <summary>Writes one scrape.</summary>
    public void Render(ExpositionFormat format, IBufferWriter<byte> output)
    {
        var devices = _devices.Follow(_view.Devices);
        foreach (var device in devices) device.Take();
        var sources = _sources.Follow(_view.Sources);
        foreach (var source in sources) source.Take();

        var writer = new ExpositionWriter(output, format);
        writer.Begin(SelfCatalog.BuildInfo.Header);
        writer.Sample(_buildInfo, 1L);
        writer.Begin(SelfCatalog.NodeInfo.Header);
        writer.Sample(_nodeInfo, 1L);
        WriteNode(ref writer);
        WriteNodeHealth(ref writer);
        WriteFamilies(ref writer, DeviceFamilies, devices);
        WriteReadings(ref writer, devices);
        WriteDriverErrors(ref writer, devices);
        WriteFamilies(ref writer, SourceFamilies, sources);
        WriteKernelLog(ref writer);
        WriteFamilies(ref writer, DeliveryFamilies, _deliveries.Follow(_view.Deliveries));
        WriteEventStore(ref writer);
        WriteReports(ref writer);
        WriteDaemon(ref writer);
        writer.End();
    }

    // Family by family, each with the series of all: a family must stand in one piece.
    private static void WriteFamilies<T>(ref ExpositionWriter writer, ImmutableArray<FamilyWriter<T>> families, ReadOnlySpan<T> all)
    {
        foreach (var (family, write) in families)
        {
            writer.Begin(family.Header);
            foreach (var series in all) write(series, ref writer);
        }
    }
}
