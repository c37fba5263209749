using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Doctor.Checks;

/// <summary>What the agent makes of the source.</summary>
internal static class SourceStateCheck
{
    public static readonly SourceCheck Check = new("agent's view", Look);

    private static IEnumerable<Finding> Look(SourceEvidence source) =>
        !source.Options.Enabled ? [Finding.Note("this source is switched off", $"[Source.{source.Name}] Enabled=yes")]
        : source.Agent is null ? []
        : Judge(source.Name, source.Agent, source.OnBus.Count);

    public static IEnumerable<Finding> Judge(string name, SourceAccount agent, int onBus)
    {
        yield return agent.State switch
        {
            SourceState.Running => Finding.Ok($"{agent.State}, {agent.Found} of {agent.Expected} devices answer"),
            SourceState.Starting or SourceState.Restarting => Finding.Warning(Sentence(agent), "wait for it, then run forewarn doctor again"),
            SourceState.Released => Finding.Warning($"{agent.State}: an operator let the devices go", $"forewarn resume --source {name}"),
            SourceState.Held => Finding.Problem(Sentence(agent), $"journalctl -u forewarn; then forewarn resume --source {name}"),
            _ when onBus == 0 => Finding.Note(Sentence(agent), $"none of its devices is on the PCI bus: [Source.{name}] Enabled=no silences it"),
            _ when agent.Detail?.Contains("EPERM", StringComparison.Ordinal) == true => Finding.Problem(
                Sentence(agent), "systemctl restart forewarn; if it stays: systemctl cat forewarn, is the device in DeviceAllow=?"),
            _ => Finding.Problem(Sentence(agent), "see library and driver below"),
        };
        if (agent.OtherBuild is { } other) yield return Finding.Problem(other, "finish the upgrade, then systemctl restart forewarn");
        if (agent.AbandonedProcesses > 0)
            yield return Finding.Problem($"{agent.AbandonedProcesses} killed probes cannot be reaped: the kernel holds them", "drain the node, then reboot it");
        foreach (var device in agent.Unmeasured)
        {
            yield return Finding.Problem(
                $"{device.PciAddress} {device.Presence}: {device.Detail ?? "no reason given"}", $"forewarn devices {device.PciAddress}");
        }
    }

    private static string Sentence(SourceAccount agent) => $"{agent.State}: {agent.Detail ?? "no reason given"}";
}
