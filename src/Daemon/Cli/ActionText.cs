using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary>What to do, in words.</summary>
internal static class ActionText
{
    /// <summary>For the work, then for the device; empty when nothing is to be done.</summary>
    public static string Of(WorkAction work, RepairAction repair)
        => string.Join(", ", ((string[])[Of(work), Of(repair)]).Where(words => words.Length > 0));

    private static string Of(WorkAction work) => work switch
    {
        WorkAction.Observe => "look again",
        WorkAction.RestartApplication => "restart the application",
        WorkAction.DrainWhenIdle => "give it no new work",
        WorkAction.CheckpointAndMove => "checkpoint and move its work",
        WorkAction.StopNow => "stop its work",
        _ => "",
    };

    private static string Of(RepairAction repair) => repair switch
    {
        RepairAction.ResetDevice => "reset it",
        RepairAction.RebootNode => "reboot the node",
        RepairAction.InspectFabric => "inspect links and switches",
        RepairAction.InspectHardware => "inspect the hardware",
        RepairAction.ReplaceHardware => "replace it",
        _ => "",
    };
}
