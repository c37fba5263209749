using Forewarn.Model;

namespace Forewarn.Predict.Catalogs;

/// <summary>What follows from an error: how grave it is, what to do, and what ends it.</summary>
/// <param name="Severity">How grave.</param>
/// <param name="Actions">What to do with work and device.</param>
/// <param name="Latch">What must happen before it is over.</param>
public readonly record struct Remedy(Severity Severity, RecommendedActions Actions, Latch Latch)
{
    /// <summary>Worth a line.</summary>
    public static Remedy Note => Of(Severity.Info, WorkAction.None, RepairAction.None);

    /// <summary>The program ended; the device is well.</summary>
    public static Remedy Restart => Of(Severity.Info, WorkAction.RestartApplication, RepairAction.None);

    /// <summary>The program ended, and it may not have been its own fault.</summary>
    public static Remedy RestartAndWatch => Of(Severity.Watch, WorkAction.RestartApplication, RepairAction.None);

    /// <summary>Something to look at again.</summary>
    public static Remedy Observe => Of(Severity.Watch, WorkAction.Observe, RepairAction.None);

    /// <summary>A repair waits for a reset, and can wait.</summary>
    public static Remedy ResetSometime => Of(Severity.Watch, WorkAction.DrainWhenIdle, RepairAction.ResetDevice);

    /// <summary>Usable, and less than it should be until it is reset.</summary>
    public static Remedy ResetWhenIdle => Of(Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.ResetDevice);

    /// <summary>What runs on it may be saved; then it must be reset.</summary>
    public static Remedy ResetSoon => Of(Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.ResetDevice);

    /// <summary>It does no more work before a reset.</summary>
    public static Remedy ResetNow => Of(Severity.Failed, WorkAction.StopNow, RepairAction.ResetDevice);

    /// <summary>It does no more work before a reboot.</summary>
    public static Remedy RebootNow => Of(Severity.Failed, WorkAction.StopNow, RepairAction.RebootNode);

    /// <summary>A link, a cable or what is at its other end.</summary>
    public static Remedy InspectFabric => Of(Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectFabric);

    /// <summary>It works, and somebody should look at it when what runs has ended.</summary>
    public static Remedy InspectWhenIdle => Of(Severity.Degraded, WorkAction.DrainWhenIdle, RepairAction.InspectHardware);

    /// <summary>It works, and will not for long.</summary>
    public static Remedy InspectSoon => Of(Severity.Failing, WorkAction.CheckpointAndMove, RepairAction.InspectHardware);

    /// <summary>It can no longer be relied on: save what can be saved, then reset it.</summary>
    public static Remedy SaveAndReset => Of(Severity.Failing, WorkAction.CheckpointAndMove, RepairAction.ResetDevice);

    /// <summary>It works below what it should: save what can be saved, then look at it.</summary>
    public static Remedy SaveAndInspect => Of(Severity.Degraded, WorkAction.CheckpointAndMove, RepairAction.InspectHardware);

    /// <summary>Something that protects it is used up; no reset brings it back.</summary>
    public static Remedy NoSpareLeft => InspectWhenIdle with { Latch = Latch.Repair };

    /// <summary>A convenience of it is worn out.</summary>
    public static Remedy WornOut => Of(Severity.Watch, WorkAction.DrainWhenIdle, RepairAction.InspectHardware) with { Latch = Latch.Repair };

    /// <summary>The latch that goes with the repair: nothing that was not repaired may call itself well.</summary>
    public static Remedy Of(Severity severity, WorkAction work, RepairAction repair) => new(severity, new(work, repair), LatchOf(repair));

    /// <summary>Inspections mean a reset or a power cycle on their way; what only an exchange mends needs another card.</summary>
    public static Latch LatchOf(RepairAction repair) => repair switch
    {
        RepairAction.None => Latch.None,
        RepairAction.RebootNode => Latch.Reboot,
        RepairAction.ReplaceHardware => Latch.Repair,
        _ => Latch.Reset,
    };
}
