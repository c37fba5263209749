using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Sources;

namespace Forewarn.Daemon.Sampling;

/// <summary>
/// Asks each device which processes hold it, on a grid of time of its own, in the slow lane's thread and slot. It allocates nothing once it
/// runs. A list that found the pipe full is left out: the next one comes soon.
/// </summary>
internal sealed class ProcessLane(
    IDeviceSource source, DeviceTable devices, CallGuard guard, FrameOutput output, ProbeSettings settings, TimeProvider time)
{
    private static readonly byte[] ProcessesCall = CallSlots.Tag("processes");

    private readonly ProcessFrame _frame = new(new FrameBuilder(settings.Generation), output);

    public void Sweep()
    {
        for (ushort ordinal = 0; ordinal < devices.Count; ordinal++)
        {
            // A card that answers nothing would only say so once more; who held it last stays known.
            if (!devices.IsReachable(ordinal) || !devices.IsAnswering(ordinal)) continue;
            _frame.Begin(ordinal, time.GetUtcNow());
            var start = guard.Enter(devices.TagOf(ordinal), ProcessesCall, settings.SlowDeadline);
            source.ReadProcesses(ordinal, _frame);
            guard.Leave(start);
            if (!_frame.TrySend()) return;
        }
    }
}
