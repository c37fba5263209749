using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>Whether the configured ports are the agent's, or free while it does not run.</summary>
internal static class ListenCheck
{
    public static readonly DoctorCheck Check = new(Themes.Program, "port", patient =>
    {
        var ports = patient.Settings.Listen.Select(address => address.Port).Distinct().ToArray();
        return ports.Length == 0
            ? [Finding.Note("[Agent] Listen=none: nothing can scrape /metrics", "[Agent] Listen=*:9797")]
            : ports.SelectMany(port => Judge(port, PortHolder.Look(port), patient.Agent));
    });

    public static IEnumerable<Finding> Judge(int port, (bool IsHeld, IReadOnlyList<int> Pids) holder, AgentSeen agent)
    {
        var names = string.Join(" and ", holder.Pids.Select(ProcessName.Of));
        yield return (holder.IsHeld, agent.Process?.Pid) switch
        {
            (true, { } pid) when holder.Pids.Contains(pid) => Finding.Ok($"{port} is the agent's"),
            (true, _) when holder.Pids.Count == 0 => Finding.Note(
                $"{port} is held; by whom cannot be seen by you", $"sudo ss -ltnp 'sport = :{port}'"),
            // Our own, most likely: at another socket, or not to be reached.
            (true, null) when holder.Pids.All(pid => ProcessName.Of(pid).EndsWith("(forewarn)", StringComparison.Ordinal)) => Finding.Warning(
                $"{port} is held by {names}, an agent that was not heard at {agent.Socket}", "leave it; name its socket: forewarn doctor --socket PATH"),
            (true, _) => Finding.Problem(
                $"{port} is held by {names}", "stop that, or choose another: [Agent] Listen=*:PORT"),
            (false, null) => Finding.Ok($"{port} is free"),
            (false, _) => Finding.Warning(
                $"the agent runs and does not listen on {port}", "it was started with another configuration: systemctl restart forewarn"),
        };
    }
}
