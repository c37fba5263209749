namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether jobs can be started anew, and are remembered long enough for it.</summary>
internal static class SlurmRequeueCheck
{
    // A job that ends when it is asked is held within two looks and the 30 s in which its checkpoint is awaited (docs/moving-work.md).
    private const int LeastAge = 60;

    public static readonly SiteCheck Check = new(Themes.Slurm, "requeue", static facts => facts.Slurm?.Settings is { } settings ? Judge(settings["JobRequeue"], settings.Number("MinJobAge")) : []);

    private static IEnumerable<Finding> Judge(string requeue, long? age)
    {
        if (requeue == "0")
            yield return Finding.Warning("JobRequeue=0: only jobs that ask for it themselves (sbatch --requeue) can be moved", "JobRequeue=1");
        else
            yield return Finding.Ok("JobRequeue=1: batch jobs can be moved, unless they say --no-requeue");
        if (age < LeastAge)
            yield return Finding.Warning($"MinJobAge={age}: a job that ends when it is asked for a checkpoint, or of its card, may be forgotten before it is started anew", "MinJobAge=300, Slurm's own default");
    }
}
