using System.Collections.Immutable;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// What the NVIDIA driver advises, in Xid 154 and in NVML's field 230 (nvml.h, nvmlDeviceGpuRecoveryAction_t). The words changed over the
/// drivers ("PF FLR", "OS Reboot"), the numbers did not.
/// </summary>
public static class RecoveryActionCatalog
{
    /// <summary>Where all rows come from.</summary>
    public const string Header = "nvml.h, nvmlDeviceGpuRecoveryAction_t, of the driver that first has it; what follows is an own reading";

    /// <summary>By code.</summary>
    public static ImmutableArray<RecoveryActionRow> All { get; } =
    [
        new(0, "None", "nothing", Remedy.Note, "R565"),
        new(1, "GPU Reset Required", "reset the GPU", Remedy.ResetNow, "R565"),
        new(2, "Node Reboot Required", "reboot the node", Remedy.RebootNow, "R565"),
        new(3, "Drain P2P", "let the work between GPUs end, start no more of it, then reset the GPU", Remedy.ResetSoon, "R565"),
        new(4, "Drain and Reset", "usable with less than it has; let the work end, then reset the GPU", Remedy.ResetWhenIdle, "R570"),
        new(5, "Recover IMEX Domain", "recover the IMEX domain", Remedy.InspectFabric, "R610"),
    ];

    /// <summary>What a driver newer than the table advises: shown, and no more.</summary>
    public static RecoveryActionRow Unknown { get; } = new(-1, "unknown", "unknown to this version", Remedy.Observe, "");

    /// <summary>The row.</summary>
    public static RecoveryActionRow Of(long code) => code >= 0 && code < All.Length ? All[(int)code] : Unknown;
}
