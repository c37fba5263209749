namespace Forewarn.Daemon.Configuration;

/// <summary>Whose work the controller looks after.</summary>
internal enum SchedulerKind
{
    /// <summary>Nobody's: it takes reports and shows them.</summary>
    None,

    /// <summary>Slurm's.</summary>
    Slurm,
}
