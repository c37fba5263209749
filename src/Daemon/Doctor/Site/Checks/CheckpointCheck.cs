namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether the controller can read the checkpoints of jobs, as the jobs' users.</summary>
internal static class CheckpointCheck
{
    public static readonly SiteCheck Check = new(Themes.Jobs, "checkpoints", static facts => facts.Slurm is null ? [] : Judge(facts));

    private static IEnumerable<Finding> Judge(SiteFacts facts)
    {
        const string todo = "ln -s /usr/lib/forewarn/checkpoints.conf /etc/systemd/system/forewarn-controller.service.d/; the file says what that costs";
        if (facts.Controller.Process is not { } process)
            yield return Finding.Note("whether it can read them as a job's user is not known while it does not run, or is hidden from you", "sudo forewarn doctor --controller, once it runs");
        else if (process is { Uid: 0 } or { CanBecomeOthers: true })
            yield return Finding.Ok("read as a job's user: the controller may become others");
        else if (facts.IsToAct)
            yield return Finding.Warning("the controller cannot become a job's user and sees no checkpoint: a job that was asked for one goes on from its last when its time is over", todo);
        else
            yield return Finding.Note("the controller cannot become a job's user and sees no checkpoint", todo);

        foreach (var folder in facts.Folders)
        {
            if (folder.IsSeen == false && folder.IsThere)
                yield return Finding.Warning($"[Recovery] CheckpointFolders: {folder.Path} is hidden from the controller by its unit", "ProtectHome=read-only in a drop-in, as in /usr/lib/forewarn/checkpoints.conf");
            else if (!folder.IsThere && folder.IsSeen != true)
                yield return Finding.Warning($"[Recovery] CheckpointFolders: {folder.Path} is not here", "mount it on the controller's machine as well");
            else
                yield return Finding.Ok($"{folder.Path} is here");
        }
    }
}
