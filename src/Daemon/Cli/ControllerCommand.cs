using System.CommandLine;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn controller</c>: reads its options; what they start is the role's.</summary>
internal static class ControllerCommand
{
    public const string Name = "controller";

    public static Command Create(CommandSurroundings surroundings)
    {
        var settings = new SettingOptions(
        [
            (new("--listen") { Description = "Where agents report, such as 127.0.0.1:9798, or none.", HelpName = "ADDRESS:PORT" }, "Fleet.Listen"),
            (new("--socket") { Description = "The Unix socket of forewarn fleet.", HelpName = "PATH" }, "Fleet.Socket"),
            (new("--state-dir") { Description = "What must survive a restart of the machine.", HelpName = "DIR" }, "Fleet.StateDir"),
        ]);
        var command = new Command(Name, "Run the controller, to which the agents of a cluster report. Ends on SIGTERM and SIGINT.");
        settings.AddTo(command);
        settings.AddOwnTo(command);
        command.SetAction((parsed, cancellation) => surroundings.RunController(
            new()
            {
                Paths = settings.Paths(parsed, surroundings),
                Overrides = settings.Overrides(parsed),
            },
            cancellation));
        return command;
    }
}
