using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Fleet;

/// <summary>What a report came to.</summary>
public sealed record FleetChange
{
    /// <summary>The fleet with it; the same object when the report was not taken.</summary>
    public required FleetState State { get; init; }

    /// <summary>The node as it is known now.</summary>
    public required FleetNode Node { get; init; }

    /// <summary>As it was known before; null for one that was not.</summary>
    public required FleetNode? Before { get; init; }

    /// <summary>What the report is beside those before it.</summary>
    public ReportStanding Standing { get; init; }

    /// <summary>False for a report that was sent twice or is refused: it changed nothing.</summary>
    public bool IsNewer => Standing == ReportStanding.New;

    /// <summary>It is not answered as one that was taken.</summary>
    public bool IsRefused => Standing > ReportStanding.Duplicate;

    /// <summary>Transitions that were not met before, the oldest first.</summary>
    public ImmutableArray<ReportedTransition> Transitions { get; init; } = [];

    /// <summary>Devices that became ill, or worse.</summary>
    public ImmutableArray<Illness> Ill { get; init; } = [];

    /// <summary>The node stands otherwise than before: worth to be known after a restart.</summary>
    public bool StandsOtherwise { get; init; }
}
