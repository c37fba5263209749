using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Failure domains (rack, power …) that new nodes share with a node in trouble: what broke that may break these.</summary>
public sealed class FaultNeighbour : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "fault-neighbour";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} failure domains shared with a node in trouble";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var (graph, node, shared) = (moves.Board.Graph, moves.Board.Destinations.List[place].Node, 0);
        for (var kind = 0; kind < graph.FailureDomainKinds.Length; kind++)
        {
            if (graph.FailureDomainOf(node, kind) is >= 0 and var domain && moves.Board.FaultDomains[domain]) shared++;
        }

        return shared;
    }

    internal override long Greatest(Board board) => 8;
}
