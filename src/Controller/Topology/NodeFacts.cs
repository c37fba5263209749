using System.Collections.Immutable;

namespace Forewarn.Controller.Topology;

/// <summary>What one source says of one node; what it does not know is null.</summary>
/// <param name="Node">The scheduler's name of the node.</param>
/// <param name="Domain">Its scale-up domain.</param>
/// <param name="Switch">The switch right above it, or a name for its set of rails.</param>
public sealed record NodeFacts(string Node, string? Domain = null, string? Switch = null)
{
    /// <summary>Failure domains by kind: rack, pdu, row … Two nodes with the same value can be lost together.</summary>
    public ImmutableSortedDictionary<string, string> FailureDomains { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
