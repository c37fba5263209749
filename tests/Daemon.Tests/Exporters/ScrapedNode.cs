using System.Buffers;
using System.Text;
using Forewarn.Daemon.Exporters.Prometheus;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>A node built by hand, and its scrape.</summary>
internal sealed class ScrapedNode
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, 250, TimeSpan.Zero);

    private readonly ArrayBufferWriter<byte> _buffer = new();

    public ScrapedNode(string? simulation = "h100-8")
    {
        View = new(new NodeFacts
        {
            Name = "gpu-017",
            BootId = "9a2e6c1d-0b57-4d3c-8f4e-2a6b7c8d9e0f",
            Version = "0.1.0",
            Simulation = simulation,
            Started = Noon,
        }, new ManualTimeProvider(Noon));
        Source = new("nvml", DriverErrorCatalog.Xid, Noon);
        View.Add(Source);
        Renderer = new(View);
    }

    public NodeView View { get; }

    public SourceView Source { get; }

    public PrometheusRenderer Renderer { get; }

    public static Device Card(int index) => new()
    {
        Id = new($"GPU-{index:x8}-1111-2222-3333-444444444444"),
        Vendor = new("nvidia"),
        PciAddress = $"0000:{0x18 + index:x2}:00.0",
        Index = index,
        Name = "NVIDIA H100 80GB HBM3",
        Serial = $"16540230{index:D5}",
        PartNumber = "692-2G520-0200-000",
        Slot = index + 1,
        Minor = index,
        Firmware = "96.00.74.00.01",
        ConfigurationImage = "G520.0200.00.05",
        NumaNode = 0,
    };

    public static Sample SampleOf(params ReadOnlySpan<Reading> readings)
    {
        var sample = new Sample { Time = Noon };
        foreach (var reading in readings) Assert.True(sample.Add(reading));
        return sample;
    }

    public DeviceView AddMeasured(Device device, params ReadOnlySpan<Reading> readings)
    {
        var view = View.Upsert(device, Source);
        view.Become(new(DevicePresence.Measured, NoDataReason.None, "", Noon));
        foreach (var group in Enum.GetValues<SampleGroup>())
        {
            Reading[] own = [.. readings.ToArray().Where(reading => SignalCatalog.Of(reading.Signal).Group == group)];
            foreach (var part in own.Chunk(Sample.Capacity).DefaultIfEmpty([]))
            {
                var sample = SampleOf(part);
                sample.Group = group;
                if (part.Length > 0 || group == SampleGroup.Fast) view.Apply(sample);
            }
        }

        return view;
    }

    public string Scrape(ExpositionFormat format = ExpositionFormat.PrometheusText)
    {
        _buffer.ResetWrittenCount();
        Renderer.Render(format, _buffer);
        return Encoding.UTF8.GetString(_buffer.WrittenSpan);
    }

    /// <summary>The lines of samples, without comments, whose name begins so.</summary>
    public string[] Samples(string prefix)
        => [.. Scrape().Split('\n').Where(line => line.StartsWith(prefix, StringComparison.Ordinal))];
}
