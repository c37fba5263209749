using Forewarn.Predict.History;

namespace Forewarn.Predict.Peers;

/// <summary>Holds a card against its siblings after each of its fast samples. Allocates nothing.</summary>
internal static class PeerComparison
{
    /// <summary>With fewer siblings at equal load nobody can tell which of them is off: with two, each is the other's outlier.</summary>
    public const int LeastSiblings = 3;

    // More cards of one model than a node has; what is beyond is left out.
    private const int MostSiblings = 64;

    /// <summary>Takes the card's newest sample, once.</summary>
    public static void Take(DeviceHistory card, NodeHistory node, DateTimeOffset now)
    {
        var states = card.Peers;
        if (card.Sampled <= states.Compared) return;
        states.Compared = card.Sampled;
        if (states.StartAnew(Later(node.DriverLoaded, card.CountersBegan))) card.Fields.StartAnew();
        Span<double> siblings = stackalloc double[MostSiblings];
        for (var signal = (PeerSignal)0; (int)signal < PeerSheet.Count; signal++)
        {
            var sheet = PeerSheet.Of(signal);
            if (!EqualLoad.CanCompare(card, sheet, now) || !TryValue(card, sheet, out var own)) continue;
            if (signal == PeerSignal.Clock && EqualLoad.IsAtPowerLimit(card))
            {
                states[signal].Break();
                continue;
            }

            var count = Siblings(card, node, signal, sheet, now, siblings);
            if (count < LeastSiblings) continue;
            var median = Median.Of(siblings[..count]);
            states[signal].Take(Residual(own, median, sheet), now, sheet, card.Fresh);
        }

        states.Rates.Take(card, now);
    }

    /// <summary>What the siblings at equal load show now, their median; NaN when there are too few.</summary>
    public static double SiblingsMedian(DeviceHistory card, NodeHistory node, PeerSignal signal, DateTimeOffset now)
    {
        Span<double> siblings = stackalloc double[MostSiblings];
        var count = Siblings(card, node, signal, PeerSheet.Of(signal), now, siblings);
        return count < LeastSiblings ? double.NaN : Median.Of(siblings[..count]);
    }

    /// <summary>How far from the siblings' median: a share of it, or in the signal's own unit.</summary>
    public static double Residual(double own, double median, PeerSheet sheet)
        => sheet.IsRatio ? (own - median) / Math.Max(median, sheet.Least) : own - median;

    private static int Siblings(DeviceHistory card, NodeHistory node, PeerSignal signal, PeerSheet sheet, DateTimeOffset now, Span<double> values)
    {
        var count = 0;
        for (var i = 0; i < node.Devices.Count && count < values.Length; i++)
        {
            var sibling = node.Devices[i];
            if (sibling == card || !EqualLoad.CanCompare(sibling, sheet, now) || !EqualLoad.Are(card, sibling, signal)) continue;
            if (TryValue(sibling, sheet, out var value)) values[count++] = value;
        }

        return count;
    }

    private static bool TryValue(DeviceHistory card, PeerSheet sheet, out double value)
    {
        if (sheet.Reading is { } signal) return card.TryGet(signal, out value);
        value = card.CallTime.TotalSeconds;
        return value > 0;
    }

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
