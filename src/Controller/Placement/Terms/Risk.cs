using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>The chance that a new node fails while the job still runs, as -log(1 - chance): so the chances of several nodes add up.</summary>
public sealed class Risk : DestinationTerm
{
    /// <inheritdoc/>
    public override string Name => "risk";

    /// <inheritdoc/>
    public override string Say(long cost) => $"{100 * (1 - Math.Exp(-cost / 1e6)):0.##} % chance that a new node fails";

    internal override long Added(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
        => moves.Board.Destinations.List[place].Risk;

    internal override long Greatest(Board board) => Board.RiskOf(1);
}
