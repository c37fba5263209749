using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Workloads;
using Forewarn.Daemon.Workloads;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sources.Nvml;

/// <summary>Whose job runs in which part of a card: from the driver's list of each part to the job's number.</summary>
public sealed class PartWorkloadTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact(Timeout = 30_000)]
    public async Task Each_part_shows_the_job_of_its_own_processes()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n", profile: "h100-8-mig");
        var inventory = source.Discover();
        var parts = inventory.Where(row => row.Device.Partition is { } place && place.Parent == inventory[0].Device.Id).ToArray();
        var lists = parts.Select(part => source.Processes(part.Ordinal)).ToArray();
        Assert.Equal(7, lists.Length);
        Assert.All(lists, list => Assert.Equal(NoDataReason.None, list.List.Absence));
        var pids = lists.SelectMany(list => list.Processes.Select(process => process.Pid)).ToList();
        Assert.NotEmpty(pids);
        Assert.Equal(pids.Distinct(), pids); // no process is in two parts

        var node = new NodeProcesses(_folder);
        foreach (var pid in pids) node.Slurm(pid, $"{4000 + pid}");
        using var tracker = new WorkloadTracker(node.Root, new AttributionMeter(), TimeSpan.FromSeconds(10));
        var views = parts.Select(part => new DeviceView(part.Device, new SourceView("nvml", DriverErrorCatalog.Xid, default))).ToArray();
        foreach (var (place, list) in lists.Index()) tracker.Told(views[place], list.List, list.Processes);
        tracker.Resolve();
        foreach (var (place, list) in lists.Index())
        {
            Assert.Equal(
                list.Processes.Select(process => $"{4000 + process.Pid}").Order(), views[place].Workloads.Select(workload => workload.Workload.Id).Order());
            Assert.Equal(list.Processes.Sum(process => process.MemoryBytes), views[place].Workloads.Sum(workload => workload.MemoryBytes));
        }
    }

    /// <summary>nvml.h: under MIG the list of a whole card is for root; without it the parts still tell.</summary>
    [Fact(Timeout = 30_000)]
    public async Task A_card_lists_what_its_parts_list_or_says_that_it_may_not()
    {
        await using var source = await SourceOnNode.StartAsync("r550", "rate 0\n", profile: "h100-8-mig");
        var inventory = source.Discover();
        var (list, processes) = source.Processes(0);
        if (!Environment.IsPrivilegedProcess)
        {
            Assert.Equal(NoDataReason.NoPermission, list.Absence);
            return;
        }

        var ofParts = inventory.Where(row => row.Device.Partition is { } place && place.Parent == inventory[0].Device.Id)
            .SelectMany(part => source.Processes(part.Ordinal).Processes).Select(process => process.Pid);
        Assert.Equal(ofParts.Order(), processes.Select(process => process.Pid).Order());
    }
}
