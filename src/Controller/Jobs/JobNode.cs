using System.Collections.Immutable;

namespace Forewarn.Controller.Jobs;

/// <summary>A node of a job and what of it the job holds.</summary>
/// <param name="Name">The node, by the scheduler's name.</param>
/// <param name="Cards">The cards by the scheduler's own count within the node; empty when the scheduler does not say which.</param>
/// <param name="HoldsAll">The whole node is the job's.</param>
/// <param name="HoldsNone">The job asked for no card: it has none there, of whichever the question is.</param>
public sealed record JobNode(string Name, ImmutableArray<int> Cards, bool HoldsAll, bool HoldsNone = false)
{
    /// <summary>
    /// Whether the job holds this card; a number below 0 is a card that nobody can name. Where the scheduler does not say which the job has, it may have it, and is
    /// taken to: a job that is not told loses more than one that is told for nothing.
    /// </summary>
    public bool MayHold(int card) => !HoldsNone && (card < 0 || HoldsAll || Cards.IsEmpty || Cards.Contains(card));
}
