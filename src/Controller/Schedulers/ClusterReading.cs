using System.Collections.Immutable;

namespace Forewarn.Controller.Schedulers;

/// <summary>What came of reading a scheduler.</summary>
/// <param name="Sight">The cluster; null when it could not be read whole.</param>
/// <param name="Trouble">Why not; empty when it could.</param>
/// <param name="Complaints">What jobs declared and could not be understood, a line each: told to their owners, and no reason to stop.</param>
public sealed record ClusterReading(ClusterSight? Sight, string Trouble, ImmutableArray<string> Complaints)
{
    /// <summary>It could not be read.</summary>
    public static ClusterReading Failed(string trouble) => new(null, trouble, []);
}
