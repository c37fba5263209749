namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Slurm]; read by <c>forewarn check --slurm</c> each time that it runs, not by the agent.</summary>
internal static class SlurmSettings
{
    // On first install nothing is done to a cluster that somebody has not asked for.
    public static readonly Setting<SlurmMode> Mode = new(
        "Mode", SettingTypes.Choice(("observe", SlurmMode.Observe), ("auto", SlurmMode.Auto)), SlurmMode.Observe,
        "observe: forewarn check --slurm only says what it would do; auto: it drains this node.");

    // Own figure: on 40 nodes four may be away at once; a fault that strikes a tenth of a partition within a day is the site's, not a node's.
    public static readonly Setting<double> MaxDrainedShare = new(
        "MaxDrainedShare", SettingTypes.Number(0, 1), 0.1,
        "auto: no node is drained where, with it, more than this share of a partition of its would be out of service. 0.1 of fewer than ten nodes is none.");

    public static readonly Setting<string> Controller = new(
        "Controller", SettingTypes.OptionalText, "",
        "Address of the controller that decides for the cluster. Where one is named, forewarn check --slurm drains nothing.");

    public static readonly SettingSection Section = new(
        "Slurm", "What forewarn check --slurm, as HealthCheckProgram or in a prolog, may do.", [Mode, MaxDrainedShare, Controller]);
}
