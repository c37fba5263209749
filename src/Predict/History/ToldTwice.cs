using Forewarn.Model;

namespace Forewarn.Predict.History;

/// <summary>
/// One PCIe error is told by the port that heard of it and by the device that has it. It counts once: as the device's, and as the port's only where
/// the device says nothing of it. Wording and order: Linux, drivers/pci/pcie/aer.c.
/// </summary>
internal sealed class ToldTwice
{
    // Own figure: the kernel writes both lines in one go; a console at 9600 baud needs a tenth of a second for either.
    private static readonly TimeSpan Together = TimeSpan.FromSeconds(1);

    private readonly Dictionary<long, Pair> _byCode = [];

    /// <summary>So many more were counted of this; takes off what was counted of them already under the other's name.</summary>
    public void Take(EventTally tally, long grown, DateTimeOffset at, DateTimeOffset watched)
    {
        if (!_byCode.TryGetValue(tally.Latest.Code, out var pair)) _byCode[tally.Latest.Code] = pair = new();
        var isHearsay = BusErrorUnit.IsHearsay(tally.Latest.Detail?.Unit ?? "");
        var (own, other) = isHearsay ? (pair.Heard, pair.Had) : (pair.Had, pair.Heard);
        var same = Math.Min(grown, other.LeftAt(at, Together));
        if (same > 0) (isHearsay ? tally : other.Tally!).Withdraw(same, watched);
        other.Left -= same;
        own.Left = own.LeftAt(at, Together) + grown - same;
        (own.At, own.Tally) = (at, tally);
    }

    private sealed class Pair
    {
        public Side Heard { get; } = new();

        public Side Had { get; } = new();
    }

    /// <summary>What one of the two told and the other did not yet.</summary>
    private sealed class Side
    {
        public EventTally? Tally { get; set; }

        public long Left { get; set; }

        public DateTimeOffset At { get; set; }

        public long LeftAt(DateTimeOffset at, TimeSpan together) => (at - At).Duration() <= together ? Left : 0;
    }
}
