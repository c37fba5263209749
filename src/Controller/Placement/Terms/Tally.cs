using Forewarn.Controller.Placement.Search;

namespace Forewarn.Controller.Placement.Terms;

/// <summary>Counts a plan's destinations group by group without a table: plans have few.</summary>
internal static class Tally
{
    /// <summary>The group of a destination on this level; -1 for none, also of a destination that was not free before.</summary>
    public static int GroupOf(Board board, int place, int level)
    {
        if (place < 0) return -1;
        ref readonly var destination = ref board.Destinations.List[place];
        return destination.Replica >= 0 || destination.Readiness == Readiness.Preemptible ? -1 : board.Graph.GroupOf(destination.Node, level);
    }

    /// <summary>Whether this is the plan's first destination in its group, and how many there are.</summary>
    public static bool IsFirst(Board board, ReadOnlySpan<int> to, int i, int level, out int taken)
    {
        var group = GroupOf(board, to[i], level);
        taken = 0;
        for (var other = 0; other < to.Length; other++)
        {
            if (GroupOf(board, to[other], level) != group) continue;
            if (other < i) return false;
            taken++;
        }

        return true;
    }
}
