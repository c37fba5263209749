using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sampling;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sampling;

/// <summary>One lane of a probe with everything around it: source, slots, pipe and clock.</summary>
internal sealed class LaneBench : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LaneBench(DoubleSource source, SampleGroup group = SampleGroup.Fast)
    {
        Source = source;
        Time.Advance(TimeSpan.FromSeconds(1));
        Slots = CallSlots.Create(Path.Join(_folder.Path, "slots"));
        Settings = new ProbeSettings
        {
            Source = "double",
            Generation = FrameBytes.Generation,
            Slots = "",
            Library = "",
            FastDeadline = TimeSpan.FromMilliseconds(700),
            SlowDeadline = TimeSpan.FromSeconds(9),
        };
        Devices = new DeviceTable(source.Inventory);
        Guard = new CallGuard(Slots, group == SampleGroup.Fast ? ProbeLane.Fast : ProbeLane.Slow, Time);
        Lane = new SamplingLane(source, Devices, Guard, Pipe.Output, Settings, group, Time);
    }

    public DoubleSource Source { get; }

    public ManualTimeProvider Time { get; } = new();

    public PipePair Pipe { get; } = new();

    public CallSlots Slots { get; }

    public ProbeSettings Settings { get; }

    public DeviceTable Devices { get; }

    public CallGuard Guard { get; }

    public SamplingLane Lane { get; }

    public List<(FrameType Type, byte[] Payload)> Frames() => FrameBytes.Read(Pipe.Drain().ToArray()).Frames;

    /// <summary>For lanes that go on running: pipe and slots stay for them, only the file goes.</summary>
    public void Abandon() => _folder.Dispose();

    public void Dispose()
    {
        Slots.Dispose();
        Pipe.Dispose();
        _folder.Dispose();
    }
}
