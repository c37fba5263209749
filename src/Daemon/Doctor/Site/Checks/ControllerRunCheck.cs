using Forewarn.Daemon.Cli;

namespace Forewarn.Daemon.Doctor.Site.Checks;

/// <summary>Whether the controller runs, as what was installed, and says that all is well.</summary>
internal static class ControllerRunCheck
{
    public static readonly SiteCheck Check = new(Themes.Controller, "controller", Judge);

    private static IEnumerable<Finding> Judge(SiteFacts facts)
    {
        var (socket, status, trouble, process) = facts.Controller;
        if (status is null)
        {
            yield return Finding.Problem(trouble ?? $"nothing answers at {socket}", "systemctl status forewarn-controller; journalctl -u forewarn-controller has why");
            yield break;
        }

        var who = process is null ? "" : $", pid {process.Pid}";
        yield return Finding.Ok($"answers at {socket}{who}, as long as {Quantity.Duration(facts.Now - status.Started)}; {status.NodeCount} nodes report, {status.SilentCount} of them are silent");
        if (status.Version != facts.Version) yield return Finding.Warning($"it is {status.Version}, and this program is {facts.Version}", "systemctl restart forewarn-controller");
        if (status.StoreTrouble is { } store) yield return Finding.Problem($"its store refuses: {store}", "docs/fleet.md, On the disk");
        if (status.Work is null && facts.Slurm is not null)
            yield return Finding.Warning("[Recovery] Scheduler is set, and it looks after nobody's work", "it was started with another configuration: systemctl restart forewarn-controller");
        if (status.Work?.Trouble is { } stands) yield return Finding.Problem($"nothing is done: {stands}", "what Slurm lets it do stands below");
        if (status.Work?.AuditTrouble is { } audit) yield return Finding.Warning($"the audit log loses lines: {audit}", "room for, and rights to, [Recovery] AuditFile");
    }
}
