using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Topology;

namespace Forewarn.Daemon.Recovery;

/// <summary>What the loop that acts is put together of; made where the scheduler is known by name.</summary>
/// <param name="Scheduler">Whose work it is.</param>
/// <param name="Options">How far it may go.</param>
/// <param name="Topology">How the nodes are wired.</param>
/// <param name="ReadCheckpoint">Looks for a job's newest complete checkpoint.</param>
/// <param name="Repairs">Runs the site's own repairs; null where there are none.</param>
internal sealed record RecoveryParts(
    IScheduler Scheduler, RecoveryOptions Options, TopologyWatch Topology, Func<ClusterJob, CancellationToken, Task<CheckpointReading>> ReadCheckpoint,
    RepairCommands? Repairs = null);
