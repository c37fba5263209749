using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Daemon.Workloads;
using Forewarn.Model;
using Forewarn.Predict;
using Forewarn.Predict.History;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Probes;

/// <summary>The agent's side of one source. Its probes are real processes that do nothing, and what they would send is handed in by the test.</summary>
internal sealed class ProbedNode : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly List<ProbeProcess> _probes = [];
    private readonly string _program;
    private readonly List<HealthEvent> _posted = [];
    private uint _generation;

    public ProbedNode(int? expected = null, Inventory? inventory = null)
    {
        Events = new EventQueue(Time);
        _program = Script("inert", "exec cat > /dev/null");
        View = new NodeView(new NodeFacts { Name = "n1", BootId = "boot-1", Version = "1", Root = _folder.Path, Started = Time.GetUtcNow() });
        Source = new SourceView("nvml", DriverErrorCatalog.Xid, Time.GetUtcNow());
        View.Add(Source);
        Workloads = new WorkloadTracker(_folder.Path, View.Attribution, TimeSpan.FromSeconds(10));
        Intake = new SourceIntake(NvmlSource.Entry, Source, View, Samples, Events, inventory ?? new Inventory(expected, null, "boot-1"), Workloads, Time);
        var judge = new Judge(new NodeHistory("boot-1", Time.GetUtcNow()), []);
        Assessor = new Assessor(Samples, Events, View, new NodeJudgement(View, judge, StoredState.Empty, Time),
            batch => _posted.AddRange(batch.Events.Select(record => record.Event)), Time);
        Time.Advance(TimeSpan.FromSeconds(1));
    }

    public ManualTimeProvider Time { get; } = new();

    /// <summary>Looks owners up when the test says so.</summary>
    public WorkloadTracker Workloads { get; }

    public NodeView View { get; }

    public SourceView Source { get; }

    public SampleQueue Samples { get; } = new();

    public EventQueue Events { get; }

    public SourceIntake Intake { get; }

    public Assessor Assessor { get; }

    public string Folder => _folder.Path;

    public string Script(string name, string body)
    {
        var file = _folder.Write(name, $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return file;
    }

    public ProbeLaunch Launch(string? program = null) => new(program ?? _program, _folder.Path, new Dictionary<string, string>());

    public (ProbeProcess Probe, IFrameSink Sink) Start(string? only = null, string? program = null, params string[] except)
    {
        IFrameSink? sink = null;
        var settings = new ProbeSettings
        {
            Source = "nvml",
            Generation = ++_generation,
            Slots = Path.Join(_folder.Path, $"{_generation}.slots"),
            Library = "x",
            Only = only,
            Except = except,
        };
        var probe = ProbeProcess.Start(Launch(program), settings, made => sink = Intake.SinkFor(made), new StderrLog(NullLogger.Instance, Time), Time);
        _probes.Add(probe);
        return (probe, sink ?? throw new InvalidOperationException("no sink was asked for"));
    }

    public static Device Card(string place, string? id = null) => new()
    {
        Vendor = NvmlSource.Entry.Vendor,
        Id = id is null ? DeviceId.AtPci(place) : new DeviceId(id),
        PciAddress = place,
    };

    /// <summary>A whole inventory, as a probe sends it at its start.</summary>
    public static void Inventory(IFrameSink sink, params Device[] cards)
    {
        Send(sink, FrameType.Hello, new HelloFrame("12.1", "550.1", ProbeBuild.Own, ["thermal", "power"]).Write);
        for (ushort ordinal = 0; ordinal < cards.Length; ordinal++) Send(sink, FrameType.Device, new DeviceFrame(ordinal, cards[ordinal], NoDataReason.None, "").Write);
        InventoryEnd(sink, cards.Length);
    }

    public static void InventoryEnd(IFrameSink sink, int count) => Send(sink, FrameType.InventoryEnd, builder =>
    {
        builder.Begin();
        builder.UInt16((ushort)count);
    });

    public static void Send(IFrameSink sink, FrameType type, Action<FrameBuilder> write) => sink.Take(type, FrameBytes.Payload(FrameBytes.Of(type, write)));

    /// <summary>A fast sample of one reading.</summary>
    public static void Sample(IFrameSink sink, ushort ordinal, double watts = 300) => Send(sink, FrameType.Sample, builder => WriteSample(builder, ordinal, watts));

    public static void WriteSample(FrameBuilder builder, ushort ordinal, double watts = 300)
    {
        builder.Begin();
        builder.UInt16(ordinal).Byte(0).Byte(0).Int64(639000000000000000).UInt16(1);
        builder.UInt16((ushort)SignalId.Power).UInt16(0).Byte(0).Byte(0).Double(watts);
        builder.UInt16(1).UInt16(1).Int64(1_000_000_000);
    }

    public static void SweepEnd(IFrameSink sink, SampleGroup group, uint skipped = 0)
        => Send(sink, FrameType.SweepEnd, new SweepEndFrame(group, 639000000000000000, 5_000_000, skipped, 1000, 2).Write);

    /// <summary>All that stands in the queues is assessed; events are kept for <see cref="Told"/>.</summary>
    public void Assess() => Assessor.Turn();

    /// <summary>Events so far but for what was judged, as "Kind: text".</summary>
    public List<string> Told()
    {
        Assessor.Turn();
        var told = new List<string>();
        foreach (var happened in _posted.Where(happened => happened.Kind is not (HealthEventKind.StateChanged or HealthEventKind.FindingRaised or HealthEventKind.FindingCleared)))
            told.Add($"{happened.Kind}{(happened.Device is { } device ? $" {device.PciAddress}" : "")}: {happened.Text}");
        _posted.Clear();
        return told;
    }

    public DeviceView At(string place) => Assert.Single(View.Devices, device => device.Device.PciAddress == place);

    public void Dispose()
    {
        foreach (var probe in _probes)
        {
            probe.Kill();
            probe.Dispose();
        }

        _folder.Dispose();
    }
}
