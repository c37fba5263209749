using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Replay;

/// <summary>Reads a saved kernel log through the agent's own reader and parsers.</summary>
internal static class KernelReplay
{
    public static void Run(RecordedLog log, ReplayedNode node, DateTimeOffset booted)
    {
        var clock = TimeSpan.Zero;
        var devices = new KernelDevices(node.View);
        var view = new KernelLogView(booted);
        var outlet = new KernelLogOutlet(
            happened => node.Events.Add(happened.Device is { } device ? happened with { Device = node.Find(device).Device } : happened),
            node.Events.Advance,
            () => node.View.Node.BootId,
            node.Clock,
            from: null);
        var reader = new KernelLogReader(log, new KernelLines(devices), devices, new KernelTime(node.Clock, () => clock), view, outlet);
        while (log.NextMicroseconds() is { } microseconds && reader.Failure == Errno.None)
        {
            var at = TimeSpan.FromTicks((long)Math.Min(microseconds, MostMicroseconds) * TimeSpan.TicksPerMicrosecond);
            if (booted + at > node.Clock.GetUtcNow()) node.PassTo(booted + at);
            clock = at; // each record is as new as it was when it was written; a log that jumps back is read where it stands
            if (!reader.ReadOne()) break;
            node.Turn();
        }

        reader.Idle();
        node.Turn();
    }

    // A hundred years; a clock that shows more is broken, and time must still fit.
    private const ulong MostMicroseconds = 3_155_760_000_000_000;
}
