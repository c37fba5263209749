using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Configuration;

/// <summary>[Fleet], checked.</summary>
internal sealed record FleetOptions
{
    /// <summary>Where agents report; empty when only the socket is served.</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>The Unix socket of <c>forewarn fleet</c>.</summary>
    public required string Socket { get; init; }

    /// <summary>What must survive a restart of the machine.</summary>
    public required string StateDir { get; init; }

    /// <summary>Of what the nodes' tokens are made; empty for no tokens.</summary>
    public string SiteKeyFile { get; init; } = "";

    /// <summary>Token of who may ask from elsewhere; empty for nobody.</summary>
    public string OperatorTokenFile { get; init; } = "";

    /// <summary>PEM; empty for plain HTTP.</summary>
    public string CertFile { get; init; } = "";

    /// <summary>PEM; empty where the key is in the same file.</summary>
    public string KeyFile { get; init; } = "";

    /// <summary>PEM: who may name nodes; empty for tokens alone.</summary>
    public string ClientCaFile { get; init; } = "";

    /// <summary>How long nothing may be heard of a node until it is Unknown.</summary>
    public required TimeSpan SilentAfter { get; init; }

    /// <summary>How long history is kept, and a node that is not heard any more.</summary>
    public required TimeSpan Keep { get; init; }

    /// <summary>The least severe message that is logged.</summary>
    public LogLevel LogLevel { get; init; } = LogLevel.Information;

    internal static FleetOptions From(SettingValues values) => new()
    {
        Listen = values.Get(FleetSettings.Listen),
        Socket = values.Get(FleetSettings.Socket),
        StateDir = values.Get(FleetSettings.StateDir),
        SiteKeyFile = values.Get(FleetSettings.SiteKeyFile),
        OperatorTokenFile = values.Get(FleetSettings.OperatorTokenFile),
        CertFile = values.Get(FleetSettings.CertFile),
        KeyFile = values.Get(FleetSettings.KeyFile),
        ClientCaFile = values.Get(FleetSettings.ClientCaFile),
        SilentAfter = FleetSettings.SilentAfter(values.Get(FleetSettings.MissedHeartbeats)),
        Keep = values.Get(FleetSettings.Keep),
        LogLevel = values.Get(FleetSettings.Level),
    };
}
