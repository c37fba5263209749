using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>
/// Notices when a counter of one device falls: driver load and card reset restart counters, and what was read before must not be subtracted
/// from what comes after. It remembers over absences, since a restart usually comes with one.
/// </summary>
internal sealed class CounterWatch
{
    private readonly double[]?[] _last = new double[SignalCatalog.All.Length][];

    /// <summary>True when this counter is lower than it was.</summary>
    public bool HasFallen(in Reading reading)
    {
        if (!reading.HasValue || SignalCatalog.Of(reading.Signal) is not { Family.Kind: SignalKind.Counter, Wraps: false }) return false;
        ref var values = ref _last[(int)reading.Signal];
        if (values is null || values.Length <= reading.Instance) Array.Resize(ref values, reading.Instance + 1);
        var before = values[reading.Instance];
        values[reading.Instance] = reading.Value;
        return reading.Value < before;
    }
}
