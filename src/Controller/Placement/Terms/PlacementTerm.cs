using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>One thing by which plans are compared. Costs are whole numbers, so that the same plan always costs the same.</summary>
public abstract class PlacementTerm
{
    /// <summary>As explanations, policies and the documentation call it.</summary>
    public abstract string Name { get; }

    /// <summary>A cost with its unit.</summary>
    public abstract string Say(long cost);

    /// <summary>What a plan costs: <paramref name="to"/> has a destination's place for each who moves, or -1.</summary>
    internal abstract long Of(MoveSet moves, ReadOnlySpan<int> to);

    /// <summary>By how much that grows when one goes there, the others being where they are; what only shows once all are placed is left out.</summary>
    internal virtual long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place) => 0;

    /// <summary>About the most that one destination can add; finer differences than a millionth of it may be overlooked at first.</summary>
    internal virtual long Greatest(Board board) => 0;

    /// <summary>What every plan costs at least in which these seats move.</summary>
    internal virtual long AtLeast(PartialPlan partial) => 0;
}
