using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sampling;
using Forewarn.Daemon.Sources;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sampling;

/// <summary>A probe's whole life, on threads of the test and with a clock that the test holds.</summary>
public sealed class ProbeProgramTests : IDisposable
{
    private readonly LaneBench _bench = new(new DoubleSource("0000:18:00.0", "0000:5d:00.0"));
    private readonly TaskCompletionSource<ProbeExit> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEvent _never = new(initialState: false);
    private volatile bool _pauses = true;

    /// <summary>The lanes of a program end with their process only: what they use stays.</summary>
    public void Dispose() => _bench.Abandon();

    [Fact]
    public void A_library_that_cannot_be_opened_is_told_and_the_probe_ends()
    {
        _bench.Source.Opening = new SourceOpening(NoDataReason.LibraryMissing, "cannot load x");
        Assert.Equal(ProbeExit.Unavailable, Program().Run());
        var (type, payload) = Assert.Single(_bench.Frames());
        Assert.Equal((FrameType.Unavailable, new UnavailableFrame(NoDataReason.LibraryMissing, "cannot load x", false)), (type, UnavailableFrame.Read(payload)));
    }

    [Fact]
    public void It_says_hello_then_who_is_there_then_measures()
    {
        _bench.Source.DriverAlive = false;
        _bench.Source.Lost.UnionWith([0, 1]);
        Assert.Equal(ProbeExit.DriverGone, Program().Run());
        // The slow lane runs beside it: what is in order is what the main thread says.
        var types = _bench.Frames().Select(frame => frame.Type).ToList();
        Assert.Equal([FrameType.Hello, FrameType.Device, FrameType.Device, FrameType.InventoryEnd], types.Take(4));
        Assert.Contains(FrameType.SweepEnd, types);
    }

    [Fact]
    public void Loading_is_announced_under_its_own_deadline()
    {
        CallInFlight? seen = null;
        _bench.Source.During = name => seen ??= name == "open" ? _bench.Slots.Read(ProbeLane.Fast) : null;
        _bench.Source.Opening = new SourceOpening(NoDataReason.DriverNotLoaded, "");
        Program().Run();
        Assert.Equal(("-", "load", TimeSpan.FromSeconds(20)), seen is null ? default : (seen.Device, seen.Call, seen.Deadline));
    }

    [Fact(Timeout = 20_000)]
    public async Task A_changed_inventory_ends_it()
    {
        var counted = 0;
        _pauses = false;
        _bench.Source.During = name =>
        {
            if (name != "count" || ++counted != 2) return;
            _bench.Source.Count++;
            _pauses = true;
        };
        RunAside(Program());
        Assert.Equal(ProbeExit.InventoryChanged, await _ended.Task);
    }

    [Fact(Timeout = 20_000)]
    public async Task What_the_library_announces_is_sent()
    {
        var announced = new EventFrame(1, HealthEventKind.DriverError, 79, 1, "Xid 79");
        var told = 0;
        _bench.Source.Events = () => Interlocked.Increment(ref told) == 1 ? (EventWait.Announced, announced) : (EventWait.NotSupported, null);
        RunAside(Program());
        var frames = new List<(FrameType Type, byte[] Payload)>();
        while (!frames.Exists(frame => frame.Type == FrameType.Event))
        {
            frames.AddRange(_bench.Frames());
            await Task.Yield();
        }

        Assert.Equal(announced, EventFrame.Read(frames.Find(frame => frame.Type == FrameType.Event).Payload));
    }

    [Fact(Timeout = 20_000)]
    public async Task An_agent_that_is_gone_ends_it_from_whichever_lane_notices()
    {
        _bench.Source.Events = () =>
        {
            _bench.Pipe.CloseReader();
            return (EventWait.Announced, new EventFrame(0, HealthEventKind.DriverError, 1, 1, "x"));
        };
        RunAside(Program());
        Assert.Equal(ProbeExit.AgentGone, await _ended.Task);
    }

    private ProbeProgram Program()
    {
        var entry = new SourceEntry
        {
            Declaration = new SourceDeclaration("double", "x"),
            Vendor = new Vendor("double"),
            Owns = static _ => true,
            ControlNodes = [],
            DriverNames = [],
            DriverErrors = DriverErrorCatalog.Xid,
            Create = _ => _bench.Source,
        };
        return new ProbeProgram(_bench.Source, entry, _bench.Settings, _bench.Slots, _bench.Pipe.Output, exit => _ended.TrySetResult(exit),
            Pause, _bench.Time);
    }

    private void Pause(TimeSpan span)
    {
        if (_pauses || span == Timeout.InfiniteTimeSpan) _never.WaitOne();
        _bench.Time.Advance(span);
    }

    [Fact(Timeout = 20_000)]
    public async Task The_processes_on_a_device_are_told_between_slow_sweeps()
    {
        _bench.Source.Processes[1] = [new DeviceProcess(42, 1 << 20, DeviceProcessKind.Compute)];
        _pauses = true;
        RunAside(Program());
        var frames = new List<(FrameType Type, byte[] Payload)>();
        while (frames.Count(frame => frame.Type == FrameType.Processes) < 2)
        {
            frames.AddRange(_bench.Frames());
            await Task.Yield();
        }

        var read = new DeviceProcess[ProcessFrame.Most];
        Assert.True(ProcessFrameReader.TryRead(frames.Last(frame => frame.Type == FrameType.Processes).Payload, read, out var list));
        Assert.Equal((new ProcessList(1, NoDataReason.None, 1, 1), 42), (list, read[0].Pid));
    }

    /// <summary>The calling thread becomes the fast lane, so it gets one.</summary>
    private void RunAside(ProbeProgram program) => new Thread(() =>
    {
        try
        {
            _ended.TrySetResult(program.Run());
        }
        catch (IOException)
        {
            _ended.TrySetResult(ProbeExit.AgentGone); // as ProbeRole does
        }
    })
    { IsBackground = true }.Start();
}
