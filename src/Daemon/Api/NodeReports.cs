using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Api;

/// <summary>Turns the node's view into the answers about the node and its sources.</summary>
internal static class NodeReports
{
    public static NodeReport Node(NodeView view, DateTimeOffset now) => new()
    {
        Simulated = view.Node.Simulation is not null,
        Simulation = view.Node.Simulation,
        Name = view.Node.Name,
        Version = view.Node.Version,
        BootId = DeviceReports.Told(view.Node.BootId),
        Root = view.Node.Root,
        Started = view.Node.Started,
        Time = now,
        Ready = view.IsReady,
        WaitingFor = [.. WaitingFor(view)],
        Devices = Count(view),
        States = AssessmentReports.Count(view),
        Assessment = AssessmentReports.Of(view.Assessment),
        Maintenance = AssessmentReports.Of(view.Maintenance),
        Sources = [.. view.Sources.Select(Source)],
        KernelLog = view.KernelLog is { } log ? KernelLog(log) : null,
        Exporters = [.. view.Deliveries.Select(ExporterReports.Of)],
        EventStore = view.EventStore is { } store
            ? new EventStoreReport(store.Stored, store.Held, store.Lost, DeviceReports.Happened(store.LastSuccess), store.Refusal)
            : null,
        Controller = ControllerReports.Of(view.Reporting),
        Queues = [.. view.Queues.Select(queue => new QueueReport(queue.Name, queue.Capacity, queue.Depth, queue.Dropped))],
        Processes = [.. view.Processes.Select(Process)],
    };

    /// <summary>The sources that have neither measured a full sweep nor said why they cannot.</summary>
    public static IEnumerable<string> WaitingFor(NodeView view) =>
        view.Sources.Where(source => !source.HasSettled).Select(source => source.Name);

    private static DeviceCounts Count(NodeView view)
    {
        var presences = view.Devices.Where(device => device.IsWhole).Select(device => device.Presence.Presence).ToArray();
        return new(
            view.Sources.Sum(source => source.Expected),
            view.Sources.Sum(source => source.Found),
            presences.Count(presence => presence == DevicePresence.Measured),
            presences.Count(presence => presence == DevicePresence.Stalled),
            presences.Count(presence => presence == DevicePresence.Lost),
            presences.Count(presence => presence == DevicePresence.Excluded),
            presences.Count(presence => presence == DevicePresence.Unknown));
    }

    private static SourceReport Source(SourceView source)
    {
        var status = source.Status;
        return new()
        {
            Name = source.Name,
            State = status.State,
            Reason = DeviceReports.Given(status.Reason),
            Detail = DeviceReports.Told(status.Detail),
            Since = status.Since,
            DriverVersion = DeviceReports.Told(source.DriverVersion),
            LibraryVersion = DeviceReports.Told(source.LibraryVersion),
            OtherBuild = DeviceReports.Told(source.OtherBuild),
            Expected = source.Expected,
            Found = source.Found,
            LastSuccess = DeviceReports.Happened(source.LastSuccess),
            Stalls = source.Stalls,
            Restarts = source.Restarts,
            AbandonedProcesses = source.AbandonedProcesses,
            SkippedSweeps = source.SkippedSweeps,
            RefusedFrames = source.RefusedFrames,
            CallGroups = [.. source.CallGroups.Select(group => new CallGroupReport(group.Name, group.Calls, group.Seconds))],
        };
    }

    private static KernelLogReport KernelLog(KernelLogView log)
    {
        var status = log.Status;
        return new()
        {
            Path = DeviceReports.Told(log.Path),
            State = status.State,
            Reason = DeviceReports.Given(status.Reason),
            Detail = DeviceReports.Told(status.Detail),
            Since = status.Since,
            Records = log.Records,
            Lost = log.Lost,
            NotUnderstood = log.NotUnderstood,
        };
    }

    private static ProcessReport Process(ProcessUsage usage) => new(
        usage.Process, usage.Pid, usage.CpuSeconds, usage.PssBytes == 0 ? null : usage.PssBytes, usage.AllocatedBytes, usage.Collections);
}
