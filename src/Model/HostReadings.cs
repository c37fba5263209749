using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>What was read of the node itself, beside its devices. Immutable; each turn makes a new one.</summary>
public sealed record HostReadings
{
    /// <summary>When.</summary>
    public required DateTimeOffset Read { get; init; }

    /// <summary>Processes that can be seen; −1 when the list cannot be read.</summary>
    public int Processes { get; init; } = -1;

    /// <summary>Those in an uninterruptible wait (state D) now.</summary>
    public int Blocked { get; init; }

    /// <summary>Those that were found in that wait in several turns in a row, without a break.</summary>
    public int StuckProcesses { get; init; }

    /// <summary>Those of them whose name says that they belong to a driver of accelerators.</summary>
    public int StuckOfDriver { get; init; }

    /// <summary>One of them, <c>name (pid)</c>, one of a driver's where there is one; "" when there is none.</summary>
    public string StuckExample { get; init; } = "";

    /// <summary>By how much the wall clock last jumped against the monotonic one; zero when it never did.</summary>
    public TimeSpan ClockJump { get; init; }

    /// <summary>When that was seen; the default when it never was.</summary>
    public DateTimeOffset ClockJumped { get; init; }

    /// <summary>Services and modules.</summary>
    public ImmutableArray<HostPart> Parts { get; init; } = [];
}
