namespace Forewarn.Controller.Placement.Search;

/// <summary>Gives each row a column of its own so that the sum is least: shortest augmenting paths (Jonker and Volgenant 1987), O(rows² × columns).</summary>
internal static class LeastCostAssignment
{
    /// <summary>The column of each row. There must be at least as many columns as rows, and costs of no more than 2¹²⁴.</summary>
    public static int[] Solve(Int128[,] costs)
    {
        var (rows, columns) = (costs.GetLength(0), costs.GetLength(1));
        var (rowPrice, columnPrice) = (new Int128[rows + 1], new Int128[columns + 1]);
        var (owner, way) = (new int[columns + 1], new int[columns + 1]); // column 0 is the way's beginning, row 0 nobody
        var (least, isSeen) = (new Int128[columns + 1], new bool[columns + 1]);
        for (var row = 1; row <= rows; row++)
        {
            owner[0] = row;
            Array.Fill(least, Int128.MaxValue);
            Array.Clear(isSeen);
            var column = 0;
            do
            {
                isSeen[column] = true;
                var (from, step, next) = (owner[column], Int128.MaxValue, 0);
                for (var other = 1; other <= columns; other++)
                {
                    if (isSeen[other]) continue;
                    var reduced = costs[from - 1, other - 1] - rowPrice[from] - columnPrice[other];
                    if (reduced < least[other]) (least[other], way[other]) = (reduced, column);
                    if (least[other] < step) (step, next) = (least[other], other);
                }

                for (var other = 0; other <= columns; other++)
                {
                    if (isSeen[other]) (rowPrice[owner[other]], columnPrice[other]) = (rowPrice[owner[other]] + step, columnPrice[other] - step);
                    else if (least[other] != Int128.MaxValue) least[other] -= step;
                }

                column = next;
            }
            while (owner[column] != 0);

            for (; column != 0; column = way[column]) owner[column] = owner[way[column]];
        }

        var assigned = new int[rows];
        for (var column = 1; column <= columns; column++)
        {
            if (owner[column] > 0) assigned[owner[column] - 1] = column - 1;
        }

        return assigned;
    }
}
