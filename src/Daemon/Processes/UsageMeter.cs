using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes;
using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Processes;

/// <summary>
/// Measures from time to time what our own processes cost. PSS walks the page tables, so it is asked for less often, and waits while the process
/// changes them: the timer is set anew when a turn is over, so that no two overlap. A process that cannot be measured is left out.
/// </summary>
internal sealed class UsageMeter(NodeView view, Func<IEnumerable<ProbeProcess>> probes, TimeProvider time) : IDisposable
{
    private const string RealRoot = "/"; // our own processes are real on a simulated node, too
    private const int PssEvery = 4;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(15);

    private readonly Dictionary<int, long> _pss = [];
    private ITimer? _timer;
    private int _turn;

    public void Start() => _timer = time.CreateTimer(_ => Turn(), null, TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);

    public void Dispose() => _timer?.Dispose();

    private void Turn()
    {
        Measure();
        _timer?.Change(Period, Timeout.InfiniteTimeSpan);
    }

    private void Measure()
    {
        if (_turn++ % PssEvery == 0)
        {
            NativeHeap.Trim(); // what is free should neither be kept nor counted
            _pss.Clear();
        }

        List<ProcessUsage> usage = [];
        Add(usage, "agent", Environment.ProcessId, GC.GetTotalAllocatedBytes(), GC.CollectionCount(0));
        foreach (var probe in probes())
        {
            var label = probe.Settings.Only is { } only ? $"probe-{probe.Settings.Source}-{only}" : $"probe-{probe.Settings.Source}";
            Add(usage, label, probe.Pid, probe.Heap.AllocatedBytes, probe.Heap.Collections);
        }

        view.Processes = [.. usage];
    }

    private void Add(List<ProcessUsage> usage, string label, int pid, long allocated, int collections)
    {
        if (!ProcStat.TryRead(RealRoot, pid, out var stat)) return; // a zero would be a counter that falls
        var cpu = (stat.UserTicks + stat.SystemTicks) / (double)ProcStat.TicksPerSecond;
        if (!_pss.TryGetValue(pid, out var pss)) _pss[pid] = pss = SmapsRollup.TryReadPss(RealRoot, pid, out var bytes) ? bytes : 0;
        usage.Add(new ProcessUsage(label, pid, cpu, pss, allocated, collections));
    }
}
