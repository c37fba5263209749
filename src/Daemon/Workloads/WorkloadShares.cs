using System.Collections.Immutable;
using Forewarn.Model;

namespace Forewarn.Daemon.Workloads;

/// <summary>
/// Adds processes up by workload. The order does not depend on that of the processes, so that the same workloads are the same list. Used
/// again and again by one thread; only a changed list is allocated.
/// </summary>
internal sealed class WorkloadShares
{
    private readonly List<Share> _shares = [];

    public void Clear() => _shares.Clear();

    public void Add(Workload workload, long memoryBytes)
    {
        var at = 0;
        for (; at < _shares.Count; at++)
        {
            var order = Compare(workload, _shares[at].Workload);
            if (order == 0)
            {
                var (_, processes, memory) = _shares[at];
                _shares[at] = new Share(_shares[at].Workload, processes + 1, memory < 0 || memoryBytes < 0 ? -1 : memory + memoryBytes);
                return;
            }

            if (order < 0) break;
        }

        _shares.Insert(at, new Share(workload, 1, memoryBytes));
    }

    /// <summary>The list given when it says the same, else a new one.</summary>
    public ImmutableArray<DeviceWorkload> Taken(ImmutableArray<DeviceWorkload> before)
    {
        var isSame = before.Length == _shares.Count;
        for (var i = 0; isSame && i < before.Length; i++)
            isSame = before[i].Processes == _shares[i].Processes && before[i].MemoryBytes == _shares[i].MemoryBytes && before[i].Workload == _shares[i].Workload;
        if (isSame) return before;
        var taken = ImmutableArray.CreateBuilder<DeviceWorkload>(_shares.Count);
        foreach (var (workload, processes, memory) in _shares) taken.Add(new DeviceWorkload(workload, processes, memory));
        return taken.MoveToImmutable();
    }

    private static int Compare(Workload a, Workload b)
    {
        var order = (int)b.Manager - (int)a.Manager; // nobody's last; an enum's own comparison would box both
        if (order == 0) order = string.CompareOrdinal(a.Id, b.Id);
        if (order == 0) order = string.CompareOrdinal(a.Step, b.Step);
        if (order == 0) order = string.CompareOrdinal(a.Container, b.Container);
        return order == 0 ? a.User.CompareTo(b.User) : order;
    }

    private readonly record struct Share(Workload Workload, int Processes, long MemoryBytes);
}
