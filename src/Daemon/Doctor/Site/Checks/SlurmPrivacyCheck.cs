namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>PrivateData of slurm.conf(5) hides what is others' from who is no operator: a job that is not seen is not moved, and its node seems to be free.</summary>
internal static class SlurmPrivacyCheck
{
    private static readonly string[] Needed = ["jobs", "nodes", "reservations"];

    public static readonly SiteCheck Check = new(Themes.Slurm, "private data", static facts => facts.Slurm is { Settings: not null } slurm ? [Judge(slurm, facts.As.Name)] : []);

    private static Finding Judge(SlurmSeen slurm, string user)
    {
        var hidden = slurm.Settings!.Words("PrivateData").Intersect(Needed).ToArray();
        if (hidden.Length == 0) return Finding.Ok("PrivateData hides no jobs, nodes or reservations");
        var text = $"PrivateData hides {string.Join(", ", hidden)} of others";
        return slurm.Reservations.IsGiven switch
        {
            true => Finding.Ok($"{text}, not from {user}"),
            false => Finding.Problem($"{text} from {user}", Advice.Operator(user)),
            null => Finding.Warning($"{text}, and whether {user} sees them is not known", Advice.Operator(user)),
        };
    }
}
