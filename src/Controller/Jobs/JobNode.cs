using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>A node of a job and what of it the job holds.</summary>
/// <param name="Name">The node, by the scheduler's name.</param>
/// <param name="Cards">The cards by the scheduler's own count within the node; empty when the scheduler does not say which.</param>
/// <param name="HoldsAll">The whole node is the job's.</param>
public sealed record JobNode(string Name, ImmutableArray<int> Cards, bool HoldsAll)
{
    /// <summary>
    /// Whether the job holds this card. Where the scheduler does not say which, it may, and the job is taken to hold it: a job that is not told
    /// loses more than one that is told for nothing.
    /// </summary>
    public bool MayHold(int card) => HoldsAll || Cards.IsEmpty || Cards.Contains(card);
}
