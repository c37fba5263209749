namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether slurm.conf is read and slurmctld answers.</summary>
internal static class SlurmConfigurationCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "slurm.conf", static facts => facts.Slurm is { } slurm ? Judge(slurm, facts.As.Name) : []);

    private static IEnumerable<Finding> Judge(SlurmSeen slurm, string user)
    {
        if (slurm.SettingsTrouble.Length > 0)
        {
            yield return Finding.Problem($"scontrol show config: {slurm.SettingsTrouble}", "scontrol ping, as that user; where slurm.conf is elsewhere: systemctl edit forewarn-controller, Environment=SLURM_CONF=");
        }
        else if (slurm.Settings is { } settings)
        {
            var (file, cluster) = (settings["SLURM_CONF"], settings["ClusterName"]);
            if (slurm.IsFileReadable == false) yield return Finding.Problem($"{file}: {user} cannot read it", $"chmod a+r {file}, and its folder: every user's squeue needs it as well");
            else yield return Finding.Ok($"{file}, cluster {cluster}");
        }
    }
}
