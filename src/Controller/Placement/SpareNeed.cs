using Forewarn.Controller.Topology;

namespace Forewarn.Controller.Placement;

/// <summary>How many nodes must stay free beneath each switch, so that what fails there can be replaced there.</summary>
/// <param name="FailuresPerNodeDay">Published: 0.0023 to 0.0065 (arXiv 2410.21680, 2602.00277).</param>
/// <param name="Repair">How long a node stays away.</param>
/// <param name="Level">Beneath which switches.</param>
public sealed record SpareNeed(double FailuresPerNodeDay, TimeSpan Repair, int Level = TopologyLevel.Leaf)
{
    // A spare is missing in one of a hundred cases: the P99 sizing of ByteRobust (arXiv 2509.16293).
    private const double Accepted = 0.01;

    /// <summary>The smallest number of spares that is short with a chance of less than 1 %, for so many nodes.</summary>
    public int For(int nodes)
    {
        var away = 1 - Math.Exp(-FailuresPerNodeDay * Repair.TotalDays);
        if (away <= 0) return 0;
        if (away >= 1) return nodes;
        var exactly = Math.Pow(1 - away, nodes);
        var (within, spares) = (exactly, 0);
        while (1 - within >= Accepted && spares < nodes)
        {
            exactly *= (nodes - spares) / (spares + 1.0) * away / (1 - away);
            within += exactly;
            spares++;
        }

        return spares;
    }
}
