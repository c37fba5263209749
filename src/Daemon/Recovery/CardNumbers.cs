using System.Collections.Immutable;
using Forewarn.Controller.Reports;

namespace Forewarn.Daemon.Recovery;

/// <summary>
/// Which of the scheduler's cards a device is. A scheduler counts a node's cards in the order of their device files, and an agent tells the number of each file; so the
/// n-th is the n-th, as long as both know of equally many. Otherwise nobody can say, and then every job of the node may hold it.
/// </summary>
internal static class CardNumbers
{
    /// <summary>The scheduler's number of the device with this minor number; −1 when nobody can say.</summary>
    /// <param name="devices">The node's devices.</param>
    /// <param name="cards">How many the scheduler knows there; 0 for none.</param>
    public static Func<int, int> Of(ImmutableArray<ReportedDevice> devices, int cards)
    {
        int[] minors = [.. devices.Select(static device => device.Minor).Where(static minor => minor >= 0).Distinct().Order()];
        return minors.Length == cards && cards == devices.Length ? minor => Array.IndexOf(minors, minor) : static _ => -1;
    }
}
