namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>What Slurm lets the controller do. Where it only observes, it needs none of it.</summary>
internal static class SlurmRightCheck
{
    public static readonly SiteCheck Nodes = Of("drain nodes", static slurm => slurm.Nodes, Advice.Administrator, "an update of a node that is not there was refused for that alone");

    public static readonly SiteCheck Reservations = Of("reservations", static slurm => slurm.Reservations, Advice.Operator, "deleting one that is not there was refused for that alone");

    // Of a job that is not there Slurm says so before it looks at rights, so this one is concluded.
    public static readonly SiteCheck Jobs = Of("others' jobs", static slurm => slurm.Reservations, Advice.Operator, "Slurm asks for the same level to hold, requeue and signal them as for reservations");

    private static SiteCheck Of(string name, Func<SlurmSeen, SlurmRight> right, Func<string, string> advice, string proof)
        => new(Themes.Slurm, name, facts => facts.Slurm is { Settings: not null } slurm ? [Judge(right(slurm), slurm, facts, advice, proof)] : []);

    private static Finding Judge(SlurmRight right, SlurmSeen slurm, SiteFacts facts, Func<string, string> advice, string proof)
    {
        var user = facts.As.Name;
        var level = slurm.AdminLevel is { } told ? $" (AdminLevel {told})" : $" (SlurmUser is {slurm.Settings!["SlurmUser"]})";
        switch (right.IsGiven)
        {
            case true: return Finding.Ok($"{user} may{level}: {proof}");
            case false when facts.IsToAct: return Finding.Problem($"{user} may not{level}: {right.Words}", advice(user));
            case false: return Finding.Note($"{user} may not{level}, and need not while all is only observed", advice(user));
            default: return Finding.Warning($"whether {user} may was not found out: {right.Words}", "scontrol, as that user, on a node that you can spare");
        }
    }
}
