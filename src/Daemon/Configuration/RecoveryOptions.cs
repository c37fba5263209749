using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;

namespace Forewarn.Daemon.Configuration;

/// <summary>[Recovery], checked.</summary>
internal sealed record RecoveryOptions
{
    /// <summary>Whose work is looked after.</summary>
    public SchedulerKind Scheduler { get; init; }

    /// <summary>How often the scheduler is read while nothing is under way.</summary>
    public TimeSpan LookEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What jobs may declare.</summary>
    public ContractBounds Bounds { get; init; } = new();

    /// <summary>How far it may go, and how long things take.</summary>
    public CoordinationSettings Coordination { get; init; } = new();

    /// <summary>The audit log's file; empty for the usual one in the state directory.</summary>
    public string AuditFile { get; init; } = "";

    /// <summary>At which size it is put aside; 0 for never.</summary>
    public long AuditBytes { get; init; }

    /// <summary>How long the journal keeps what is over; zero for ever.</summary>
    public TimeSpan JournalKeep { get; init; }

    /// <summary>How far jobs may speak for themselves.</summary>
    internal static ContractBounds BoundsFrom(SettingValues values) => new()
    {
        Folders = values.Get(RecoverySettings.Folders),
        LongestPause = values.Get(RecoverySettings.LongestPause),
        LongestInterval = values.Get(RecoverySettings.LongestInterval),
        LongestCheckpoint = values.Get(RecoverySettings.LongestCheckpoint),
        LongestLoad = values.Get(RecoverySettings.LongestLoad),
        MostRestarts = values.Get(RecoverySettings.MostRestarts),
    };

    internal static RecoveryOptions From(SettingValues values, IReadOnlyList<SiteContract>? contracts = null) => new()
    {
        Scheduler = values.Get(RecoverySettings.Scheduler),
        LookEvery = values.Get(RecoverySettings.LookEvery),
        AuditFile = values.Get(RecoverySettings.AuditFile),
        AuditBytes = values.Get(RecoverySettings.AuditSize),
        JournalKeep = values.Get(RecoverySettings.JournalKeep),
        Bounds = BoundsFrom(values) with { Site = contracts is { Count: > 0 } ? [.. contracts] : [] },
        Coordination = new()
        {
            Guards = new()
            {
                Mode = values.Get(RecoverySettings.Mode),
                Modes = values.Get(RecoverySettings.Modes),
                MaxDrainedShare = values.Get(RecoverySettings.MaxDrainedShare),
                MaxDrainedShareOfDomain = values.Get(RecoverySettings.MaxDrainedShareOfDomain),
                AlwaysDrainable = values.Get(RecoverySettings.AlwaysDrainable),
                RestartsPerDay = values.Get(RecoverySettings.RestartsPerDay),
                RepairMode = values.Get(RepairKeys.Mode),
                RepairsPerWeek = values.Get(RepairKeys.PerWeek),
                DrainsPerWindow = values.Get(RecoverySettings.DrainsPerWindow),
                RateWindow = values.Get(RecoverySettings.RateWindow),
                FreshSight = values.Get(RecoverySettings.FreshSight),
            },
            Steps = new()
            {
                Securing = values.Get(RecoverySettings.SecuringTime),
                Checkpoint = values.Get(RecoverySettings.CheckpointTime),
                Stopping = values.Get(RecoverySettings.StoppingTime),
                Starting = values.Get(RecoverySettings.StartingTime),
                Progress = values.Get(RecoverySettings.ProgressTime),
                Hold = values.Get(RecoverySettings.HoldTime),
                Attempts = values.Get(RecoverySettings.Attempts),
            },
            Repair = new()
            {
                Command = values.Get(RepairKeys.Command),
                Validation = values.Get(RepairKeys.Validation),
                User = values.Get(RepairKeys.User) is { Length: > 0 } user ? user : Environment.UserName,
                Partition = values.Get(RepairKeys.Partition),
                Repair = values.Get(RepairKeys.RepairTime),
                Proving = values.Get(RepairKeys.ProvingTime),
                Validate = values.Get(RepairKeys.ValidationTime),
                Probation = values.Get(RepairKeys.ProbationTime),
            },
            GoneAfter = values.Get(RepairKeys.GoneAfter),
            Times = new()
            {
                Checkpoint = values.Get(RecoverySettings.CheckpointCost),
                Stop = values.Get(RecoverySettings.StopCost),
                Load = values.Get(RecoverySettings.LoadCost),
                Requeue = values.Get(RecoverySettings.RequeueDelay),
            },
            Policy = values.Get(RecoverySettings.Policy),
            RetryAfter = values.Get(RecoverySettings.RetryAfter),
            TellsOwners = values.Get(RecoverySettings.TellOwners),
        },
    };
}
