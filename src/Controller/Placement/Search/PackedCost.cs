using System.Collections.Immutable;
using System.Numerics;

namespace Forewarn.Controller.Placement.Search;

/// <summary>
/// What one destination adds for one seat, all tiers in one number that compares as the tiers do, one after the other. Of the tiers only the first
/// four that depend on the destination find room; the whole plan is compared exactly later.
/// </summary>
internal sealed class PackedCost
{
    /// <summary>What it costs to find no node: more than all broken limits.</summary>
    public static readonly Int128 Nowhere = (Int128)PlacementPolicy.GangWeight << Possible;

    private const int Slots = 4;
    private const int SlotBits = 27;
    private const int SeatBits = 20; // so that 64 seats, the most that are assigned together, do not overflow a slot
    private const int Possible = Slots * SlotBits;

    private readonly ImmutableArray<(ImmutableArray<WeightedTerm> Terms, int Shift)> _tiers;
    private readonly ImmutableArray<WeightedTerm> _hard;

    public PackedCost(Board board)
    {
        var tiers = board.Policy.Tiers;
        _hard = Placing(tiers[0]);
        _tiers =
        [
            .. tiers.Skip(1).Select(Placing).Where(tier => !tier.IsEmpty).Take(Slots).Select(tier => (tier, ShiftOf(tier.Sum(one => one.Weight * one.Term.Greatest(board))))),
        ];

        ImmutableArray<WeightedTerm> Placing(ImmutableArray<WeightedTerm> tier) => [.. tier.Where(one => one.Term.Greatest(board) > 0)];
    }

    public Int128 Of(MoveSet moves, ReadOnlySpan<int> to, int i, int place)
    {
        var hard = 0L;
        foreach (var one in _hard) hard += one.Weight * one.Term.Added(moves, to, i, place);
        var packed = (Int128)hard << Possible;
        for (var slot = 0; slot < _tiers.Length; slot++)
        {
            var (sum, (terms, shift)) = (0L, _tiers[slot]);
            foreach (var one in terms) sum += one.Weight * one.Term.Added(moves, to, i, place);
            packed += (Int128)Math.Min(sum >> shift, (1L << SeatBits) - 1) << ((Slots - 1 - slot) * SlotBits);
        }

        return packed;
    }

    private static int ShiftOf(long greatest) => Math.Max(0, 64 - BitOperations.LeadingZeroCount((ulong)greatest) - SeatBits);
}
