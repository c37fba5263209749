namespace Forewarn.Controller.Placement.Search;

/// <summary>How the seats of a group are linked.</summary>
internal enum Links : byte
{
    /// <summary>All with all: what counts is what they all have in common.</summary>
    All,

    /// <summary>Each with the next.</summary>
    Chain,

    /// <summary>Each with the next, and the last with the first.</summary>
    Ring,
}

/// <summary>One or more groups of ranks that use the same seats in the same way.</summary>
/// <param name="Links">How they are linked.</param>
/// <param name="Seats">At least two, none twice.</param>
/// <param name="Weight">Mebibytes a step through each link.</param>
/// <param name="Limit">The greatest distance allowed, or <see cref="NoLimit"/>.</param>
internal sealed record SeatGroup(Links Links, int[] Seats, long Weight, int Limit)
{
    public const int NoLimit = int.MaxValue;

    /// <summary>The job's groups in terms of seats: what stays within one node is left out, what is the same is one.</summary>
    public static SeatGroup[] Of(PlacementProblem problem)
    {
        var seatOf = new Dictionary<int, int>();
        for (var seat = 0; seat < problem.Seats.Length; seat++)
        {
            foreach (var rank in problem.Seats[seat].Ranks) seatOf[rank] = seat;
        }

        var places = new Dictionary<GroupShape, int>();
        var groups = new List<SeatGroup>();
        foreach (var group in problem.Groups)
        {
            var links = group.Kind switch { RankGroupKind.Data => Links.Ring, RankGroupKind.Pipeline => Links.Chain, _ => Links.All };
            var seats = group.Ranks.Where(seatOf.ContainsKey).Select(rank => seatOf[rank]).Distinct();
            int[] ordered = links == Links.All ? [.. seats.Order()] : [.. seats];
            if (ordered.Length < 2) continue;
            var shape = new GroupShape(links, ordered, group.Limit ?? NoLimit);
            if (places.TryGetValue(shape, out var place)) groups[place] = groups[place] with { Weight = groups[place].Weight + group.Mebibytes };
            else
            {
                places.Add(shape, groups.Count);
                groups.Add(new(links, ordered, group.Mebibytes, shape.Limit));
            }
        }

        return [.. groups];
    }

    private readonly struct GroupShape(Links links, int[] seats, int limit) : IEquatable<GroupShape>
    {
        private readonly Links _links = links;
        private readonly int[] _seats = seats;

        public int Limit { get; } = limit;

        public bool Equals(GroupShape other) => _links == other._links && Limit == other.Limit && _seats.AsSpan().SequenceEqual(other._seats);

        public override bool Equals(object? obj) => obj is GroupShape other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(_links, Limit, _seats.Length, _seats[0], _seats[^1], _seats[_seats.Length / 2]);
    }
}
