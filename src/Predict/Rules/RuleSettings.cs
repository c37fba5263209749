namespace Forewarn.Predict.Rules;

/// <summary>What the site set for one rule; immutable, a reload makes a new one.</summary>
public sealed class RuleSettings
{
    private readonly KeyValuePair<Threshold, double>[] _set;

    /// <summary>Mode and those numbers that differ from their defaults.</summary>
    public RuleSettings(RuleMode mode, IEnumerable<KeyValuePair<Threshold, double>> set)
    {
        Mode = mode;
        _set = [.. set];
    }

    /// <summary>As the sheet has it.</summary>
    public static RuleSettings Default(RuleSheet sheet) => new(sheet.Mode, []);

    /// <summary>Whether the rule is asked, and whether it counts.</summary>
    public RuleMode Mode { get; }

    /// <summary>The number in force.</summary>
    public double this[Threshold threshold]
    {
        get
        {
            // A rule has a few thresholds and mostly none is set: looking through them costs less than a checksum of one.
            foreach (ref readonly var set in _set.AsSpan())
            {
                if (ReferenceEquals(set.Key, threshold) || set.Key == threshold) return set.Value;
            }

            return threshold.Default;
        }
    }

    /// <summary>The same, for a threshold in seconds.</summary>
    public TimeSpan Span(Threshold threshold) => TimeSpan.FromSeconds(this[threshold]);
}
