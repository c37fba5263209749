using System.CommandLine;
using System.CommandLine.Help;

namespace Forewarn.Daemon.Cli;

/// <summary>The list of commands.</summary>
internal static class RootCommandFactory
{
    public static RootCommand Create(CommandSurroundings surroundings)
    {
        var root = new RootCommand("Forewarn watches the accelerators of this node.")
        {
            AgentCommand.Create(surroundings),
            StatusCommand.Create(surroundings),
            DevicesCommand.Create(surroundings),
            ExplainCommand.Create(surroundings),
            CheckCommand.Create(surroundings),
            TopCommand.Create(surroundings),
            EventsCommand.Create(surroundings),
            ReportCommand.Create(surroundings),
            DoctorCommand.Create(surroundings),
            OperationCommands.Release(surroundings),
            OperationCommands.Resume(surroundings),
            ClearCommand.Create(surroundings),
            MaintenanceCommand.Create(surroundings),
            CheckpointCommands.Create(surroundings),
            ControllerCommand.Create(surroundings),
            FleetCommands.Create(surroundings),
            ReplayCommand.Create(surroundings),
            RecordCommand.Create(surroundings),
            ConfigCommands.Create(surroundings),
            SimulateCommands.Create(surroundings),
        };
        root.Directives.Clear(); // [diagram] and [suggest] are for those who debug a parser.
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExitCodes((HelpAction)help.Action!);
        return root;
    }
}
