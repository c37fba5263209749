using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Nodes taken beyond what the job's owner may take of their pool.</summary>
public sealed class PoolQuota : PlacementTerm
{
    /// <inheritdoc/>
    public override string Name => "pool-quota";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{cost} nodes beyond a quota";

    internal override long Of(MoveSet moves, ReadOnlySpan<int> to)
    {
        var (quotas, list, over) = (moves.Board.Problem.Quotas, moves.Board.Destinations.List, 0L);
        for (var pool = 0; pool < quotas.Length; pool++)
        {
            var taken = 0;
            foreach (var place in to) taken += place >= 0 && list[place].Pool == pool ? 1 : 0;
            over += Math.Max(0, taken - quotas[pool].NodesLeft);
        }

        return over;
    }
}
