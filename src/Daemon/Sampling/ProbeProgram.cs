using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;
using Forewarn.Interop.Linux;
using Forewarn.Model;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// What a probe does, from opening the library to its end. It has no state that matters: whenever something is not as it was, it ends
/// with a code and the agent starts another.
/// </summary>
internal sealed class ProbeProgram(IDeviceSource source, SourceEntry entry, ProbeSettings settings, CallSlots slots, FrameOutput output,
    Action<ProbeExit> end, Action<TimeSpan> pause, TimeProvider time)
{
    private static readonly byte[] LoadCall = CallSlots.Tag("load");
    private static readonly byte[] AliveCall = CallSlots.Tag("driver-version");
    private static readonly byte[] EventsCall = CallSlots.Tag("events");
    private static readonly TimeSpan EventTimeout = TimeSpan.FromSeconds(1); // nvml.h documents early returns; longer would only delay the end
    private static readonly TimeSpan EventPause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// When every card of a session fell silent, the driver may have been replaced between two sweeps; it answers then, and only a new
    /// session can tell. One sweep of silence may be an accident.
    /// </summary>
    private const int SilentSweeps = 3;

    private readonly CallGuard _fast = new(slots, ProbeLane.Fast, time);
    private readonly CallGuard _slow = new(slots, ProbeLane.Slow, time);
    private readonly CallGuard _events = new(slots, ProbeLane.Events, time);
    private readonly FrameBuilder _builder = new(settings.Generation);

    /// <summary>The library announced so; the slow lane looks when it next wakes, since such changes come several at once.</summary>
    private volatile bool _partsMayHaveChanged;

    /// <summary>Runs on the calling thread, which becomes the fast lane; comes back only to end.</summary>
    public ProbeExit Run() => ToEnd(Live);

    private ProbeExit Live()
    {
        var start = _fast.Enter(CallGuard.NoDevice, LoadCall, settings.StartDeadline);
        var opening = source.Open();
        _fast.Leave(start);
        if (opening.Absence != NoDataReason.None) return Unavailable(opening);

        new HelloFrame(opening.LibraryVersion, opening.DriverVersion, ProbeBuild.Own, [.. source.CallGroups.Select(call => call.Name)]).Write(_builder);
        output.Write(_builder.Seal(FrameType.Hello));
        var inventory = source.Discover(settings.Touches, _fast);
        Tell(inventory);
        var devices = new DeviceTable(inventory);
        Start("slow", () => SlowLane(devices));
        Start("events", EventLane);
        return FastLane(devices);
    }

    private ProbeExit FastLane(DeviceTable devices)
    {
        var lane = new SamplingLane(source, devices, _fast, output, settings, SampleGroup.Fast, time);
        var clock = new LaneClock(lane.Period, time);
        var silentSweeps = 0;
        while (true)
        {
            lane.Sweep();
            silentSweeps = devices.IsSilent ? silentSweeps + 1 : 0;
            if (silentSweeps > 0 && !IsDriverAlive()) return ProbeExit.DriverGone;
            if (silentSweeps >= SilentSweeps) return ProbeExit.InventoryChanged;
            pause(clock.UntilNext());
        }
    }

    private ProbeExit SlowLane(DeviceTable devices)
    {
        var lane = new SamplingLane(source, devices, _slow, output, settings, SampleGroup.Slow, time);
        var processes = new ProcessLane(source, devices, _slow, output, settings, time);
        var watch = new InventoryWatch(source, devices, _slow, settings, time);
        var (sweep, list) = (new Turn(lane.Period, time), new Turn(settings.Processes, time));
        while (true)
        {
            if (sweep.IsDue)
            {
                lane.Sweep();
                if (watch.HasChanged()) return ProbeExit.InventoryChanged;
                NativeHeap.Trim();
                sweep.Done();
            }

            if (list.IsDue)
            {
                // Taken back before the look: what is announced during it asks for another.
                var mayHaveChanged = _partsMayHaveChanged;
                _partsMayHaveChanged = false;
                if (mayHaveChanged && watch.PartsChanged()) return ProbeExit.InventoryChanged;
                processes.Sweep();
                list.Done();
            }

            pause(sweep.Remaining < list.Remaining ? sweep.Remaining : list.Remaining);
        }
    }

    private ProbeExit EventLane()
    {
        var builder = new FrameBuilder(settings.Generation);
        while (true)
        {
            var start = _events.Enter(CallGuard.NoDevice, EventsCall, EventTimeout + settings.SlowDeadline);
            var outcome = source.WaitForEvent(EventTimeout, out var announced);
            _events.Leave(start);
            switch (outcome)
            {
                case EventWait.Announced:
                    announced?.Write(builder);
                    if (announced?.Kind == HealthEventKind.PartitionsChanged) _partsMayHaveChanged = true;
                    output.Write(builder.Seal(FrameType.Event));
                    break;
                case EventWait.Failed:
                    pause(EventPause);
                    break;
                case EventWait.NotSupported:
                    pause(Timeout.InfiniteTimeSpan);
                    break;
            }
        }
    }

    private bool IsDriverAlive()
    {
        var start = _fast.Enter(CallGuard.NoDevice, AliveCall, settings.FastDeadline);
        var alive = source.IsDriverAlive();
        _fast.Leave(start);
        return alive;
    }

    private ProbeExit Unavailable(SourceOpening opening)
    {
        var denied = SandboxCheck.FirstDenied(entry, settings.Root);
        new UnavailableFrame(opening.Absence, denied is null ? opening.Detail : $"{opening.Detail}; {denied}", denied is not null).Write(_builder);
        output.Write(_builder.Seal(FrameType.Unavailable));
        return ProbeExit.Unavailable;
    }

    private void Tell(IReadOnlyList<DeviceFrame> inventory)
    {
        foreach (var row in inventory)
        {
            row.Write(_builder);
            output.Write(_builder.Seal(FrameType.Device));
        }

        _builder.Begin();
        _builder.UInt16((ushort)inventory.Count);
        output.Write(_builder.Seal(FrameType.InventoryEnd));
    }

    private void Start(string name, Func<ProbeExit> lane)
        => new Thread(() => end(ToEnd(lane)), LaneStack) { IsBackground = true, Name = name }.Start();

    /// <summary>On every lane an agent that is gone is the end of the probe, not a crash of it.</summary>
    private static ProbeExit ToEnd(Func<ProbeExit> lane)
    {
        try
        {
            return lane();
        }
        catch (IOException)
        {
            return ProbeExit.AgentGone;
        }
    }

    /// <summary>Vendor libraries keep large buffers on the stack; a quarter of glibc's default is still generous.</summary>
    private const int LaneStack = 2 * 1024 * 1024;
}
