using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Probes.Frames;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Daemon.Workloads;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Workloads;

public sealed class WorkloadTrackerTests : IDisposable
{
    private const long GiB = 1L << 30;

    private readonly TemporaryFolder _folder = new();
    private readonly NodeProcesses _node;
    private readonly AttributionMeter _meter = new();
    private readonly WorkloadTracker _tracker;
    private readonly DeviceView _device = new(
        new Device { Id = new("GPU-1"), Vendor = new("nvidia"), PciAddress = "0000:18:00.0" }, new SourceView("nvml", DriverErrorCatalog.Xid, default));

    public WorkloadTrackerTests()
    {
        _node = new NodeProcesses(_folder);
        _tracker = new WorkloadTracker(_node.Root, _meter, TimeSpan.FromSeconds(10));
    }

    public void Dispose()
    {
        _tracker.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Processes_of_one_step_are_one_workload_with_their_memory_together()
    {
        _node.Slurm(10, "4711");
        _node.Slurm(11, "4711");
        _node.Slurm(12, "4711", step: "extern");
        Told(Holds(11, 2 * GiB), Holds(12, GiB), Holds(10, 3 * GiB));
        Assert.Equal(
            [new(Step("0"), 2, 5 * GiB), new(Step("extern"), 1, GiB)],
            _device.Workloads.AsEnumerable());
        Assert.Equal(new ProcessTally(3, 0, NoDataReason.None), _device.Processes);

        static Workload Step(string step) => new() { Manager = WorkloadOrigin.Slurm, Id = "4711", Step = step, User = 1000 };
    }

    [Fact]
    public void A_pod_has_the_name_that_the_kubelet_gave_its_logs()
    {
        _node.InPod(20);
        _node.PodLogs("team", "train-0", NodeProcesses.Pod);
        Told(Holds(20, GiB));
        var workload = Assert.Single(_device.Workloads).Workload;
        Assert.Equal((WorkloadOrigin.Kubernetes, NodeProcesses.Pod, "team", "train-0"), (workload.Manager, workload.Id, workload.Namespace, workload.Pod));
    }

    [Fact]
    public void Memory_that_the_driver_does_not_tell_is_not_zero()
    {
        _node.Slurm(10, "4711");
        _node.Slurm(11, "4711");
        Told(Holds(10, -1), Holds(11, GiB));
        Assert.Equal(-1, Assert.Single(_device.Workloads).MemoryBytes);
    }

    [Fact]
    public void A_process_that_computes_and_draws_counts_once()
    {
        _node.Slurm(10, "4711");
        Told(Holds(10, GiB), new DeviceProcess(10, GiB, DeviceProcessKind.Graphics));
        Assert.Equal((1, GiB), (_device.Workloads[0].Processes, _device.Workloads[0].MemoryBytes));
        Assert.Equal(1, _device.Processes!.Count);
    }

    [Fact]
    public void A_process_that_has_gone_is_gone_also_where_no_new_list_comes()
    {
        _node.Slurm(10, "4711");
        _node.Slurm(11, "4712");
        Told(Holds(10, GiB), Holds(11, GiB));
        _node.End(10);
        _tracker.Resolve();
        Assert.Equal("4712", Assert.Single(_device.Workloads).Workload.Id);
        Assert.Equal(1, _device.Processes!.Count);
        Assert.Equal(0, _meter.Unresolved(NoDataReason.NoPermission) + _meter.Unresolved(NoDataReason.Invalid));
    }

    [Fact]
    public void A_pid_that_was_given_anew_is_a_strangers_until_a_new_list_tells_it()
    {
        _node.Slurm(10, "4711", start: 100);
        Told(Holds(10, GiB));
        _node.Slurm(10, "4999", start: 5000);
        _tracker.Resolve();
        Assert.Empty(_device.Workloads);
        Assert.Equal(0, _device.Processes!.Count);
        _tracker.Resolve();
        Assert.Empty(_device.Workloads);

        Told(Holds(10, GiB));
        Assert.Equal("4999", Assert.Single(_device.Workloads).Workload.Id);
        Assert.Equal(1, _device.Processes!.Count);
    }

    [Fact]
    public void A_pid_that_comes_back_while_no_list_comes_is_a_strangers()
    {
        _node.Slurm(10, "4711");
        Told(Holds(10, GiB));
        _node.End(10);
        _tracker.Resolve();
        _node.Slurm(10, "4999", start: 5000);
        _tracker.Resolve();
        Assert.Empty(_device.Workloads);
    }

    [Fact]
    public void Processes_that_cannot_be_seen_are_counted_as_the_driver_tells_them_and_once_as_unresolved()
    {
        _node.Slurm(10, "4711");
        Told(Holds(10, GiB), Holds(11, GiB), Holds(12, GiB), new DeviceProcess(12, GiB, DeviceProcessKind.Graphics));
        Assert.Equal("4711", Assert.Single(_device.Workloads).Workload.Id);
        Assert.Equal(new ProcessTally(3, 0, NoDataReason.None), _device.Processes);
        Assert.Equal(2, _meter.Unresolved(NoDataReason.NoPermission));

        _node.Slurm(11, "4999", start: 5000); // of a pid that was hidden when the list came
        _tracker.Resolve();
        Assert.Single(_device.Workloads);
        Told(Holds(10, GiB), Holds(12, GiB));
        Assert.Equal(2, _device.Processes!.Count);
        Assert.Equal(2, _meter.Unresolved(NoDataReason.NoPermission));
    }

    [Fact]
    public void A_process_that_was_seen_and_has_gone_is_not_counted_in_the_lists_that_still_tell_it()
    {
        _node.Slurm(10, "4711");
        Told(Holds(10, GiB));
        _node.End(10);
        for (var list = 0; list < 3; list++) Told(Holds(10, GiB));
        Assert.Equal(0, _device.Processes!.Count);
        Assert.Equal(0, _meter.Unresolved(NoDataReason.NoPermission));
    }

    [Fact]
    public void A_control_group_that_makes_no_sense_is_nobodys_and_counted_once()
    {
        _node.Start(10, "what is this\n", 1000, 100);
        Told(Holds(10, GiB));
        _tracker.Resolve();
        Assert.Equal((WorkloadOrigin.None, "", 1000), (_device.Workloads[0].Workload.Manager, _device.Workloads[0].Workload.Id, _device.Workloads[0].Workload.User));
        Assert.Equal(1, _meter.Unresolved(NoDataReason.Invalid));
    }

    [Fact]
    public void What_the_driver_only_counts_is_counted_and_what_it_refuses_is_absent()
    {
        _node.Slurm(10, "4711");
        _tracker.Told(_device, new ProcessList(0, NoDataReason.None, 300, 1), [Holds(10, GiB)]);
        _tracker.Resolve();
        Assert.Equal(new ProcessTally(300, 299, NoDataReason.None), _device.Processes);

        _tracker.Told(_device, new ProcessList(0, NoDataReason.NoPermission, 0, 0), []);
        _tracker.Resolve();
        Assert.Equal(NoDataReason.NoPermission, _device.Processes!.Absence);
        Assert.Empty(_device.Workloads);
    }

    /// <summary>The list may be asked for between the moment at which a card is lost and the sweep that finds out.</summary>
    [Fact]
    public void A_card_that_answers_the_question_by_being_lost_keeps_its_job_while_that_lives()
    {
        _node.Slurm(10, "4711");
        Told(Holds(10, GiB));
        _tracker.Told(_device, new ProcessList(0, NoDataReason.DeviceLost, 0, 0), []);
        _tracker.Resolve();
        Assert.Equal(("4711", NoDataReason.DeviceLost), (Assert.Single(_device.Workloads).Workload.Id, _device.Processes!.Absence));
        _node.End(10);
        _tracker.Resolve();
        Assert.Empty(_device.Workloads);
    }

    [Fact]
    public void While_nothing_changes_nothing_is_allocated()
    {
        for (var pid = 10; pid < 26; pid++) _node.Slurm(pid, $"{4711 + (pid % 3)}");
        Told([.. Enumerable.Range(10, 16).Select(pid => Holds(pid, GiB))]);
        var before = _device.Workloads;
        Assert.Equal(0, Allocated.By(_tracker.Resolve));
        Assert.True(before == _device.Workloads);
    }

    private static DeviceProcess Holds(int pid, long bytes) => new(pid, bytes, DeviceProcessKind.Compute);

    private void Told(params DeviceProcess[] processes)
    {
        _tracker.Told(_device, new ProcessList(0, NoDataReason.None, processes.Length, processes.Length), processes);
        _tracker.Resolve();
    }
}
