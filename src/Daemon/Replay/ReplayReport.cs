namespace Forewarn.Daemon.Replay;

/// <summary>The whole of a replay, for programs.</summary>
internal sealed record ReplayReport
{
    /// <summary>Time of the first and of the last thing recorded.</summary>
    public required DateTimeOffset From { get; init; }

    /// <inheritdoc cref="From"/>
    public required DateTimeOffset To { get; init; }

    /// <summary>Devices that the recording names.</summary>
    public required int Devices { get; init; }

    /// <summary>Events that were found in it, each error of a storm for itself.</summary>
    public required long Events { get; init; }

    /// <summary>Lines that could not be understood.</summary>
    public required long Refused { get; init; }

    /// <summary>Readings of signals that this version does not know; passed over.</summary>
    public long UnknownReadings { get; init; }

    /// <summary>Times that a device or the node became degraded or worse.</summary>
    public required int Alarms { get; init; }

    /// <summary>The same for each thousand days of one device; null where no time passed.</summary>
    public double? AlarmsPerThousandDeviceDays { get; init; }

    /// <summary>Findings and states over time.</summary>
    public required IReadOnlyList<ReplayLine> Story { get; init; }
}
