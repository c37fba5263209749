namespace Forewarn.Predict.Peers;

/// <summary>The middle of a few numbers: one sick sibling among three does not move it far.</summary>
internal static class Median
{
    /// <summary>Sorts them in place. Of an even count, the mean of the middle two; NaN of none.</summary>
    public static double Of(Span<double> values)
    {
        if (values.IsEmpty) return double.NaN;
        // Without a comparison of its own, Sort allocates one at every call in the native build.
        values.Sort(static (one, other) => one.CompareTo(other));
        var middle = values.Length / 2;
        return values.Length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
