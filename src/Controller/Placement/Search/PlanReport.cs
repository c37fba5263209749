using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement.Search;

/// <summary>Puts what the contest found into words.</summary>
internal sealed class PlanReport(Board board, Contest contest)
{
    private const int MostAlternatives = 3;
    private const int MostLines = 16; // of those who move; a person reads no more

    public PlacementPlan ToPlan()
    {
        var best = contest.Best!;
        var (moves, costs, alternatives) = (Moves(best), Costs(best), Alternatives(best));
        ImmutableArray<int> unplaced = [.. best.Moves.Seats.Where((_, i) => best.To[i] < 0)];
        ImmutableArray<int> givenUp = [.. Enumerable.Range(0, board.Problem.Replicas.Length).Where(best.Moves.IsReplicaGivenUp)];
        return new()
        {
            Policy = board.Policy.Name,
            IsFeasible = best.Costs[0] == 0,
            Nodes = [.. Enumerable.Range(0, board.Seats).Select(seat => best.Moves.NodeOf(seat, best.To))],
            Moves = moves,
            Unplaced = unplaced,
            ReplicasGivenUp = givenUp,
            Costs = costs,
            Alternatives = alternatives,
            Explanation = [.. Explain(best, moves, costs, alternatives)],
        };
    }

    private ImmutableArray<SeatMove> Moves(Contest.Entry entry)
        => [.. entry.Moves.Seats.Select((seat, i) => (seat, Place: entry.To[i])).Where(one => one.Place >= 0).Select(one => Move(one.seat, one.Place))];

    private SeatMove Move(int seat, int place)
    {
        var (held, destination) = (board.Problem.Seats[seat], board.Destinations.List[place]);
        var (cards, free) = (ImmutableArray.CreateBuilder<int>(held.Cards), destination.FreeCards);
        for (; cards.Count < held.Cards; free &= free - 1) cards.Add(BitOperations.TrailingZeroCount(free));
        return new(seat, held.Ranks, board.Graph.Nodes[held.Node], board.Graph.Nodes[destination.Node], cards.MoveToImmutable());
    }

    private ImmutableArray<TermCost> Costs(Contest.Entry entry)
        =>
        [
            .. board.Policy.Tiers.SelectMany(tier => tier).Select(one => (one.Term, Cost: one.Term.Of(entry.Moves, entry.To)))
                .Select(one => new TermCost(one.Term.Name, one.Cost, one.Term.Say(one.Cost))),
        ];

    /// <summary>The best that lost, and then such as lost by other terms.</summary>
    private ImmutableArray<LosingPlan> Alternatives(Contest.Entry best)
        => [.. contest.Entries.Skip(1).Select(entry => Losing(best, entry)).DistinctBy(plan => plan.LostBy).Take(MostAlternatives)];

    private LosingPlan Losing(Contest.Entry best, Contest.Entry entry)
    {
        var tier = 0;
        while (best.Costs[tier] == entry.Costs[tier]) tier++;
        var term = board.Policy.Tiers[tier].Select(one => one.Term).First(one => one.Of(entry.Moves, entry.To) > one.Of(best.Moves, best.To));
        var words = $"{term.Say(term.Of(entry.Moves, entry.To))} against {term.Say(term.Of(best.Moves, best.To))}";
        return new(Moves(entry), Costs(entry), term.Name, words);
    }

    private IEnumerable<string> Explain(
        Contest.Entry best, ImmutableArray<SeatMove> moves, ImmutableArray<TermCost> costs, ImmutableArray<LosingPlan> alternatives)
    {
        yield return $"Policy {board.Policy.Name}: {board.Policy.Words}.";
        if (best.Costs[0] > 0) yield return $"There is no way to run this job: {string.Join(", ", Missing(best))}. This is the least bad plan; it is not carried out.";
        foreach (var move in moves.Take(MostLines)) yield return $"{Ranks(move.Ranks)} go from {move.From}, {Why(move.Seat)}, to {move.To}, {Where(best, move)}.";
        if (moves.Length > MostLines) yield return $"… and {moves.Length - MostLines} more.";
        if (best.Moves.ReplicasGivenUp > 0) yield return $"The job goes on without {best.Moves.ReplicasGivenUp} of {board.Problem.Replicas.Length} replicas.";
        var gone = board.Problem.Replicas.Where((_, replica) => best.Moves.IsReplicaGivenUp(replica)).Sum(seats => seats.Length);
        yield return $"{board.Seats - best.Moves.Seats.Length - gone} of {board.Seats} nodes stay.";
        yield return $"Asked were {board.Destinations.List.Length} of {board.Problem.Candidates.Length} candidates{Unasked()}.";
        yield return "Costs: " + string.Join(", ", costs.Where(cost => cost.Cost > 0).Select(cost => cost.Words).DefaultIfEmpty("none")) + ".";
        foreach (var plan in alternatives) yield return $"Not taken: {Different(moves, plan)}: {plan.Words}.";
        if (alternatives.IsEmpty) yield return "No other plan came into question.";
    }

    private IEnumerable<string> Missing(Contest.Entry best)
        => board.Policy.Tiers[0].Select(one => (one.Term, Cost: one.Term.Of(best.Moves, best.To))).Where(one => one.Cost > 0).Select(one => one.Term.Say(one.Cost));

    private string Why(int seat)
    {
        if (!board.IsLeaving[seat]) return "which is well, to stay with its group";
        var node = board.Problem.Seats[seat].Node;
        var troubles = board.Problem.Troubles.Where(one => one.Node == node).ToList();
        return troubles.Exists(one => one.IsFailed) ? "which failed" : string.Create(CultureInfo.InvariantCulture, $"whose risk is {100 * troubles.Max(one => one.Risk):0.##} %");
    }

    private string Where(Contest.Entry best, SeatMove move)
    {
        ref readonly var destination = ref board.Destinations.List[best.To[best.Moves.IndexOf[move.Seat]]];
        var kind = destination.Readiness switch { Readiness.WarmSpare => "a warm spare", Readiness.Free => "free", _ => "where others' work ends" };
        var distance = board.Graph.Distance(board.Problem.Seats[move.Seat].Node, destination.Node);
        if (distance == board.Graph.Apart) return $"{kind}, of which nothing in common is known";
        var shared = distance == TopologyLevel.Node ? null : board.Graph.Groups[board.Graph.GroupOf(destination.Node, distance)].Name;
        return shared is null ? kind : $"{kind}, in the same {TopologyLevel.NameOf(distance)} {shared}";
    }

    private string Unasked() => board.Destinations.Excluded.Words().ToList() is { Count: > 0 } words ? $"; not {string.Join(", ", words)}" : "";

    private static string Different(ImmutableArray<SeatMove> taken, LosingPlan plan)
    {
        var other = plan.Moves.Where(move => !taken.Any(one => one.Seat == move.Seat && one.To == move.To)).Select(move => $"{move.From} → {move.To}").ToList();
        return other.Count switch { 0 => "fewer moves", <= 4 => string.Join(", ", other), _ => $"{other[0]}, {other[1]}, … ({other.Count} others)" };
    }

    private static string Ranks(ImmutableArray<int> ranks) => ranks.Length == 1
        ? $"Rank {ranks[0]}"
        : ranks[^1] - ranks[0] == ranks.Length - 1 ? $"Ranks {ranks[0]}–{ranks[^1]}" : "Ranks " + string.Join(", ", ranks);
}
