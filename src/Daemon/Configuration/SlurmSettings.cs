namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Slurm]; read by <c>forewarn check --slurm</c> each time that it runs, and by the agent, for maintenance, when it starts.</summary>
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
        "Address of the controller that decides for the cluster; where there is one, forewarn check --slurm drains nothing. none: nobody else decides, though the node reports to a controller.")
    {
        ComputedDefault = "Url of [Reports]",
    };

    public static readonly Setting<string> Programs = new(
        "Programs", SettingTypes.OptionalPath, "", "The folder of sinfo and scontrol. Empty: PATH leads to them.");

    public static readonly Setting<bool> Maintenance = new(
        "Maintenance", SettingTypes.Boolean, true,
        "Take the node into maintenance while Slurm has it in a MAINT reservation or is about to reboot it. Where there is no slurm.conf, SLURM_CONF or Programs, nothing is asked.");

    // Own figure: of 10,000 nodes the controller then gets some 33 questions a second, each about one node.
    public static readonly Setting<TimeSpan> MaintenanceEvery = new(
        "MaintenanceEvery", SettingTypes.Duration(TimeSpan.FromSeconds(1), TimeSpan.FromHours(1)), TimeSpan.FromMinutes(5),
        "How often that is asked; at once also when a device, or the node, gets worse.");

    public static readonly SettingSection Section = new(
        "Slurm", "What forewarn check --slurm, as HealthCheckProgram or in a prolog, may do, and what the agent takes from Slurm.",
        [Mode, MaxDrainedShare, Controller, Programs, Maintenance, MaintenanceEvery]);
}
