using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Simulation;
using Forewarn.Daemon.Sources;
using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Daemon.Tests.Probes.Frames;
using Forewarn.Daemon.Tests.Sampling;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>The NVML source in this process on a simulated node, which "make native" leaves in artifacts/native.</summary>
internal sealed class SourceOnNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly PipePair _pipe = new();
    private readonly CallSlots _slots;
    private readonly SampleFrame _frame;
    private readonly ProcessFrame _processes;
    private int _groups;

    private SourceOnNode(TemporaryFolder folder, SimulatedNode node, bool profiling)
    {
        (_folder, Node) = (folder, node);
        _slots = CallSlots.Create(Path.Join(folder.Path, "slots"));
        _processes = new ProcessFrame(new FrameBuilder(FrameBytes.Generation), _pipe.Output);
        _frame = new SampleFrame(new FrameBuilder(FrameBytes.Generation), _pipe.Batch);
        // The loader takes two names of one file for one library; a copy has its own state, and finds its node by the place it lies in.
        var library = Path.Join(node.Root, "lib", "libnvidia-ml-of-this-test.so");
        File.Copy(node.LibraryPath, library);
        Source = new NvmlSource(new ProbeSettings
        {
            Source = "nvml",
            Generation = 1,
            Slots = "",
            Library = library,
            Root = node.Root,
            Profiling = profiling,
        }, Time);
        Opening = Source.Open();
        Guard = new CallGuard(_slots, ProbeLane.Fast, TimeProvider.System);
    }

    public SimulatedNode Node { get; }

    public ManualTimeProvider Time { get; } = new();

    public NvmlSource Source { get; }

    public SourceOpening Opening { get; }

    public CallGuard Guard { get; }

    public static async Task<SourceOnNode> StartAsync(string driver, string more = "", bool profiling = false, string profile = "h100-8")
    {
        var folder = new TemporaryFolder();
        var library = new SimulationLibrary(Path.Combine(Repository.Root, "artifacts", "native"));
        var scenario = folder.Write("node.scenario", $"profile {profile}\ndriver {driver}\n{more}");
        var node = await SimulatedNode.StartAsync(
            library, library.Find(scenario), Path.Combine(folder.Path, "run"), TimeProvider.System, NullLogger.Instance, CancellationToken.None);
        return new SourceOnNode(folder, node, profiling);
    }

    public IReadOnlyList<DeviceFrame> Discover() => Source.Discover(static _ => true, Guard);

    /// <summary>Everything that a fast and a slow sweep read of one device.</summary>
    public List<Reading> Read(int ordinal)
    {
        var readings = new List<Reading>();
        foreach (var (_, payload) in FrameBytes.Read(Sweep(ordinal).ToArray()).Frames)
        {
            var sample = new Sample();
            Assert.True(SampleFrameReader.TryRead(payload, sample, static (_, _) => { }));
            readings.AddRange(sample.Readings);
        }

        return readings;
    }

    /// <summary>What one lane reads of a device, sample by sample.</summary>
    public List<Sample> Lane(int ordinal, SampleGroup lane)
    {
        _frame.Begin((ushort)ordinal, lane, DateTimeOffset.UnixEpoch);
        foreach (var (group, call) in Source.CallGroups.Index())
        {
            if (call.Group == lane) Source.Read(ordinal, group, _frame);
        }

        Assert.True(_frame.TrySend() && _pipe.Batch.TryFlush());
        var samples = new List<Sample>();
        foreach (var (_, payload) in FrameBytes.Read(_pipe.Drain().ToArray()).Frames)
        {
            samples.Add(new Sample());
            Assert.True(SampleFrameReader.TryRead(payload, samples[^1], static (_, _) => { }));
        }

        return samples;
    }

    /// <summary>The same, as it is sent. Allocates nothing itself.</summary>
    public ReadOnlySpan<byte> Sweep(int ordinal)
    {
        _groups = _groups > 0 ? _groups : Source.CallGroups.Count;
        _frame.Begin((ushort)ordinal, SampleGroup.Fast, DateTimeOffset.UnixEpoch);
        for (var group = 0; group < _groups; group++) Source.Read(ordinal, group, _frame);
        Assert.True(_frame.TrySend() && _pipe.Batch.TryFlush());
        return _pipe.Drain();
    }

    public void ListProcesses(int ordinal)
    {
        _processes.Begin((ushort)ordinal, DateTimeOffset.UnixEpoch);
        Source.ReadProcesses(ordinal, _processes);
        Assert.True(_processes.TrySend());
        _pipe.Drain();
    }

    /// <summary>The processes that the driver lists of one device, as the agent gets them.</summary>
    public (ProcessList List, DeviceProcess[] Processes) Processes(int ordinal)
    {
        _processes.Begin((ushort)ordinal, DateTimeOffset.UnixEpoch);
        Source.ReadProcesses(ordinal, _processes);
        Assert.True(_processes.TrySend());
        var (_, payload) = Assert.Single(FrameBytes.Read(_pipe.Drain().ToArray()).Frames);
        var room = new DeviceProcess[ProcessFrame.Most];
        Assert.True(ProcessFrameReader.TryRead(payload, room, out var list));
        return (list, room[..list.Listed]);
    }

    /// <summary>One reading of that; it must have been written, as a value or as an absence.</summary>
    public Reading Read(int ordinal, SignalId signal, int instance = 0)
        => Assert.Single(Read(ordinal), reading => reading.Signal == signal && reading.Instance == instance);

    public Task InjectAsync(string fault) => Node.Control.InjectAsync(fault, CancellationToken.None);

    public CallInFlight? Announced() => _slots.Read(ProbeLane.Fast);

    public async ValueTask DisposeAsync()
    {
        Source.Dispose();
        await Node.DisposeAsync();
        _slots.Dispose();
        _pipe.Dispose();
        _folder.Dispose();
    }
}
