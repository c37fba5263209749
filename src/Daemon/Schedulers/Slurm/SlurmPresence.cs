using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>Whether this node belongs to a Slurm. Its programs alone say little: without a configuration they ask the site's name servers for one.</summary>
internal static class SlurmPresence
{
    // slurm.conf(5) and the prefixes that builds use; below /run lies what slurmd was handed where it has no file of its own ("configless").
    private static readonly string[] Places =
    [
        "/etc/slurm/slurm.conf", "/etc/slurm-llnl/slurm.conf", "/run/slurm/conf/slurm.conf", "/usr/local/etc/slurm.conf", "/usr/local/etc/slurm/slurm.conf",
    ];

    /// <summary>True where somebody has said where Slurm is, or its configuration lies in a usual place.</summary>
    public static bool IsThere(SlurmOptions options) => IsThere(options, Environment.GetEnvironmentVariable("SLURM_CONF"), File.Exists);

    /// <summary>The same, for whom the surroundings are given.</summary>
    public static bool IsThere(SlurmOptions options, string? configuration, Func<string, bool> exists)
        => options.Programs.Length > 0 || !string.IsNullOrEmpty(configuration) || Places.Any(exists);
}
