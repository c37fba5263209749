using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>Whether two lists name the same workloads in the same places; what each holds may differ. Allocates nothing.</summary>
public static class SameWorkloads
{
    /// <summary>True also of two empty lists.</summary>
    public static bool Are(ImmutableArray<DeviceWorkload> one, ImmutableArray<DeviceWorkload> other)
    {
        if (one == other) return true;
        if (one.Length != other.Length) return false;
        for (var i = 0; i < one.Length; i++)
        {
            if (one[i].Workload != other[i].Workload) return false;
        }

        return true;
    }
}
