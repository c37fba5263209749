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

    /// <summary>JSON instead of text.</summary>
    public Option<bool> Json { get; } = new("--json") { Description = "JSON for programs; docs/api.md describes it." };

    public void AddTo(Command command)
    {
        command.Add(Json);
        command.Add(_socket);
    }

    /// <summary>A client for the socket that was named, else for the configured one.</summary>
    public AgentClient Client(ParseResult parsed)
    {
        if (parsed.GetValue(_socket) is { } named) return new(named);
        // A configuration with an error elsewhere still says where the socket is; "config check" is for the rest.
        var configured = new ConfigurationLoader(surroundings.Settings).Load(surroundings.Configuration, []);
        return new(configured.Values.Get(SettingCatalog.Socket));
    }
}
