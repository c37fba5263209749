using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Notices when the counters of one device begin anew: driver load and card reset restart them, and what was read before must not be subtracted
/// from what comes after. It remembers over absences, since a restart usually comes with one. What an operator may clear, or a link by itself,
/// proves nothing beside a counter that went on.
/// </summary>
internal sealed class CounterWatch
{
    private readonly double[] _last = new double[SignalCatalog.All.Length];
    private bool _isFirmKnown;

    /// <summary>True when this counter is lower than it was, and that tells of a restart.</summary>
    public bool HasFallen(in Reading reading)
    {
        if (!reading.HasValue || SignalCatalog.Of(reading.Signal) is not { MayTellRestart: true } signal) return false;
        ref var last = ref _last[(int)reading.Signal];
        var before = last;
        last = reading.Value;
        _isFirmKnown |= signal.IsFirm && reading.Value > 0;
        return reading.Value < before && (signal.IsFirm || !_isFirmKnown);
    }
}
