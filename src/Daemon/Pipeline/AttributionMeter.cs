using Forewarn.Model;

namespace Forewarn.Daemon.Pipeline;

/// <summary>Processes on devices that could not be given to anybody, by why. One that was seen and has gone is none.</summary>
internal sealed class AttributionMeter
{
    private readonly long[] _unresolved = new long[Enum.GetValues<NoDataReason>().Length];

    public long Unresolved(NoDataReason reason) => Interlocked.Read(ref _unresolved[(int)reason]);

    public void CountUnresolved(NoDataReason reason) => Interlocked.Increment(ref _unresolved[(int)reason]);
}
