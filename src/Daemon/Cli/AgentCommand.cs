using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn agent</c>: reads its options; what they start is the role's.</summary>
internal static class AgentCommand
{
    public const string Name = "agent";

    public static Command Create(CommandSurroundings surroundings)
    {
        var config = new Option<string?>("--config")
        {
            Description = "The configuration's file; else /etc/forewarn/forewarn.conf.",
            HelpName = "FILE",
        };
        var set = new Option<string[]>("--set")
        {
            Description = "One setting; may be given again. Wins over the files.",
            HelpName = "Section.Key=Value",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var simulate = new Option<string?>("--simulate")
        {
            Description = "Run on a simulated node: a profile, a scenario or a scenario's file.",
            HelpName = "NAME|FILE",
        };
        (Option<string?> Option, string Setting)[] settings =
        [
            (new("--node-name") { Description = "This node's name.", HelpName = "NAME" }, "Agent.NodeName"),
            (new("--listen") { Description = "Where HTTP is served, such as *:9797, or none.", HelpName = "ADDRESS:PORT" }, "Agent.Listen"),
            (new("--socket") { Description = "The Unix socket.", HelpName = "PATH" }, "Agent.Socket"),
            (new("--state-dir") { Description = "What must survive a restart of the machine.", HelpName = "DIR" }, "Agent.StateDir"),
            (new("--root") { Description = "The directory under which /sys, /proc and /dev are read.", HelpName = "DIR" }, "Agent.Root"),
        ];
        var command = new Command(Name, "Run the agent. Ends on SIGTERM and SIGINT; reads its configuration again on SIGHUP.")
        {
            config, set, simulate,
        };
        foreach (var (option, _) in settings) command.Add(option);
        command.SetAction((parsed, cancellation) => surroundings.RunAgent(
            new()
            {
                Paths = parsed.GetValue(config) is { } file ? ConfigurationPaths.Named(file) : surroundings.Configuration,
                Overrides =
                [
                    .. (parsed.GetValue(set) ?? []).Select(ConfigurationOverride.Set),
                    .. settings.Select(setting => (setting.Option.Name, setting.Setting, Value: parsed.GetValue(setting.Option)))
                        .Where(given => given.Value is not null)
                        .Select(given => new ConfigurationOverride(given.Name, $"{given.Setting}={given.Value}")),
                ],
                Simulate = parsed.GetValue(simulate),
            },
            cancellation));
        return command;
    }
}
