using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Whether the driver still serves anybody: what tells one hung card from a lock that all of them wait for.</summary>
internal static class Stalls
{
    /// <summary>At least one card of the node is measured now.</summary>
    public static bool IsAnyServed(NodeHistory node, DateTimeOffset now)
    {
        for (var i = 0; i < node.Devices.Count; i++)
        {
            if (node.Devices[i].Presence == DevicePresence.Measured && now - node.Devices[i].Sampled <= node.Devices[i].Fresh) return true;
        }

        return false;
    }

    /// <summary>How many cards are stalled, and since when all of these are.</summary>
    public static (int Count, DateTimeOffset Since) Of(NodeHistory node)
    {
        var (count, since) = (0, default(DateTimeOffset));
        for (var i = 0; i < node.Devices.Count; i++)
        {
            if (node.Devices[i].Presence != DevicePresence.Stalled) continue;
            count++;
            if (node.Devices[i].PresentSince > since) since = node.Devices[i].PresentSince;
        }

        return (count, since);
    }
}
