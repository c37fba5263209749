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
        var socket = new Option<string?>("--socket") { Description = "The agent's Unix socket, or the controller's; else the one of the configuration.", HelpName = "PATH" };
        var controller = new Option<bool>("--controller")
        {
            Description = "Of the controller on this machine: its files, and by name what its scheduler lets its user see and do. Changes nothing; as root it asks as that user.",
        };
        var json = new Option<bool>("--json") { Description = "JSON for programs; docs/cli.md describes it." };
        var command = new Command(
            "doctor", "Say why Forewarn does not see the cards, and what is weaker here than it could be. Works without an agent, and as any user.")
        {
            config, set, socket, controller, json,
        };
        command.SetAction((parsed, cancellation) => surroundings.RunDoctor(
            new()
            {
                Paths = parsed.GetValue(config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration,
                Overrides =
                [
                    .. (parsed.GetValue(set) ?? []).Select(ConfigurationOverride.Set),
                    .. parsed.GetValue(socket) is { } path
                        ? [new ConfigurationOverride("--socket", $"{(parsed.GetValue(controller) ? "Fleet" : "Agent")}.Socket={path}")] : Array.Empty<ConfigurationOverride>(),
                ],
                OfController = parsed.GetValue(controller),
                Json = parsed.GetValue(json),
                Terminal = surroundings.Terminal,
            },
            cancellation));
        return command;
    }
}
