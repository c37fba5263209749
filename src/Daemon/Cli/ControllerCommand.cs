using System.CommandLine;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn controller</c>: reads its options; what they start is the role's.</summary>
internal static class ControllerCommand
{
    public const string Name = "controller";

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
        (Option<string?> Option, string Setting)[] settings =
        [
            (new("--listen") { Description = "Where agents report, such as 127.0.0.1:9798, or none.", HelpName = "ADDRESS:PORT" }, "Fleet.Listen"),
            (new("--socket") { Description = "The Unix socket of forewarn fleet.", HelpName = "PATH" }, "Fleet.Socket"),
            (new("--state-dir") { Description = "What must survive a restart of the machine.", HelpName = "DIR" }, "Fleet.StateDir"),
        ];
        var command = new Command(Name, "Run the controller, to which the agents of a cluster report. Ends on SIGTERM and SIGINT.") { config, set };
        foreach (var (option, _) in settings) command.Add(option);
        command.SetAction((parsed, cancellation) => surroundings.RunController(
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
            },
            cancellation));
        return command;
    }
}
