using System.CommandLine;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn agent</c>: reads its options; what they start is the role's.</summary>
internal static class AgentCommand
{
    public const string Name = "agent";

    public static Command Create(CommandSurroundings surroundings)
    {
        var simulate = new Option<string?>("--simulate")
        {
            Description = "Run on a simulated node: a profile, a scenario or a scenario's file.",
            HelpName = "NAME|FILE",
        };
        var settings = new SettingOptions(
        [
            (new("--node-name") { Description = "This node's name.", HelpName = "NAME" }, "Agent.NodeName"),
            (new("--listen") { Description = "Where HTTP is served, such as *:9797, or none.", HelpName = "ADDRESS:PORT" }, "Agent.Listen"),
            (new("--socket") { Description = "The Unix socket.", HelpName = "PATH" }, "Agent.Socket"),
            (new("--state-dir") { Description = "What must survive a restart of the machine.", HelpName = "DIR" }, "Agent.StateDir"),
            (new("--root") { Description = "The directory under which /sys, /proc and /dev are read.", HelpName = "DIR" }, "Agent.Root"),
        ]);
        var command = new Command(Name, "Run the agent. Ends on SIGTERM and SIGINT; reads its configuration again on SIGHUP.");
        settings.AddTo(command);
        command.Add(simulate);
        settings.AddOwnTo(command);
        command.SetAction((parsed, cancellation) => surroundings.RunAgent(
            new()
            {
                Paths = settings.Paths(parsed, surroundings),
                Overrides = settings.Overrides(parsed),
                Simulate = parsed.GetValue(simulate),
            },
            cancellation));
        return command;
    }
}
