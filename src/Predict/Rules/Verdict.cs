using Forewarn.Model;

namespace Forewarn.Predict.Rules;

/// <summary>Something holds of a device now.</summary>
/// <param name="Key">Which of several alike; see <see cref="Finding.Key"/>.</param>
/// <param name="Value">The number.</param>
/// <param name="Threshold">What it was held against.</param>
public readonly record struct Verdict(long Key, double Value, double Threshold)
{
    /// <summary>How grave, where it differs from the sheet.</summary>
    public Severity? Severity { get; init; }

    /// <summary>What to do, where it differs from the sheet.</summary>
    public RecommendedActions? Actions { get; init; }

    /// <summary>What it is latched by, where it differs from the sheet.</summary>
    public Latch? Latch { get; init; }

    /// <summary>Chance of failure, where it differs from the sheet; what has failed has, and what is only for information foretells nothing.</summary>
    public FailureProbability? Probability { get; init; }

    /// <summary>When its cause was first seen, where that was not now.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>
    /// When its cause was last seen, where that was not now: the time of an event. What is latched by a reset or a reboot does not hold any more
    /// when one came after this; a rule may say it as long as it remembers the event.
    /// </summary>
    public DateTimeOffset? Last { get; init; }

    /// <summary>Which telling of its cause this is: another one is put into words anew, though the numbers are the same.</summary>
    public int Telling { get; init; }

    /// <summary>The driver itself advises so on this error: it outranks what was said of the error before, also where it is milder.</summary>
    public bool IsAdvised { get; init; }

    /// <summary>How often; 0 to let the ledger count how often the cause came back.</summary>
    public long Count { get; init; }
}
