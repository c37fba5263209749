using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Nodes on which others' work must end.</summary>
public sealed class Preemption : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "preemption";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} nodes taken from others";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
        => moves.Board.Destinations.List[place].Readiness == Readiness.Preemptible ? 1 : 0;

    internal override long Greatest(Board board) => 1;
}
