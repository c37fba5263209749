using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Configuration;

/// <summary>[Agent]: this node and the program's own files and addresses.</summary>
internal sealed class AgentOptions
{
    /// <summary>The node's name in metrics, events and reports.</summary>
    public required string NodeName { get; init; }

    /// <summary>Where HTTP is served; empty when only the socket is.</summary>
    public required IReadOnlyList<ListenAddress> Listen { get; init; }

    /// <summary>The Unix socket of the command line; what changes state is here alone.</summary>
    public required string Socket { get; init; }

    /// <summary>What must survive a restart of the machine.</summary>
    public required string StateDir { get; init; }

    /// <summary>What must not.</summary>
    public required string RuntimeDir { get; init; }

    /// <summary>The directory that holds /sys, /proc and /dev.</summary>
    public required string Root { get; init; }

    /// <summary>The least severe message that is logged.</summary>
    public required LogLevel LogLevel { get; init; }

    internal static AgentOptions From(SettingValues values) => new()
    {
        NodeName = values.Get(SettingCatalog.NodeName),
        Listen = values.Get(SettingCatalog.Listen),
        Socket = values.Get(SettingCatalog.Socket),
        StateDir = values.Get(SettingCatalog.StateDir),
        RuntimeDir = values.Get(SettingCatalog.RuntimeDir),
        Root = values.Get(SettingCatalog.Root),
        LogLevel = values.Get(SettingCatalog.Level),
    };
}
