using Forewarn.Daemon.Doctor;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>What the driver gives to CAP_SYS_ADMIN alone (packaging/systemd/privileged.conf), and what MIG asks of files besides.</summary>
internal static class NvmlPrivilegeCheck
{
    public static readonly SourceCheck Check = new("privileged readings", source => source.IsSimulated || source.OnBus.Count == 0
        ? [] : Judge(source.AgentProcess?.IsPrivileged, source.Facts.Devices.Any(card => source.Facts.Of(card, NvmlFacts.Mig) == "1"),
            Directory.Exists(Path.Join(source.Root, Capabilities))));

    private const string Capabilities = "proc/driver/nvidia/capabilities/mig";

    public static IEnumerable<Finding> Judge(bool? isPrivileged, bool hasMig, bool hasCapabilities)
    {
        if (isPrivileged == true)
        {
            yield return Finding.Ok("the agent has CAP_SYS_ADMIN");
        }
        else
        {
            yield return Finding.Note(
                (isPrivileged is null ? "the agent's capabilities cannot be seen; without" : "the agent has no CAP_SYS_ADMIN: without")
                + " it the SRAM ECC status is not read, nor what concerns all parts of a MIG card together (memory, processes)",
                "/usr/lib/forewarn/privileged.conf says what it costs and how to use it");
        }

        if (hasMig && !hasCapabilities)
        {
            yield return Finding.Warning(
                $"MIG is on, but /{Capabilities} is not there", "nvidia-modprobe -f /proc/driver/nvidia/capabilities/mig/monitor");
        }
    }
}
