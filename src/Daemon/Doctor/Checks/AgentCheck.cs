using Forewarn.Daemon.Api;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the agent answers, is ready, is of this program's version, and who runs it.</summary>
internal static class AgentCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "agent", patient => Judge(patient.Agent, patient.Version));

    public static IEnumerable<Finding> Judge(AgentSeen agent, string version)
    {
        if (agent.Node is not { } node)
        {
            var lines = (agent.Trouble ?? "it did not answer").Split('\n', 2);
            yield return Finding.Problem(lines[0], lines.Length > 1 ? Advice(lines[1]) : "sudo forewarn doctor; journalctl -u forewarn");
            yield break;
        }

        var who = agent.Process is { } process ? $", pid {process.Pid}, user {SystemAccounts.UserName(process.Uid)}" : "";
        yield return node.Ready
            ? Finding.Ok($"ready at {agent.Socket}{who}")
            : Finding.Warning($"not ready at {agent.Socket}{who}: waits for {string.Join(", ", node.WaitingFor)}", "wait for it; then forewarn status");
        if (agent.Process is { Uid: 0 } && !node.Simulated)
        {
            yield return Finding.Note(
                "the agent runs as root: a flaw in a vendor's library would have the whole machine", "systemctl start forewarn has a user of its own");
        }

        if (node.Version != version)
        {
            yield return Finding.Warning(
                $"the agent is version {node.Version}, this program {version}", "systemctl restart forewarn, or use the program that it runs from");
        }

        foreach (var queue in node.Queues.Where(queue => queue.Dropped > 0)) yield return Dropped(queue);
    }

    /// <summary>What the client advises on lines of their own, in one.</summary>
    private static string Advice(string lines) =>
        string.Join("; ", lines.Split(["\n", "   "], StringSplitOptions.RemoveEmptyEntries));

    private static Finding Dropped(QueueReport queue) => Finding.Warning(
        $"queue {queue.Name} has dropped {queue.Dropped} since the agent's start", "the agent got too little processor time: see limits");
}
