namespace Forewarn.Predict.Rules;

/// <summary>How long something must hold, or be gone, as a number of the rule that the site may set.</summary>
internal static class Delay
{
    /// <summary>What is sure at its first sight.</summary>
    public static Threshold AtOnce { get; } = Debounce(TimeSpan.Zero, "own: one event, or one reading, is sure");

    /// <summary>Where a rule has no reason of its own.</summary>
    public static Threshold Minute { get; } = ClearAfter(TimeSpan.FromMinutes(1), "own: sixty readings of the fast lane, or one of the slow; what flickers is one finding");

    /// <summary>Before it is raised.</summary>
    public static Threshold Debounce(TimeSpan span, string origin)
        => new("Debounce", span.TotalSeconds, "s", 0, 86_400, "So long it must hold without a break before it is raised; time that nobody watched does not count.", origin);

    /// <summary>Before it clears.</summary>
    public static Threshold ClearAfter(TimeSpan span, string origin)
        => new("ClearAfter", span.TotalSeconds, "s", 1, 30 * 86_400, "So long its evidence must be gone before it clears or becomes milder; what comes back earlier is the same finding.", origin);
}
