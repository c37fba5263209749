using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Fleet;

/// <summary>A device that became ill, or worse than it was: what opens an incident, or changes one.</summary>
/// <param name="Node">Its node.</param>
/// <param name="Device">As it stands now; the node itself has <see cref="DeviceId.Node"/>.</param>
/// <param name="Before">As it stood; null when nothing was known of it.</param>
public sealed record Illness(string Node, ReportedDevice Device, ReportedDevice? Before)
{
    /// <summary>It was not ill before.</summary>
    public bool IsNew => Before is null || !IsIll(Before);

    /// <summary>
    /// It does not do its work, or not as it should, or something is asked for its work. What nobody can say is no illness: a silent agent is the node's trouble.
    /// </summary>
    public static bool IsIll(ReportedDevice device)
        => device.State is HealthState.Degraded or HealthState.Failing or HealthState.Failed || device.Actions.Work >= WorkAction.RestartApplication;

    /// <summary>Null where nothing new is to be said of it.</summary>
    public static Illness? Of(string node, ReportedDevice device, ReportedDevice? before)
        => IsIll(device) && (before is null || !IsIll(before) || IsGraver(device, before) || device.Rule != before.Rule) ? new(node, device, before) : null;

    private static bool IsGraver(ReportedDevice device, ReportedDevice before)
        => device.Actions.Work > before.Actions.Work || device.Actions.Repair > before.Actions.Repair
            || (before.State != HealthState.Unknown && device.State != HealthState.Unknown && device.State > before.State);
}
