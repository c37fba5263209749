using Forewarn.Controller.Guards;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Recovery;
using Forewarn.Controller.Repair;

namespace Forewarn.Controller.Coordination;

/// <summary>What a site chose; another one may come with any look.</summary>
public sealed record CoordinationSettings
{
    /// <summary>How far the guards let go.</summary>
    public GuardSettings Guards { get; init; } = new();

    /// <summary>How long each step of a move may take.</summary>
    public RecoveryTimes Steps { get; init; } = new();

    /// <summary>With what nodes are repaired, and how long it may take.</summary>
    public RepairSettings Repair { get; init; } = new();

    /// <summary>How long a node must be unknown to its scheduler, and its agent silent, until its troubles are closed: it is gone for good. Own figure: longer than a weekend.</summary>
    public TimeSpan GoneAfter { get; init; } = TimeSpan.FromDays(3);

    /// <summary>How long things take.</summary>
    public SiteTimes Times { get; init; } = new();

    /// <summary>By which new nodes are chosen.</summary>
    public PlacementPolicy Policy { get; init; } = PlacementPolicies.Default;

    /// <summary>How many nodes should stay free; null where nobody asks for it.</summary>
    public SpareNeed? Spares { get; init; }

    /// <summary>How long a job is left alone after a move that came to nothing. Own figure: what was in the way is there a moment later as well.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A job's owner is told, in a text that the scheduler keeps with the job, what was done.</summary>
    public bool TellsOwners { get; init; } = true;
}
