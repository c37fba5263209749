using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Kernel;

/// <summary>A reader on a double of read(2), on a clock that a test moves; what leaves it is kept.</summary>
internal sealed class KernelBench
{
    public const string Boot = "0b0bb1d5-0000-4000-8000-000000000001";

    private readonly IKernelLog _log;
    private readonly KernelTime _time;

    public KernelBench(IKernelLog? log = null, KernelCursor? from = null, Action<HealthEvent>? add = null, string root = "/nowhere")
    {
        Clock = new ManualTimeProvider();
        Log = new RecordedLog();
        View = new NodeView(new NodeFacts { Name = "n", BootId = Boot, Version = "1", Root = root, Started = Clock.GetUtcNow() });
        var source = new SourceView("nvml", DriverErrorCatalog.Xid, Clock.GetUtcNow());
        Known = View.Upsert(new Device { Id = new DeviceId("GPU-known"), Vendor = new Vendor("nvidia"), PciAddress = "0000:81:00.0", Index = 3 }, source).Device;
        _time = new KernelTime(Clock, () => Clock.GetElapsedTime(0) + SinceBoot, new KernelSleeps(() => Asleep));
        Meters = new KernelLogView(Clock.GetUtcNow());
        var devices = new KernelDevices(View, Clock);
        var outlet = new KernelLogOutlet(add ?? Events.Add, cursor => Cursor = cursor, () => BootId, Clock, from);
        _log = log ?? Log;
        Reader = new KernelLogReader(_log, new KernelLines(devices), devices, _time, Meters, outlet);
    }

    /// <summary>The known card hangs below port 0000:80:01.0, by the sysfs in this folder.</summary>
    public static KernelBench BelowPort(TemporaryFolder root)
    {
        Directory.CreateDirectory(Path.Join(root.Path, "sys/bus/pci/devices"));
        Directory.CreateDirectory(Path.Join(root.Path, "sys/devices/pci0000:80/0000:80:01.0/0000:81:00.0"));
        File.CreateSymbolicLink(Path.Join(root.Path, "sys/bus/pci/devices/0000:81:00.0"), "../../../devices/pci0000:80/0000:80:01.0/0000:81:00.0");
        return new(root: root.Path);
    }

    public ManualTimeProvider Clock { get; }

    public RecordedLog Log { get; }

    public NodeView View { get; }

    public Device Known { get; }

    public KernelLogView Meters { get; }

    public KernelLogReader Reader { get; }

    public List<HealthEvent> Events { get; } = [];

    /// <summary>What the reader said last of how far it is.</summary>
    public KernelCursor? Cursor { get; private set; }

    public string BootId { get; set; } = Boot;

    /// <summary>Time since boot when the clock was made.</summary>
    public TimeSpan SinceBoot { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long the machine slept in this boot.</summary>
    public TimeSpan Asleep { get; set; }

    /// <summary>Reads all that stands there, as the source's thread does, and waits.</summary>
    public KernelBench Drain()
    {
        if (_time.HasSlept(_log)) Reader.Rewound();
        while (Reader.ReadOne())
        {
            // On.
        }

        if (Reader.Failure == Errno.None) Reader.Idle();
        _time.Woke();
        return this;
    }

    /// <summary>The events of these lines, a record each.</summary>
    public static List<HealthEvent> Of(int level, params string[] lines)
    {
        var bench = new KernelBench();
        foreach (var line in lines) bench.Log.Line(line, level);
        return bench.Drain().Events;
    }

    /// <summary>The one event of these lines.</summary>
    public static HealthEvent One(params string[] lines) => Assert.Single(Of(3, lines));
}
