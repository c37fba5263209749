using Forewarn.Daemon.Doctor;
using Forewarn.Interop.Linux;
using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>A node with NVSwitches needs the fabric manager: without it no job can use the links.</summary>
internal static class NvmlFabricCheck
{
    public static readonly SourceCheck Check = new("fabric manager", source => Judge(
        source.Bus.Any(IsSwitch),
        [.. source.Facts.Devices.Select(card => source.Facts.Of(card, NvmlFacts.Fabric)).OfType<string>()],
        source.Processes.Any(process => process.Name == Daemon)));

    private const string Daemon = "nv-fabricmanage"; // the kernel keeps 15 characters of nv-fabricmanager

    public static IEnumerable<Finding> Judge(bool hasSwitch, IReadOnlyList<string> states, bool isRunning)
    {
        if (states.Contains(nameof(NvmlGpuFabricState.NotStarted)) || states.Contains(nameof(NvmlGpuFabricState.InProgress)))
        {
            yield return Finding.Warning(
                $"{states.Count(state => state != nameof(NvmlGpuFabricState.Completed))} of {states.Count} cards have not joined the fabric",
                "systemctl status nvidia-fabricmanager");
        }
        else if (hasSwitch && !isRunning && !states.Contains(nameof(NvmlGpuFabricState.Completed)))
        {
            yield return Finding.Warning(
                "there are NVSwitches and no running nv-fabricmanager", "systemctl enable --now nvidia-fabricmanager");
        }
        else if (hasSwitch || states.Contains(nameof(NvmlGpuFabricState.Completed)))
        {
            yield return Finding.Ok(isRunning ? "running" : "the cards have joined the fabric");
        }
    }

    // NVIDIA, class "bridge, other": NVSwitches stand on the bus so (PCI Code and ID Assignment: 0680).
    public static bool IsSwitch(PciFunction function) => function.Vendor == 0x10de && function.Class >> 8 == 0x0680;
}
