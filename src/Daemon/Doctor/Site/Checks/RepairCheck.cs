namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether a drained node can be rebooted and proven, where that is to be done.</summary>
internal static class RepairCheck
{
    public static readonly SiteCheck Check = new(Themes.Slurm, "repair", static facts => facts.Slurm is { Settings: not null } slurm ? Judge(facts, slurm) : []);

    private static IEnumerable<Finding> Judge(SiteFacts facts, SlurmSeen slurm)
    {
        var repair = facts.Recovery.Coordination.Repair;
        foreach (var file in facts.Files.Where(static file => file.Kind is SiteFileKind.Program or SiteFileKind.Script)) yield return Judge(file, facts.As.Name);
        if (!facts.IsToRepair)
        {
            yield return Finding.Note("repairs are only observed: drained nodes wait for people", "[Recovery] RepairMode=approve; docs/moving-work.md");
            yield break;
        }

        if (repair.Command.Length == 0 && slurm.Settings!["RebootProgram"].Length == 0)
            yield return Finding.Problem("RebootProgram is not set, and scontrol reboot does nothing without it", "RebootProgram= of slurm.conf, or [Recovery] RepairCommand=");
        else if (repair.Command.Length == 0)
            yield return Finding.Ok($"scontrol reboot runs {slurm.Settings!["RebootProgram"]}");
        if (repair.Validation.Length == 0)
            yield return Finding.Note("ValidationCommand is not set: nodes that are repaired wait for people to return them", "[Recovery] ValidationCommand=");
        else if (facts.Controller.Process is { Uid: not 0 } && facts.As.IsTheControllers && repair.User != facts.As.Name && repair.User != Environment.UserName)
            yield return Finding.Problem($"ValidationUser={repair.User}: the controller runs as {facts.As.Name}, and root alone can submit as somebody else", "leave ValidationUser empty");
    }

    private static Finding Judge(SiteFile file, string user) => file switch
    {
        { IsThere: false, IsUsable: false } => Finding.Problem($"{file.Setting}={file.Path} is not there", "put it there, or leave the setting empty"),
        { IsUsable: false, Kind: SiteFileKind.Program } => Finding.Problem($"{file.Setting}={file.Path}: {user} cannot run it", $"chmod a+x {file.Path}"),
        { IsUsable: false } => Finding.Problem($"{file.Setting}={file.Path}: {user} cannot read it", $"chmod a+r {file.Path}"),
        { Trouble.Length: > 0 } => Finding.Problem($"{file.Setting}={file.Path}: {file.Trouble}", "#!/bin/sh in its first line"),
        _ => Finding.Ok($"{file.Setting}={file.Path}: {user} can {(file.Kind == SiteFileKind.Program ? "run" : "submit")} it"),
    };
}
