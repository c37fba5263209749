namespace Forewarn.Controller.Placement.Search;

/// <summary>Keeps the best plan and those that came next, no two with the same costs.</summary>
internal sealed class Contest(PlacementPolicy policy)
{
    // Enough that three can be found which lost by different terms.
    private const int Most = 12;

    private readonly List<Entry> _entries = [];

    public Entry? Best => _entries.Count == 0 ? null : _entries[0];

    /// <summary>The best first.</summary>
    public IReadOnlyList<Entry> Entries => _entries;

    public int Tiers => policy.Tiers.Length;

    /// <summary>Takes note of a plan; true when it is better than all before.</summary>
    public bool Offer(MoveSet moves, ReadOnlySpan<int> to)
    {
        Span<long> costs = stackalloc long[policy.Tiers.Length];
        Of(moves, to, costs);
        return Offer(moves, to, costs);
    }

    public bool Offer(MoveSet moves, ReadOnlySpan<int> to, ReadOnlySpan<long> costs)
    {
        if (_entries.Count == Most && Compare(costs, _entries[^1].Costs) >= 0) return false;
        var at = _entries.Count;
        while (at > 0 && Compare(costs, _entries[at - 1].Costs) is var order && order <= 0)
        {
            if (order == 0) return false; // who came first keeps its place
            at--;
        }

        _entries.Insert(at, new(moves, to.ToArray(), costs.ToArray()));
        if (_entries.Count > Most) _entries.RemoveAt(Most);
        return at == 0;
    }

    /// <summary>The costs of a plan, tier by tier.</summary>
    public void Of(MoveSet moves, ReadOnlySpan<int> to, Span<long> costs)
    {
        for (var tier = 0; tier < costs.Length; tier++)
        {
            var sum = 0L;
            foreach (var weighted in policy.Tiers[tier]) sum += weighted.Weight * weighted.Term.Of(moves, to);
            costs[tier] = sum;
        }
    }

    /// <summary>Whether nothing that begins so can be better than what is known.</summary>
    public bool IsHopeless(PartialPlan partial)
    {
        if (Best is not { } best) return false;
        for (var tier = 0; tier < policy.Tiers.Length; tier++)
        {
            var least = 0L;
            foreach (var weighted in policy.Tiers[tier]) least += weighted.Weight * weighted.Term.AtLeast(partial);
            if (least != best.Costs[tier]) return least > best.Costs[tier];
        }

        return true;
    }

    public static int Compare(ReadOnlySpan<long> one, ReadOnlySpan<long> other)
    {
        for (var tier = 0; tier < one.Length; tier++)
        {
            if (one[tier] != other[tier]) return one[tier] < other[tier] ? -1 : 1;
        }

        return 0;
    }

    internal sealed record Entry(MoveSet Moves, int[] To, long[] Costs);
}
