namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether nodes, jobs and reservations are answered and understood, as the controller reads them.</summary>
internal static class SlurmReadingCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "answers", static facts => facts.Slurm is { Settings: not null } slurm ? [Judge(slurm)] : []);

    private static Finding Judge(SlurmSeen slurm) => slurm.ReadingTrouble.Length > 0
        ? Finding.Problem($"sinfo, squeue and scontrol: {slurm.ReadingTrouble}", "what the controller cannot read whole it does not act on; is its version one that docs/moving-work.md names?")
        : slurm.NodeCount == 0
            ? Finding.Problem("sinfo tells of no node", "PrivateData below, or AllowGroups= of the partitions")
            : Finding.Ok($"{slurm.NodeCount} nodes and {slurm.JobCount} jobs were read and understood");
}
