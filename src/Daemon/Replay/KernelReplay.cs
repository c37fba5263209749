using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Sources.Kernel;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Replay;

/// <summary>Reads a saved kernel log through the agent's own reader and parsers.</summary>
internal static class KernelReplay
{
    // Own figure: processors stamp lines that overtake each other by less; a log that falls back by more is that of another boot.
    private static readonly TimeSpan Overtaking = TimeSpan.FromSeconds(1);

    public static void Run(RecordedLog log, ReplayedNode node, DateTimeOffset booted)
    {
        var clock = TimeSpan.Zero;
        var devices = new KernelDevices(node.View, node.Clock);
        var view = new KernelLogView(booted);
        var outlet = new KernelLogOutlet(
            happened => node.Happen(happened.Device is { } device ? happened with { Device = node.Find(device).Device } : happened),
            node.Events.Advance,
            () => node.View.Node.BootId,
            node.Clock,
            from: null);
        var reader = new KernelLogReader(log, new KernelLines(devices), devices, new KernelTime(node.Clock, () => clock), view, outlet);
        while (log.NextMicroseconds() is { } microseconds && reader.Failure == Errno.None)
        {
            var at = TimeSpan.FromTicks((long)microseconds * TimeSpan.TicksPerMicrosecond);
            if (at < clock - Overtaking) booted = node.Clock.GetUtcNow() - at; // when that boot was nobody knows: it goes on from where the one before ended
            if (booted + at > node.Clock.GetUtcNow()) node.PassTo(booted + at);
            clock = at; // each record is as new as it was when it was written
            if (!reader.ReadOne()) break;
            node.Turn();
        }

        reader.Idle();
        node.Turn();
    }
}
