using Forewarn.Controller.Guards;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Recovery;

namespace Forewarn.Controller.Coordination;

/// <summary>What a site chose; another one may come with any look.</summary>
public sealed record CoordinationSettings
{
    /// <summary>How far the guards let go.</summary>
    public GuardSettings Guards { get; init; } = new();

    /// <summary>How long each step of a move may take.</summary>
    public RecoveryTimes Steps { get; init; } = new();

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
