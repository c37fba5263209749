using System.Collections.Immutable;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Placement;
using Forewarn.Controller.Recovery;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Recovery]: whose work the controller looks after, how far it may go, and how long things take. The defaults stand with who uses them.</summary>
internal static class RecoverySettings
{
    private static readonly GuardSettings Guards = new();
    private static readonly ContractBounds Bounds = new();
    private static readonly RecoveryTimes Steps = new();
    private static readonly SiteTimes Site = new();
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    // On first install nothing is done to a cluster that somebody has not asked for.
    public static readonly Setting<SchedulerKind> Scheduler = new(
        "Scheduler", SettingTypes.Choice(("none", SchedulerKind.None), ("slurm", SchedulerKind.Slurm)), SchedulerKind.None,
        "Whose work the controller looks after. none: nothing is read, decided or done.");

    public static readonly Setting<ActionMode> Mode = new(
        "Mode", PartitionModes.Mode, ActionMode.Observe, "observe: decided and recorded; approve: done once a person approved; auto: done.");

    public static readonly Setting<ImmutableDictionary<string, ActionMode>> Modes = new(
        "PartitionModes", PartitionModes.Type, ImmutableDictionary<string, ActionMode>.Empty, "Modes of single partitions, such as train:auto debug:approve.");

    public static readonly Setting<PlacementPolicy> Policy = new(
        "Policy", SettingTypes.Choice<PlacementPolicy>([.. PlacementPolicies.All.Select(static policy => (policy.Name, policy))]), PlacementPolicies.Default,
        "By which new nodes are chosen; docs/placement.md.");

    // 1 s: a full reading takes a large site's scheduler about so long. 5 min: a node that died unheard would wait for longer.
    public static readonly Setting<TimeSpan> LookEvery = new(
        "LookEvery", SettingTypes.Duration(Second, TimeSpan.FromMinutes(5)), TimeSpan.FromSeconds(30), "How often the scheduler is read while nothing is under way.");

    public static readonly Setting<double> MaxDrainedShare = new(
        "MaxDrainedShare", SettingTypes.Number(0, 1), Guards.MaxDrainedShare, "Greatest share of a partition that may be out of service, whoever took it out.");

    public static readonly Setting<double> MaxDrainedShareOfDomain = new(
        "MaxDrainedShareOfDomain", SettingTypes.Number(0, 1), Guards.MaxDrainedShareOfDomain, "The same of a leaf or scale-up domain; one node of it may always go.");

    public static readonly Setting<int> AlwaysDrainable = new(
        "AlwaysDrainable", SettingTypes.Count(0, 1000), Guards.AlwaysDrainable, "Nodes of a partition that may be drained whatever their share.");

    public static readonly Setting<int> RestartsPerDay = new(
        "RestartsPerDay", SettingTypes.Count(0, 100), Guards.RestartsPerDay, "How often one job is started anew by us in a day, where its owner declares nothing.");

    public static readonly Setting<int> DrainsPerWindow = new(
        "DrainsPerWindow", SettingTypes.Count(1, 10_000), Guards.DrainsPerWindow, "How many drains may be begun within RateWindow.");

    public static readonly Setting<TimeSpan> RateWindow = new(
        "RateWindow", SettingTypes.Duration(Second, Day), Guards.RateWindow, "The time of DrainsPerWindow.");

    public static readonly Setting<TimeSpan> FreshSight = new(
        "FreshSight", SettingTypes.Duration(Second, Hour), Guards.FreshSight, "How old a reading of the scheduler may be to act on it.");

    public static readonly Setting<ImmutableArray<string>> Folders = new(
        "CheckpointFolders", SettingTypes.Paths, ImmutableArray<string>.Empty, "Folders beneath which the dir of a job must lie, apart by blanks. Empty: any.");

    public static readonly Setting<TimeSpan> LongestPause = new(
        "LongestPause", SettingTypes.Duration(Second, Day), Bounds.LongestPause, "The longest pause after a checkpoint that a job may declare.");

    public static readonly Setting<TimeSpan> LongestInterval = new(
        "LongestInterval", SettingTypes.Duration(Second, 30 * Day), Bounds.LongestInterval, "The longest time between regular checkpoints that a job may declare.");

    public static readonly Setting<TimeSpan> LongestCheckpoint = new(
        "LongestCheckpoint", SettingTypes.Duration(Second, Day), Bounds.LongestCheckpoint, "The longest time for one checkpoint that a job may declare.");

    public static readonly Setting<TimeSpan> LongestLoad = new(
        "LongestLoad", SettingTypes.Duration(Second, Day), Bounds.LongestLoad, "The longest time from start to computing that a job may declare.");

