using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>How far down the job's list of accepted classes its new nodes stand; a class that is not on the list is no destination.</summary>
public sealed class NodeClass : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "node-class";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} steps down the list of classes";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
        => moves.Board.Destinations.List[place].Class;

    internal override long Greatest(Board board) => board.Problem.Classes.Length;
}
