using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Checkpoints;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Processes;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Topology;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Roles;

/// <summary>The schedulers that this program knows; the one that the configuration names is made.</summary>
internal static class SchedulerRegistry
{
    // Own figure: a job takes 3,000 characters and a node 1,500 in 22.05, so as much as 80,000 jobs.
    public const int MostAnswer = 256 << 20;

    /// <summary>Reads Slurm, and is asked for nothing else.</summary>
    public static IScheduler Reader(ICommandRunner commands, RecoveryOptions options, TimeProvider time) => new SlurmScheduler(commands, options.Bounds, time);

    /// <summary>Null where nobody's work is looked after.</summary>
    public static RecoveryParts? Create(ForewarnOptions options, ILoggerFactory loggers, TimeProvider time)
    {
        var logger = loggers.CreateLogger("forewarn.recovery");
        var reader = new CheckpointReader(new CheckpointExamination(ProgramFile.Find(), time), time, logger);
        switch (options.Recovery.Scheduler)
        {
            case SchedulerKind.Slurm:
                var commands = new CommandRunner(time, options.Slurm.Programs.Length > 0 ? options.Slurm.Programs : null, MostAnswer);
                var repairs = new RepairCommands(new CommandRunner(time), logger);
                return new(
                    new SlurmScheduler(commands, options.Recovery.Bounds, time, repairs.Begin), options.Recovery,
                    new TopologyWatch(options.Topology, options.Topology.Slurm ? new SlurmWiring(commands).AskAsync : null, time, logger), reader.ReadAsync, repairs);
            default:
                return null;
        }
    }
}
