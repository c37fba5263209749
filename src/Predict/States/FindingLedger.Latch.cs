using Forewarn.Model;
using Forewarn.Predict.Rules;

namespace Forewarn.Predict.States;

/// <summary>What keeps a finding although its evidence is gone, and how grave one is.</summary>
public sealed partial class FindingLedger
{
    private static bool IsUnlatchedOrFree(OpenFinding open, Finding finding, in Subject subject)
        => finding.Latch == Latch.None || IsUnlatched(open, finding, in subject);

    /// <summary>What heals it came after it last held. Numbers of restarts are compared, not times: clocks are set, and a restart has no exact time.</summary>
    private static bool IsUnlatched(OpenFinding open, Finding finding, in Subject subject) => finding.Latch switch
    {
        // What asked for a reset or a reboot, and now asks for nothing, has seen one.
        Latch.Reset or Latch.Reboot when DriverAdvice.Withdrawn(subject.Device) > open.Held => true,
        Latch.Reset => open.Restarts != subject.Device.Restarts || open.BootId != subject.Node.BootId,
        Latch.Reboot => open.BootId != subject.Node.BootId,
        Latch.Repair => finding.Serial.Length > 0 && subject.Device.Device.Serial.Length > 0 && finding.Serial != subject.Device.Device.Serial,
        _ => false,
    };

    private static string Opened(Latch latch, OpenFinding open, in Subject subject) => latch switch
    {
        Latch.Repair => "another card is in the slot",
        _ when open.BootId != subject.Node.BootId => "the node was booted",
        _ => "the device was reset or its driver loaded anew",
    };

    /// <summary>
    /// What was seen then was ended by a restart since. What was seen between the last reading before a restart and the first after it counts as
    /// after: nothing is missed, and a finding too many is seen.
    /// </summary>
    private static bool IsHealed(Latch latch, DateTimeOffset seen, in Subject subject) => latch switch
    {
        Latch.Reset => seen < subject.Node.Booted || (subject.Device.Restarts > 0 && seen < subject.Device.BeforeRestart),
        Latch.Reboot => seen < subject.Node.Booted,
        _ => false,
    };

    private static int Gravity(RuleSheet sheet, in Verdict verdict) => Gravity(verdict.Severity ?? sheet.Severity, verdict.Actions ?? sheet.Actions);

    /// <summary>The verdict's, else that of the sheet while the verdict is as grave as the sheet says.</summary>
    private static FailureProbability Chance(RuleSheet sheet, in Verdict verdict) => verdict.Probability ?? verdict.Severity switch
    {
        Severity.Failed when sheet.Severity != Severity.Failed => FailureProbability.Certain,
        Severity.Info when sheet.Severity != Severity.Info => default,
        _ => sheet.Probability,
    };

    /// <summary>Severity first, then what is to be done with the work, then with the device: more of it is told at once, less after a while.</summary>
    private static int Gravity(Severity severity, RecommendedActions actions) => 1 + (((int)severity << 16) | ((int)actions.Work << 8) | (int)actions.Repair);
}
