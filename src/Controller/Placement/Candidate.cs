namespace Forewarn.Controller.Placement;

/// <summary>A node that may take ranks.</summary>
/// <param name="Node">Its number in the graph.</param>
/// <param name="Class">Its product and driver class: what the job names in <see cref="PlacementProblem.Classes"/>.</param>
/// <param name="FreeCards">Bit i is set when its card i is healthy and free, or would be after pre-emption.</param>
/// <param name="Readiness">How soon it can start.</param>
/// <param name="Risk">The chance that it fails in the time that the job still runs; 0 to 1.</param>
public readonly record struct Candidate(int Node, string Class, ulong FreeCards, Readiness Readiness = Readiness.Free, double Risk = 0)
{
    /// <summary>Which quota counts it (<see cref="Quota.Pool"/>), or null.</summary>
    public string? Pool { get; init; }

    /// <summary>Nobody may be placed there: it is drained, on probation or held by others.</summary>
    public bool IsQuarantined { get; init; }
}
