using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Predict.Peers;

/// <summary>How one signal is compared.</summary>
/// <param name="Reading">What is read; null for the time of the calls.</param>
/// <param name="IsRatio">The residual is a share of the siblings' median; else it is in the signal's own unit.</param>
/// <param name="Least">A ratio's median counts as at least this, so that small numbers do not make large ratios.</param>
/// <param name="Scale">The least spread that is believed, in units of the residual: below it, what is seen is the sensor's grain.</param>
/// <param name="NeedsLoad">Compared only with siblings that are at work, and equally so.</param>
/// <param name="Gap">Samples further apart than this do not belong to the same minute.</param>
internal sealed record PeerSheet(SignalId? Reading, bool IsRatio, double Least, double Scale, bool NeedsLoad, TimeSpan Gap)
{
    // Own figures, for the spread of a minute's mean. Clocks move in steps of 15 MHz, which is 0.8 % of 1,980 MHz; the power sensor is right to
    // 5 % or better and its error is constant; temperatures are whole degrees; calls take as long as the scheduler lets them.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(15);

    private static readonly ImmutableArray<PeerSheet> All =
    [
        new(SignalId.ClockSm, true, 1, 0.01, true, Short),
        new(SignalId.Power, true, 1, 0.03, true, Short),
        new(SignalId.TemperatureGpu, false, 0, 1.5, true, Short),
        new(SignalId.TemperatureMemory, false, 0, 1.5, true, Short),
        new(null, true, 0.02, 0.25, false, TimeSpan.FromMinutes(2)),
    ];

    /// <summary>How many signals are compared.</summary>
    public static int Count => All.Length;

    public static PeerSheet Of(PeerSignal signal) => All[(int)signal];
}
