using Forewarn.Predict.History;

namespace Forewarn.Predict.Rules;

/// <summary>Whether an event still counts that a reset, a reload of the driver or a reboot ends.</summary>
internal static class SinceRestart
{
    /// <summary>True when none of these came after it. What was logged while the driver loaded or the card was reset counts as after.</summary>
    public static bool Counts(in Subject subject, EventTally happened, DateTimeOffset when)
        => happened.Latest.BootId == subject.Node.BootId && !subject.Device.IsBeforeRestart(when);
}
