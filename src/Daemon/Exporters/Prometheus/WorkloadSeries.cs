using System.Collections.Immutable;
using System.Globalization;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>
/// Who runs on one device. Jobs come and go: their names stand on the info metric alone, and its label <c>workload</c>, a number from 0
/// on, joins it with the values.
/// </summary>
internal sealed class WorkloadSeries(DeviceLabels labels)
{
    private static readonly string[] Managers = EnumLabels.Of<WorkloadOrigin>();

    private readonly byte[] _processes = labels.Series(SelfCatalog.DeviceProcesses.Name);
    private ImmutableArray<DeviceWorkload> _workloads = [];
    private (byte[] Info, byte[] Memory)[] _series = [];
    private ProcessTally? _tally;

    public void Take(DeviceView view)
    {
        _tally = view.Processes;
        var workloads = view.Workloads;
        if (!SameWorkloads.Are(workloads, _workloads)) _series = [.. workloads.Select((share, place) => (Info(share.Workload, place), Memory(place)))];
        _workloads = workloads;
    }

    public void WriteProcesses(ref ExpositionWriter writer)
    {
        if (_tally is { Absence: NoDataReason.None } tally) writer.Sample(_processes, (long)tally.Count);
    }

    public void WriteInfo(ref ExpositionWriter writer)
    {
        foreach (var (info, _) in _series) writer.Sample(info, 1L);
    }

    public void WriteMemory(ref ExpositionWriter writer)
    {
        for (var i = 0; i < _series.Length; i++)
        {
            if (_workloads[i].MemoryBytes >= 0) writer.Sample(_series[i].Memory, _workloads[i].MemoryBytes);
        }
    }

    private byte[] Info(Workload workload, int place)
    {
        var isPod = workload.Manager == WorkloadOrigin.Kubernetes;
        SignalLabel[] all =
        [
            new("workload", Number(place)),
            new("manager", Managers[(int)workload.Manager]),
            new("job", workload.Manager == WorkloadOrigin.Slurm ? workload.Id : ""),
            new("step", workload.Step),
            new("namespace", workload.Namespace),
            new("pod", workload.Pod),
            new("pod_uid", isPod ? workload.Id : ""),
            new("container", workload.Manager == WorkloadOrigin.Container ? workload.Id : workload.Container),
            new("unit", workload.Manager == WorkloadOrigin.None ? workload.Id : ""),
            new("user", SeriesName.NumberOrEmpty(workload.User)),
        ];
        return labels.Series(SelfCatalog.DeviceWorkloadInfo.Name, [.. all.Where(label => label.Value.Length > 0)]);
    }

    private byte[] Memory(int place) => labels.Series(SelfCatalog.DeviceWorkloadMemory.Name, new SignalLabel("workload", Number(place)));

    private static string Number(int place) => place.ToString(CultureInfo.InvariantCulture);
}
