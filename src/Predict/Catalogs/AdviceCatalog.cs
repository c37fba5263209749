using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>
/// What each action means on the node, and the command for it. A diagnosis of level 3 takes half an hour and needs an idle device. A maker has rows for
/// all repairs or for none.
/// </summary>
public static class AdviceCatalog
{
    /// <summary>Stands for every maker.</summary>
    public const string AnyVendor = "";

    /// <summary>Where all commands come from.</summary>
    public const string Source = "nvidia-smi(1), nvidia-bug-report.sh, NVIDIA GPU Deployment and Management, DCGM user guide (diagnostics); scontrol(1) and squeue(1) of Slurm; words are own";

    private const string Nvidia = "nvidia";
    private const string Drain = "scontrol update nodename={node} state=drain reason=\"forewarn: {uuid}\"";

    /// <summary>In the order in which things are done.</summary>
    public static ImmutableArray<AdviceRow> All { get; } =
    [
        Of(WorkAction.Observe, "Let the work go on, and see what becomes of it.", "forewarn events --device {uuid} --follow"),
        Of(WorkAction.RestartApplication, "Start the program again; the device can be used at once. Whose it was stands in the event.", "forewarn events --device {uuid}"),
        Of(WorkAction.DrainWhenIdle, "Let what runs end and give the node no new work.", Drain),
        Of(WorkAction.CheckpointAndMove, "Give the node no new work.", Drain),
        Of(WorkAction.CheckpointAndMove, "See which jobs are on it; take their checkpoints while that is possible, then move them.", "squeue --nodelist={node}"),
        Of(WorkAction.StopNow, "Give the node no new work.", Drain),
        Of(WorkAction.StopNow, "Stop what runs on the device: it is lost, or its results are not to be trusted.", "squeue --nodelist={node}"),

        Of(AnyVendor, RepairAction.ResetDevice, "Stop forewarn's own reading, which would hold the device.", "forewarn release"),
        Of(AnyVendor, RepairAction.ResetDevice, "Reset the device with its maker's tool; no process may hold it.", ""),
        Of(AnyVendor, RepairAction.ResetDevice, "Read it again.", "forewarn resume"),
        Of(AnyVendor, RepairAction.RebootNode, "Reboot the node.", "systemctl reboot"),
        Of(AnyVendor, RepairAction.InspectFabric, "Look at links, switches, cables and the fabric's own services.", ""),
        Of(AnyVendor, RepairAction.InspectHardware, "Look at seating, power and cooling, and run the maker's diagnosis.", ""),
        Of(AnyVendor, RepairAction.ReplaceHardware, "Write the report that the maker asks for, and exchange the device.", "forewarn report {uuid}"),

        Of(Nvidia, RepairAction.ResetDevice, "Stop forewarn's own reading, which would hold the GPU.", "forewarn release"),
        Of(Nvidia, RepairAction.ResetDevice, "Reset the GPU; no process may hold it, and the driver says which others must be reset with it.", "nvidia-smi --gpu-reset -i {pci}"),
        Of(Nvidia, RepairAction.ResetDevice, "Read it again.", "forewarn resume"),
        Of(Nvidia, RepairAction.RebootNode, "Keep what the driver knows; it is gone after the reboot.", "nvidia-bug-report.sh") with { IsFirst = true },
        Of(Nvidia, RepairAction.RebootNode, "Reboot the node.", "systemctl reboot"),
        Of(Nvidia, RepairAction.InspectFabric, "See which links are up.", "nvidia-smi nvlink --status -i {pci}"),
        Of(Nvidia, RepairAction.InspectFabric, "See which links count errors.", "nvidia-smi nvlink --errorcounters -i {pci}"),
        Of(Nvidia, RepairAction.InspectFabric, "See whether the fabric manager runs.", "systemctl status nvidia-fabricmanager"),
        Of(Nvidia, RepairAction.InspectHardware, "Keep what the driver knows; it writes a file into this folder.", "nvidia-bug-report.sh") with { IsFirst = true },
        Of(Nvidia, RepairAction.InspectHardware, "Once the GPU is idle, diagnose it: that takes half an hour.", "dcgmi diag -r 3 -i {index}"),
        Of(Nvidia, RepairAction.ReplaceHardware, "Keep what the driver knows; the maker asks for it.", "nvidia-bug-report.sh") with { IsFirst = true },
        Of(Nvidia, RepairAction.ReplaceHardware, "Once the GPU is idle, diagnose it; the maker asks for the result.", "dcgmi diag -r 3 -i {index}"),
        Of(Nvidia, RepairAction.ReplaceHardware, "Write the report that goes with the card.", "forewarn report {uuid}"),
    ];

    private static AdviceRow Of(WorkAction work, string sentence, string command) => new(AnyVendor, work, null, sentence, command);

    private static AdviceRow Of(string vendor, RepairAction repair, string sentence, string command) => new(vendor, null, repair, sentence, command);
}
