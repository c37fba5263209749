using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>A term that looks at each new node by itself.</summary>
public abstract class DestinationTerm : PlacementTerm
{
    internal sealed override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var sum = 0L;
        for (var i = 0; i < to.Length; i++)
        {
            if (to[i] >= 0) sum += Added(moves, to, i, to[i]);
        }

        return sum;
    }
}
