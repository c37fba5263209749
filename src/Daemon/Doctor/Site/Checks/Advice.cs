namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>What gives a user rights in Slurm, for several checks.</summary>
internal static class Advice
{
    /// <summary>Others' jobs, and reservations.</summary>
    public static string Operator(string user) => $"with slurmdbd: sacctmgr add user {user} account=ACCOUNT adminlevel=Operator; without it SlurmUser and root alone have rights";

    /// <summary>That, and nodes: slurmctld asks for the higher level where a node is updated.</summary>
    public static string Administrator(string user) => $"with slurmdbd: sacctmgr modify user {user} set adminlevel=Administrator; without it SlurmUser and root alone have rights: run the controller as SlurmUser";
}
