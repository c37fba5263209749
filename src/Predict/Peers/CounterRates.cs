using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Forewarn.Model;
using Forewarn.Predict.History;

namespace Forewarn.Predict.Peers;

/// <summary>The error counters of one card that are held against those of its siblings.</summary>
internal sealed class CounterRates
{
    /// <summary>
    /// Which, and the rate an hour below which nobody's is called high. Own figures: a replay mends itself and a few an hour are in every fleet (DCGM
    /// warns from 30 a minute on at Gen5 ×16 only); a card that corrects one memory error a day is well.
    /// </summary>
    public static readonly ImmutableArray<(SignalId Signal, double Usual)> All =
    [
        (SignalId.PcieReplays, 1),
        (SignalId.PcieErrorsCorrectable, 1),
        (SignalId.EccCorrected, 1.0 / 24),
    ];

    private readonly CounterRate[] _rates = new CounterRate[All.Length];

    /// <summary>How many bytes <see cref="Save"/> writes.</summary>
    public static int SavedSize => All.Length * CounterRate.Size;

    public ref readonly CounterRate this[int counter] => ref _rates[counter];

    /// <summary>Takes what was last read of each.</summary>
    public void Take(DeviceHistory card, DateTimeOffset now)
    {
        for (var i = 0; i < _rates.Length; i++)
        {
            if (card.TryGet(All[i].Signal, out var value)) _rates[i].Take(value, card.Signal(All[i].Signal).ReadAt(0));
        }
    }

    /// <summary>The chance that the card's counter grows faster than so many times what is usual.</summary>
    public static double ChanceAbove(DeviceHistory card, NodeHistory node, int counter, double times)
    {
        ref readonly var own = ref card.Peers.Rates[counter];
        return GammaPoisson.ChanceAbove(own.Events, own.Hours, Usual(card, node, counter), times);
    }

    /// <summary>What is usual, an hour: the rate of all siblings of the same model together, or the floor where that is lower.</summary>
    public static double Usual(DeviceHistory card, NodeHistory node, int counter)
    {
        var (events, hours) = (0.0, 0.0);
        for (var i = 0; i < node.Devices.Count; i++)
        {
            var sibling = node.Devices[i];
            if (sibling == card || sibling.Device.Name != card.Device.Name) continue;
            ref readonly var theirs = ref sibling.Peers.Rates[counter];
            (events, hours) = (events + theirs.Events, hours + theirs.Hours);
        }

        return hours > 0 ? Math.Max(All[counter].Usual, events / hours) : All[counter].Usual;
    }

    public void Clear() => Array.Clear(_rates);

    public int Save(Span<byte> into)
    {
        MemoryMarshal.AsBytes(_rates.AsSpan()).CopyTo(into);
        return SavedSize;
    }

    public void Load(ReadOnlySpan<byte> from) => from[..SavedSize].CopyTo(MemoryMarshal.AsBytes(_rates.AsSpan()));
}
