namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Topology]: who tells the controller how the nodes are wired.</summary>
internal static class TopologySettings
{
    public static readonly Setting<bool> Slurm = new(
        "Slurm", SettingTypes.Boolean, true, "Whether \"scontrol show topology\" is asked, where Scheduler=slurm in [Recovery].");

    public static readonly Setting<string> SiteFile = new(
        "SiteFile", SettingTypes.OptionalPath, "", "The file of the site, which overrules all others; docs/topology.md. Empty: none.");

    public static readonly Setting<string> FabricListing = new(
        "FabricListing", SettingTypes.OptionalPath, "", "A file with the output of ibnetdiscover. Empty: none.");

    // 10 s: a tree of a large site is some hundred KB. 1 d: whoever rewires tells the controller by a restart.
    public static readonly Setting<TimeSpan> RefreshEvery = new(
        "RefreshEvery", SettingTypes.Duration(TimeSpan.FromSeconds(10), TimeSpan.FromDays(1)), TimeSpan.FromMinutes(5),
        "How often the scheduler is asked for it; files are read when they were changed.");

    public static readonly SettingSection Section = new(
        "Topology", "Who tells the controller how the nodes are wired; docs/topology.md.", [Slurm, SiteFile, FabricListing, RefreshEvery]);
}
