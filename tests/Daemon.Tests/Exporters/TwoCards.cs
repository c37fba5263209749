using Forewarn.Daemon.Efficiency;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Exporters;

/// <summary>A node with something in every family: one card that is measured, one that fell off the bus.</summary>
internal static class TwoCards
{
    public static ScrapedNode Build()
    {
        var node = new ScrapedNode();
        FillSource(node.Source);
        node.View.Add(new QueueMeter("assessment", 64, () => 3));
        var events = new QueueMeter("events", 1024, () => 0);
        events.CountDrop();
        node.View.Add(events);
        node.View.Processes =
        [
            new("agent", 4711, 12.25, 41_943_040, 123_456, 7),
            new("probe-nvml", 4712, 1.5, 0, 98_304, 0),
        ];
        node.View.Host = new HostReadings
        {
            Read = ScrapedNode.Noon,
            Processes = 900,
            Blocked = 4,
            StuckProcesses = 3,
            StuckOfDriver = 1,
            Parts = [new(HostPartKind.Fabric, "nvidia-fabricmanager", true, true), new(HostPartKind.PeerMemory, "nvidia_peermem", true, null)],
        };
        node.View.Add(Delivery());
        node.View.KernelLog = KernelLog();
        node.View.EventStore = Store();
        node.View.Reporting = Reporting();
        var view = node.AddMeasured(
            ScrapedNode.Card(0) with { Traits = new DeviceTraits(new("architecture", "hopper"), new("cpus", "0-47")) }, EveryReading());
        FillAccount(view, node.View.Accounts);
        var lost = node.AddMeasured(ScrapedNode.Card(1), Reading.Of(SignalId.TemperatureGpu, 91));
        lost.CountDriverError(79);
        lost.CountDriverError(63);
        lost.CountDriverError(79);
        view.Processes = new ProcessTally(3, 0, NoDataReason.None);
        view.Workloads =
        [
            new(new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "5f3b5e4c-8d3f-4b7e-9f1a-0123456789ab", Namespace = "team", Pod = "train-0", User = 0 }, 1, -1),
            new(new Workload { Manager = WorkloadOrigin.Slurm, Id = "4711", Step = "0", User = 1000 }, 2, 68_719_476_736),
        ];
        view.Assessment = Judged(view.Device.Id, HealthState.Healthy);
        lost.Assessment = Judged(lost.Device.Id, HealthState.Failed, Finding(lost.Device.Id, "device-lost", Severity.Failed), Finding(lost.Device.Id, "driver-error", Severity.Failed));
        node.View.Assessment = Judged(DeviceId.Node, HealthState.Watch, Finding(DeviceId.Node, "kernel-stall", Severity.Watch));
        node.View.Events.Count(HealthEventKind.DriverError, 79, 2);
        node.View.Events.Count(HealthEventKind.PresenceChanged, 0, 1);
        node.View.Attribution.CountUnresolved(NoDataReason.NoPermission);
        lost.Become(new(DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus", ScrapedNode.Noon));
        return node;
    }

    private static Assessment Judged(DeviceId device, HealthState state, params Finding[] findings) => new()
    {
        Device = device,
        State = state,
        Since = ScrapedNode.Noon,
        Actions = state == HealthState.Failed ? new(WorkAction.StopNow, RepairAction.RebootNode) : RecommendedActions.None,
        Probability = state == HealthState.Failed ? FailureProbability.Certain : new(0, 0.001, 0.005),
        Findings = [.. findings],
    };

    private static Finding Finding(DeviceId device, string rule, Severity severity) => new()
    {
        Rule = rule,
        Device = device,
        Severity = severity,
        Summary = rule,
        FirstSeen = ScrapedNode.Noon,
        LastSeen = ScrapedNode.Noon,
    };

    private static KernelLogView KernelLog()
    {
        var log = new KernelLogView(ScrapedNode.Noon) { Lag = TimeSpan.FromMilliseconds(1500) };
        log.Status = new(SourceState.Running, NoDataReason.None, "", ScrapedNode.Noon);
        for (var record = 0; record < 1200; record++) log.CountRecord();
        log.CountRefused(KernelLogFault.NotKernel);
        log.CountRefused(KernelLogFault.Torn);
        log.CountNotUnderstood();
        log.CountOverrun(340);
        return log;
    }

    private static ReportingView Reporting()
    {
        var reporting = new ReportingView("https://controller:9798") { Waiting = 3, Requests = 1, Trouble = new("HTTP 503", ScrapedNode.Noon.AddSeconds(-15)) };
        reporting.CountTaken(ScrapedNode.Noon.AddSeconds(-25));
        reporting.CountFailed();
        reporting.CountFailed();
        reporting.CountRefusedOrder();
        reporting.Durations.Add(4_000_000);
        return reporting;
    }

    private static EventStoreMeter Store()
    {
        var store = new EventStoreMeter { Held = 2, Refusal = "database or disk is full", LastSuccess = ScrapedNode.Noon.AddSeconds(-30) };
        store.CountStored(41);
        store.CountLost(3);
        store.Commits.Add(4_000_000);
        return store;
    }

    private static DeliveryView Delivery()
    {
        var delivery = new DeliveryView("influx", "http://127.0.0.1:8086");
        delivery.CountTaken(5422);
        delivery.CountWritten(5000, ScrapedNode.Noon);
        delivery.CountDropped(DropReason.Refused, 2);
        delivery.CountRetry();
        delivery.Hold(420, ScrapedNode.Noon.AddSeconds(-20), 2, 40_960);
        delivery.Requests.Add(12_000_000);
        delivery.Trouble = new("HTTP 503", ScrapedNode.Noon);
        return delivery;
    }

    /// <summary>A value for each signal (its number, where it does not matter), four links, and three absences.</summary>
    public static Reading[] EveryReading() =>
    [
        .. SignalCatalog.All.SelectMany(row =>
            row.InstanceLabel is null ? [Of(row.Id, 0)] : Enumerable.Range(0, 4).Select(link => Of(row.Id, link))),
    ];

    private static Reading Of(SignalId id, int instance) => id switch
    {
        SignalId.UtilizationJpeg or SignalId.UtilizationOpticalFlow => Reading.None(id, NoDataReason.SymbolMissing),
        SignalId.EccSramThresholdExceeded => Reading.None(id, NoDataReason.NoPermission),
        SignalId.UtilizationGpu => Reading.Of(id, 0.97),
        SignalId.Power => Reading.Of(id, 503.125),
        SignalId.Energy => Reading.Of(id, 1234567890.123),
        SignalId.ClockSm => Reading.Of(id, 1_980_000_000),
        SignalId.MemoryFree => Reading.Of(id, 85_520_809_984),
        _ => Reading.Of(id, (int)id + instance, (ushort)instance),
    };

    // Two seconds half busy, four idle, the last three of them with memory held.
    private static void FillAccount(DeviceView device, NodeAccounts node)
    {
        (int Second, double Utilization, long Used)[] samples = [(0, 0, 0), (2, 0.5, 0), (3, 0, 0), (6, 0, 1L << 30)];
        foreach (var (second, utilization, used) in samples)
        {
            var sample = ScrapedNode.SampleOf(
                Reading.Of(SignalId.UtilizationGpu, utilization), Reading.Of(SignalId.MemoryUsed, used), Reading.Of(SignalId.MemoryReserved, 0));
            sample.Arrived = second * TimeSpan.TicksPerSecond;
            device.Account.Take(sample, [], node);
        }
    }

    private static void FillSource(SourceView source)
    {
        source.DriverVersion = "550.163.01";
        source.LibraryVersion = "12.550.163.01";
        source.Status = new(SourceState.Running, NoDataReason.None, "", ScrapedNode.Noon);
        source.LastSuccess = ScrapedNode.Noon;
        (source.Expected, source.Found) = (2, 1);
        source.FastSweep.Add(3_200_000);
        source.FastSweep.Add(4_700_000);
        source.SlowSweep.Add(11_000_000_000);
        source.CallGroup("temperature").Add(250_000);
        source.CallGroup("nvlink").Add(1_750_000);
        source.CountStall();
        source.CountRestart();
        source.AbandonedProcesses = 1;
        source.CountSkippedSweeps(2);
        source.CountRefusedFrame();
    }
}
