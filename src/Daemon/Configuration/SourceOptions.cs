namespace Forewarn.Daemon.Configuration;

/// <summary>[Source.NAME]: one vendor library, read in a probe of its own.</summary>
internal sealed class SourceOptions
{
    /// <summary>The source's name, as in the section and in the metrics' label.</summary>
    public required string Name { get; init; }

    /// <summary>Whether a probe is started for it.</summary>
    public required bool Enabled { get; init; }

    /// <summary>The library's file name, looked up as the dynamic linker does, or its absolute path.</summary>
    public required string Library { get; init; }

    /// <summary>The longest that the fast call group may take on one device.</summary>
    public required TimeSpan Deadline { get; init; }

    /// <summary>The longest that a call group may take which reads the card's InfoROM.</summary>
    public required TimeSpan SlowDeadline { get; init; }

    /// <summary>The longest from loading the library to the first handle.</summary>
    public required TimeSpan StartDeadline { get; init; }

    /// <summary>Whether performance counters are read, where the library has them.</summary>
    public required bool Profiling { get; init; }

    /// <summary>How many devices this node should have; null when what was found once is expected from then on.</summary>
    public required int? Expected { get; init; }
}
