using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary>What every command that asks the controller takes; each command gets its own options.</summary>
internal sealed class FleetQueryOptions(CommandSurroundings surroundings)
{
    private readonly Option<string?> _socket = new("--socket")
    {
        Description = "The controller's Unix socket; else the one of the configuration.",
        HelpName = "PATH",
    };

    private readonly Option<string?> _config = new("--config")
    {
        Description = "The configuration's file; else /etc/forewarn/forewarn.conf.",
        HelpName = "FILE",
    };

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "JSON for programs; docs/fleet.md and docs/moving-work.md describe it." };

    public void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(_socket);
        command.Add(_config);
    }

    /// <summary>For a command with a JSON of its own.</summary>
    public void AddAddressTo(Command command)
    {
        command.Add(_socket);
        command.Add(_config);
    }

    /// <summary>For the command that asks nobody.</summary>
    public void AddTokenTo(Command command)
    {
        command.Add(Json);
        command.Add(_config);
    }

    /// <summary>A client for the socket that was named, else for the configured one.</summary>
    public AgentClient Client(ParseResult parsed)
        => new(parsed.GetValue(_socket) ?? Configured(parsed).Get(FleetSettings.Socket), server: ServerName.Controller);

    /// <summary>What the files say.</summary>
    public SettingValues Configured(ParseResult parsed) => new ConfigurationLoader(surroundings.Settings)
        .Load(parsed.GetValue(_config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration, []).Values;
}
