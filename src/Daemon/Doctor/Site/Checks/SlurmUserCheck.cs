namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>As whom Slurm was asked: what it lets one user do, it may not let another.</summary>
internal static class SlurmUserCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "asked as", Judge);

    private static IEnumerable<Finding> Judge(SiteFacts facts)
    {
        if (facts.Slurm is null)
        {
            yield return Finding.Note("[Recovery] Scheduler=none: nothing is read of a scheduler, decided or done", "[Recovery] Scheduler=slurm to observe; docs/moving-work.md");
            yield break;
        }

        yield return facts.As.Missing.Length > 0
            ? Finding.Warning($"{facts.As.Name}: no controller runs, and there is no user {facts.As.Missing}; what is said below is of {facts.As.Name}", "start the controller, or install the package, which makes the user, and ask again")
            : facts.As.IsTheControllers
            ? Finding.Ok($"{facts.As.Name}, as whom the controller runs")
            : Finding.Note($"{facts.As.Name}: the controller runs as another user, and what is said below is of {facts.As.Name}", "sudo forewarn doctor --controller asks as the controller's user");
    }
}
