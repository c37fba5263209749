using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>What every command that asks the agent takes; each command gets its own options.</summary>
internal sealed class QueryOptions(CommandSurroundings surroundings)
{
    private readonly Option<string?> _socket = new("--socket")
    {
        Description = "The agent's Unix socket; else the one of the configuration.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The configuration's file; else /etc/forewarn/forewarn.conf.",
        HelpName = "FILE",
    };

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "JSON for programs; docs/api.md describes it." };

    public void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(_socket);
    }

    /// <summary>For a command that takes more than the socket from the configuration.</summary>
    public void AddConfigTo(Command command) => command.Add(_config);

    /// <summary>A client for the socket that was named, else for the configured one.</summary>
    public AgentClient Client(ParseResult parsed, TimeSpan? patience = null)
        => new(parsed.GetValue(_socket) ?? Configured(parsed).Get(SettingCatalog.Socket), patience);

    /// <summary>What the files say. With an error elsewhere they still say where the socket is; "config check" is for the rest.</summary>
    public SettingValues Configured(ParseResult parsed) => new ConfigurationLoader(surroundings.Settings)
        .Load(parsed.GetValue(_config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration, []).Values;

    /// <summary>Where the node stands; null when nobody wrote it down.</summary>
    public string? Rack(ParseResult parsed) => Configured(parsed).Get(SettingCatalog.Rack) is { Length: > 0 } rack ? rack : null;
}
