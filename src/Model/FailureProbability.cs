namespace Forewarn.Model;

/// <summary>
/// The chance, 0 to 1, that the device ceases to do its work within each horizon. Until a trained model is present it comes from a fixed table, a
/// line for each rule, and says no more than its source does.
/// </summary>
/// <param name="OneHour">Within the next hour.</param>
/// <param name="OneDay">Within 24 hours.</param>
/// <param name="SevenDays">Within seven days.</param>
public readonly record struct FailureProbability(double OneHour, double OneDay, double SevenDays)
{
    /// <summary>It has failed.</summary>
    public static FailureProbability Certain => new(1, 1, 1);

    /// <summary>Two causes that know nothing of each other: the chance that either strikes.</summary>
    public FailureProbability Or(FailureProbability other)
        => new(Either(OneHour, other.OneHour), Either(OneDay, other.OneDay), Either(SevenDays, other.SevenDays));

    private static double Either(double one, double other) => 1 - ((1 - one) * (1 - other));
}
