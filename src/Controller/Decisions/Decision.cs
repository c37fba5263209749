using System.Collections.Immutable;

namespace Forewarn.Controller.Decisions;

/// <summary>What is thought best for one job, on what grounds, and what the others would have cost.</summary>
/// <param name="Chosen">The least expected cost; of equals, what the job notices least.</param>
/// <param name="Alternatives">All five, in the order of the enumeration.</param>
/// <param name="Stakes">What it rests on.</param>
/// <param name="Reason">One line for a person.</param>
public sealed record Decision(Alternative Chosen, ImmutableArray<CostedAlternative> Alternatives, JobStakes Stakes, string Reason)
{
    /// <summary>Card-minutes that the choice is expected to save against leaving everything as it is; never negative.</summary>
    public double Saved => Math.Max(0, Cost(Alternative.Nothing) - Cost(Chosen));

    private double Cost(Alternative alternative) => Alternatives[(int)alternative].CardMinutes;
}
