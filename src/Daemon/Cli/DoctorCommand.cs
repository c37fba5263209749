using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn doctor</c>: reads its options; what they start is the role's.</summary>
internal static class DoctorCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var config = new Option<string?>("--config") { Description = "This file; else /etc/forewarn/forewarn.conf.", HelpName = "FILE" };
        var set = new Option<string[]>("--set")
        {
            Description = "One setting; may be given again. Wins over the files.",
            HelpName = "Section.Key=Value",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var socket = new Option<string?>("--socket") { Description = "The agent's Unix socket; else the one of the configuration.", HelpName = "PATH" };
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var command = new Command(
            "doctor", "Say why Forewarn does not see the cards, and what is weaker here than it could be. Works without an agent, and as any user.")
        {
            config, set, socket, json,
        };
        command.SetAction((parsed, cancellation) => surroundings.RunDoctor(
            new()
            {
                Paths = parsed.GetValue(config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration,
                Overrides =
                [
                    .. (parsed.GetValue(set) ?? []).Select(ConfigurationOverride.Set),
                    .. parsed.GetValue(socket) is { } path
                        ? [new ConfigurationOverride("--socket", $"Agent.Socket={path}")] : Array.Empty<ConfigurationOverride>(),
                ],
                Json = parsed.GetValue(json),
                Terminal = surroundings.Terminal,
            },
            cancellation));
        return command;
    }
}