    public static readonly Setting<int> MostRestarts = new(
        "MostRestarts", SettingTypes.Count(0, 1000), Bounds.MostRestarts, "The most restarts in a day that a job may declare.");

    public static readonly Setting<TimeSpan> SecuringTime = new(
        "SecuringTime", SettingTypes.Duration(Second, Hour), Steps.Securing, "How long draining the bad nodes and holding the new ones may take.");

    public static readonly Setting<TimeSpan> CheckpointTime = new(
        "CheckpointTime", SettingTypes.Duration(Second, Day), Steps.Checkpoint, "How long a checkpoint is waited for, where its owner declared no cost.");

    public static readonly Setting<TimeSpan> StoppingTime = new(
        "StoppingTime", SettingTypes.Duration(Second, Hour), Steps.Stopping, "How long a job may take to leave its nodes.");

    public static readonly Setting<TimeSpan> StartingTime = new(
        "StartingTime", SettingTypes.Duration(Second, Hour), Steps.Starting, "How long a job that was let go may take to run.");

    public static readonly Setting<TimeSpan> ProgressTime = new(
        "ProgressTime", SettingTypes.Duration(Second, Day), Steps.Progress, "How long a job must run, if it writes no checkpoint sooner, to count as getting on.");

    public static readonly Setting<TimeSpan> HoldTime = new(
        "HoldTime", SettingTypes.Duration(TimeSpan.FromMinutes(1), Day), Steps.Hold, "How long new nodes are held should the controller never come back.");

    public static readonly Setting<int> Attempts = new(
        "Attempts", SettingTypes.Count(1, 100), Steps.Attempts, "How many placements are tried in one move.");

    public static readonly Setting<TimeSpan> RetryAfter = new(
        "RetryAfter", SettingTypes.Duration(Second, Day), new CoordinationSettings().RetryAfter, "How long a job is left alone after a move that came to nothing.");

    public static readonly Setting<TimeSpan> CheckpointCost = new(
        "CheckpointCost", SettingTypes.Duration(Second, Day), Site.Checkpoint, "How long a checkpoint holds up a job here, where it declares nothing.");

    public static readonly Setting<TimeSpan> StopCost = new(
        "StopCost", SettingTypes.Duration(Second, Day), Site.Stop, "How long it takes here from the order to move until the job's processes start.");

    public static readonly Setting<TimeSpan> LoadCost = new(
        "LoadCost", SettingTypes.Duration(Second, Day), Site.Load, "How long it takes here from the start of the processes until the job computes, where it declares nothing.");

    public static readonly Setting<TimeSpan> RequeueDelay = new(
        "RequeueDelay", SettingTypes.Duration(Second, Day), Site.Requeue, "How much later a job starts that its scheduler requeues by itself.");

    public static readonly Setting<bool> TellOwners = new(
        "TellOwners", SettingTypes.Boolean, true, "Write into a job's AdminComment what was done for it, in brackets; what others wrote there stays.");

    public static readonly Setting<string> AuditFile = new(
        "AuditFile", SettingTypes.OptionalPath, "", "Where each command to the scheduler and each order of a person is written, a line of JSON each. Empty: audit.jsonl in StateDir of [Fleet].");

    // Own figure: some 200,000 lines, years of most sites.
    public static readonly Setting<long> AuditSize = new(
        "AuditSize", SettingTypes.Bytes, 64L << 20, "At this size the audit file is put aside as .1, the one before as .2, up to .4. 0: never, where logrotate does it.");

    // Own figure: a year's reports are written a year later. Less than 8 d would forget what the guards of a week count.
    public static readonly Setting<TimeSpan> JournalKeep = new(
        "JournalKeep", SettingTypes.Duration(TimeSpan.FromDays(8), TimeSpan.FromDays(36500)), TimeSpan.FromDays(400),
        "How long the journal keeps a trouble that is over, with all that was done about it.");

    public static readonly SettingSection Section = new(
        "Recovery", "What the controller does with the work on nodes that are about to fail, or have; docs/moving-work.md.",
        [
            Scheduler, Mode, Modes, Policy, LookEvery, MaxDrainedShare, MaxDrainedShareOfDomain, AlwaysDrainable, RestartsPerDay, DrainsPerWindow, RateWindow, FreshSight,
            Folders, LongestPause, LongestInterval, LongestCheckpoint, LongestLoad, MostRestarts, SecuringTime, CheckpointTime, StoppingTime, StartingTime, ProgressTime,
            HoldTime, Attempts, RetryAfter, CheckpointCost, StopCost, LoadCost, RequeueDelay, TellOwners, AuditFile, AuditSize, JournalKeep, .. RepairKeys.All,
        ]);
}
