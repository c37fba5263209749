using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Fleet;

/// <summary>What a report came to.</summary>
public sealed record FleetChange
{
    /// <summary>The fleet with it; the same object when the report was an old one.</summary>
    public required FleetState State { get; init; }

    /// <summary>The node as it is known now.</summary>
    public required FleetNode Node { get; init; }

    /// <summary>As it was known before; null for one that was not.</summary>
    public required FleetNode? Before { get; init; }

    /// <summary>False for a report that was sent twice, came late, or was played back by somebody: it changed nothing.</summary>
    public bool IsNewer => !ReferenceEquals(Node, Before);

    /// <summary>It is of an earlier run of an agent than the one that is heard: two agents speak for one node.</summary>
    public bool IsContested { get; init; }

    /// <summary>Transitions that were not met before, the oldest first.</summary>
    public ImmutableArray<ReportedTransition> Transitions { get; init; } = [];

    /// <summary>Devices that became ill, or worse.</summary>
    public ImmutableArray<Illness> Ill { get; init; } = [];

    /// <summary>The node stands otherwise than before: worth to be known after a restart.</summary>
    public bool StandsOtherwise { get; init; }
}
