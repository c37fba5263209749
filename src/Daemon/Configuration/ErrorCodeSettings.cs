using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Daemon.Configuration;

/// <summary>The rows of [Xid.N] or [Sxid.N]: what the site says of one error code, in place of the catalogue.</summary>
internal sealed class ErrorCodeSettings
{
    private readonly Setting<Severity?> _severity = new(
        "Severity", Catalogued(("info", Severity.Info), ("watch", Severity.Watch), ("degraded", Severity.Degraded), ("failing", Severity.Failing), ("failed", Severity.Failed)),
        (Severity?)null, "How grave it is.");

    private readonly Setting<WorkAction?> _work = new(
        "Work",
        Catalogued(
            ("none", WorkAction.None), ("observe", WorkAction.Observe), ("restart-application", WorkAction.RestartApplication),
            ("drain-when-idle", WorkAction.DrainWhenIdle), ("checkpoint-and-move", WorkAction.CheckpointAndMove), ("stop-now", WorkAction.StopNow)),
        (WorkAction?)null, "What to do with the work.");

    private readonly Setting<RepairAction?> _repair = new(
        "Repair",
        Catalogued(
            ("none", RepairAction.None), ("reset-device", RepairAction.ResetDevice), ("reboot-node", RepairAction.RebootNode),
            ("inspect-fabric", RepairAction.InspectFabric), ("inspect-hardware", RepairAction.InspectHardware), ("replace-hardware", RepairAction.ReplaceHardware)),
        (RepairAction?)null, "What to do with the device.");

    private readonly Setting<bool> _ignore = new("Ignore", SettingTypes.Boolean, false, "Whether it is counted and stored, and never judged.");

    public ErrorCodeSettings(ErrorCodeName name)
    {
        Name = name;
        Section = new(name.ToString(), $"What this site says of {name.Kind} {name.Code}.", [_severity, _work, _repair, _ignore]);
    }

    /// <summary>Which code.</summary>
    public ErrorCodeName Name { get; }

    /// <summary>The section.</summary>
    public SettingSection Section { get; }

    /// <summary>What was set; null when nothing was.</summary>
    public CatalogOverride? Bind(SettingValues values) => !Section.Settings.Any(setting => values.Origin(setting) != SettingOrigin.Default)
        ? null
        : new()
        {
            Severity = values.Get(_severity),
            Work = values.Get(_work),
            Repair = values.Get(_repair),
            Ignore = values.Get(_ignore),
        };

    /// <summary>One of some words, or what the catalogue has.</summary>
    private static SettingType<T?> Catalogued<T>(params (string Name, T Value)[] choices) where T : struct
        => SettingTypes.Choice<T?>([("catalogue", null), .. choices.Select(choice => (choice.Name, (T?)choice.Value))]);
}
