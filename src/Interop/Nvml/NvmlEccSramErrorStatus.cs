using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlEccSramErrorStatus_v1_t. Parity and SEC-DED uncorrectable errors are apart; the buckets split the aggregate uncorrectable
/// ones by unit.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlEccSramErrorStatus
{
    public uint Version;
    public ulong AggregateUncParity;
    public ulong AggregateUncSecDed;
    public ulong AggregateCor;
    public ulong VolatileUncParity;
    public ulong VolatileUncSecDed;
    public ulong VolatileCor;
    public ulong AggregateUncBucketL2;
    public ulong AggregateUncBucketSm;
    public ulong AggregateUncBucketPcie;
    public ulong AggregateUncBucketMcu;
    public ulong AggregateUncBucketOther;
    public uint ThresholdExceeded;
}
