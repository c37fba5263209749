namespace Forewarn.Daemon.Topology;

/// <summary>What a station of the network is.</summary>
internal enum FabricStationKind
{
    /// <summary>Passes on; <c>Switch</c>.</summary>
    Switch,

    /// <summary>A host's adapter, or something in a switch that poses as one; <c>Ca</c>.</summary>
    Adapter,

    /// <summary>Leads into another network; <c>Rt</c>.</summary>
    Router,
}

/// <summary>One device on the network.</summary>
/// <param name="Id">By which the others name it, such as <c>S-0008f10400410015</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Description">As it describes itself; an adapter's begins with its host's name, such as <c>node17 mlx5_0</c>. May be empty.</param>
/// <param name="Line">Where it stands.</param>
internal sealed record FabricStation(string Id, FabricStationKind Kind, string Description, int Line);
