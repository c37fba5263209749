using System.Globalization;

namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Slurm's programs: there, of one version with slurmctld, and not older than what is understood.</summary>
internal static class SlurmProgramCheck
{
    // squeue and sinfo answer in JSON from 21.08 on (its release notes).
    private static readonly (int Year, int Month) Oldest = (21, 8);

    public static readonly SiteCheck Check = new(Themes.Slurm, "programs", static facts => facts.Slurm is { } slurm ? Judge(slurm, facts) : []);

    private static IEnumerable<Finding> Judge(SlurmSeen slurm, SiteFacts facts)
    {
        foreach (var program in slurm.Programs.Where(static program => program.Version.Length == 0))
        {
            var text = $"{program.Name}: {program.Trouble}";
            const string todo = "the package with Slurm's commands (Debian: slurm-client), or [Slurm] Programs= their folder";
            // To look, three of them are needed; the others to act.
            yield return program.Name is "sinfo" or "squeue" or "scontrol" || facts.IsToAct ? Finding.Problem(text, todo) : Finding.Note(text, todo);
        }

        var versions = slurm.Programs.Select(static program => program.Version).Where(static version => version.Length > 0).Distinct().ToArray();
        if (versions.Length == 0) yield break;
        var server = slurm.Settings?["SLURM_VERSION"] ?? "";
        if (versions.Any(static version => Number(version) is { } number && number.CompareTo(Oldest) < 0))
            yield return Finding.Problem($"{versions[0]}: its commands do not answer in JSON", "Slurm 21.08 or later");
        else if (versions.Length > 1 || (server.Length > 0 && versions[0] != server))
            yield return Finding.Warning($"of version {string.Join(" and ", versions)}, and slurmctld of {(server.Length > 0 ? server : "none that is known")}", "install those of slurmctld's version on this machine");
        else
            yield return Finding.Ok($"{string.Join(", ", slurm.Programs.Where(static program => program.Version.Length > 0).Select(static program => program.Name))}: {versions[0]}{(server.Length > 0 ? ", as slurmctld" : "")}");
    }

    private static (int Year, int Month)? Number(string version)
        => version.Split('.') is [var year, var month, ..] && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(month, NumberStyles.None, CultureInfo.InvariantCulture, out var second) ? (first, second) : null;
}
