namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether anybody tells how the nodes are wired.</summary>
internal static class SlurmTopologyCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "topology", static facts => facts.Slurm is { Settings: { } settings } slurm ? [Judge(facts, slurm, settings["TopologyPlugin"])] : []);

    private static Finding Judge(SiteFacts facts, SlurmSeen slurm, string plugin)
    {
        var told = (string[])[facts.Topology.SiteFile, facts.Topology.FabricListing];
        var others = string.Join(", ", told.Where(static file => file.Length > 0));
        if (facts.Topology.Slurm && slurm.WiringTrouble.Length > 0) return Finding.Warning(slurm.WiringTrouble, "[Topology] Slurm=no where it shall not be asked");
        if (facts.Topology.Slurm && slurm.WiredNodes > 0) return Finding.Ok($"{plugin} places {slurm.WiredNodes} nodes{(others.Length > 0 ? $"; and {others}" : "")}");
        return others.Length > 0
            ? Finding.Ok($"{others}; Slurm ({plugin}) tells nothing")
            : Finding.Warning($"nobody tells how nodes are wired (TopologyPlugin={plugin}): every node counts as equally near, and no trouble as one of a switch", "topology.conf, or [Topology] SiteFile=; docs/topology.md");
    }
}
