using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Replay;

/// <summary>Runs a recording from its first to its last line.</summary>
internal static class Recording
{
    /// <summary>When the machine of a log without wall times is said to have booted: any time will do, a round one is easy to subtract.</summary>
    public static DateTimeOffset UnknownBoot { get; } = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Boot = "recorded";

    /// <summary>A kernel log. Throws <see cref="IOException"/>.</summary>
    public static ReplayReport Kernel(string file, DateTimeOffset booted, ForewarnOptions options)
    {
        using var log = new RecordedLog(new StreamReader(file));
        var from = booted + TimeSpan.FromTicks((long)(log.NextMicroseconds() ?? 0) * TimeSpan.TicksPerMicrosecond);
        var node = new ReplayedNode("recorded", Boot, from, options.Rules, options.ErrorCodes);
        var tally = new ReplayTally(node.View, from);
        node.Told = tally.Take;
        KernelReplay.Run(log, node, booted);
        return Report(node, tally, from, log.Refused);
    }

    /// <summary>What <c>forewarn record</c> wrote. Throws <see cref="IOException"/>.</summary>
    public static ReplayReport Samples(string file, ForewarnOptions options)
    {
        var first = File.ReadLines(file).Select(SampleReplay.Read).FirstOrDefault(list => list is not null)
            ?? throw new InvalidDataException($"{file} holds no recording of `forewarn record`");
        var node = new ReplayedNode(first.Node, Boot, first.Time, options.Rules, options.ErrorCodes);
        var tally = new ReplayTally(node.View, first.Time);
        node.Told = tally.Take;
        var replay = new SampleReplay(node);
        using var reader = new StreamReader(file);
        replay.Run(reader);
        return Report(node, tally, first.Time, replay.Refused) with { UnknownReadings = replay.Unknown };
    }

    private static ReplayReport Report(ReplayedNode node, ReplayTally tally, DateTimeOffset from, long refused)
    {
        var to = node.Clock.GetUtcNow();
        var days = tally.DeviceDays(to);
        return new ReplayReport
        {
            From = from,
            To = to,
            Devices = node.View.Devices.Length,
            Events = tally.Events,
            Refused = refused,
            Alarms = tally.Alarms,
            AlarmsPerThousandDeviceDays = days > 0 ? 1000 * tally.Alarms / days : null,
            Story = tally.Lines,
        };
    }
}
