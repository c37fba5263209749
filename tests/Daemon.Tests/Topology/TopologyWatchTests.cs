using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Topology;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Schedulers.Slurm;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Daemon.Tests.Schedulers;
using Forewarn.Daemon.Topology;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Topology;

public sealed class TopologyWatchTests : IDisposable
{
    private static readonly string[] Nodes = ["n1", "n2", "n3", "n4"];

    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public void Without_any_source_each_node_is_there_and_all_are_equally_far_apart()
    {
        var stand = Watch(new()).Of(Nodes, Fleet());
        Assert.Equal(Nodes, stand.Graph.Nodes.AsEnumerable());
        Assert.Equal(stand.Graph.Apart, stand.Graph.Distance(0, 3));
        Assert.Empty(stand.Sources);
    }

    [Fact]
    public async Task All_sources_make_one_graph_and_their_conflicts_are_kept()
    {
        var site = _folder.Write("topology", "n[1-2] leaf=a\nn3 rak=r1\n");
        var watch = Watch(new() { SiteFile = site }, new RecordedSlurm("drained").Answering("scontrol", "SwitchName=x Level=0 Nodes=n1\nSwitchName=y Level=0 Nodes=n[2-3]\n"));
        await watch.LookAsync(default);
        var stand = watch.Of(Nodes, Fleet("n1", "n4"));
        Assert.Equal([TopologySource.File, TopologySource.Devices, TopologySource.SchedulerTree], stand.Sources.AsEnumerable());
        Assert.Equal(Nodes, stand.Graph.Nodes.AsEnumerable());
        Assert.Contains(stand.Conflicts, conflict => conflict.Nodes.Contains("n1") || conflict.Nodes.Contains("n2"));
        Assert.Contains(stand.Complaints, complaint => complaint.ToString() == $"{site}:2: rak is no key (did you mean rack?): domain, leaf, spine, core, cooling, power, rack, room, row");
        Assert.Equal(TopologyLevel.Domain, stand.Graph.Distance(0, 3));
        Assert.Same(stand, watch.Stand);
    }

    [Fact]
    public async Task A_changed_file_is_read_anew_and_one_that_is_gone_stays_as_it_was()
    {
        var site = _folder.Write("topology", "n[1-2] leaf=a\n");
        var watch = Watch(new() { SiteFile = site });
        await watch.LookAsync(default);
        var first = watch.Of(Nodes, Fleet());
        await watch.LookAsync(default);
        Assert.Same(first, watch.Of(Nodes, Fleet()));

        _folder.Write("topology", "n[1-2] leaf=a\nn[3-4] leaf=b\n");
        await watch.LookAsync(default);
        var second = watch.Of(Nodes, Fleet());
        Assert.Equal(TopologyLevel.Leaf, second.Graph.Distance(2, 3));

        File.Delete(site);
        await watch.LookAsync(default);
        var third = watch.Of(Nodes, Fleet());
        Assert.Equal(TopologyLevel.Leaf, third.Graph.Distance(2, 3));
        Assert.Equal($"{site}: cannot be read: no such file", Assert.Single(third.Complaints).ToString());
    }

    [Fact]
    public async Task A_scheduler_that_does_not_answer_is_named_and_asked_again()
    {
        var slurm = new RecordedSlurm("drained").Answering("scontrol", "fails");
        var watch = Watch(new(), slurm);
        await watch.LookAsync(default);
        Assert.Contains("Unable to contact slurm controller", Assert.Single(watch.Of(Nodes, Fleet()).Complaints).ToString(), StringComparison.Ordinal);
        slurm.Answering("scontrol", "No topology information available\n");
        await watch.LookAsync(default);
        Assert.Empty(watch.Of(Nodes, Fleet()).Complaints);
        var asked = slurm.Commands.Count;
        await watch.LookAsync(default);
        Assert.Equal(asked, slurm.Commands.Count);
        _time.Advance(TimeSpan.FromMinutes(5));
        await watch.LookAsync(default);
        Assert.Equal(asked + 1, slurm.Commands.Count);
    }

    [Fact]
    public void A_node_that_the_scheduler_gets_is_in_the_next_graph()
    {
        var watch = Watch(new());
        Assert.Equal(-1, watch.Of(Nodes, Fleet()).Graph.Find("n5"));
        Assert.Equal(4, watch.Of([.. Nodes, "n5"], Fleet()).Graph.Find("n5"));
    }

    public void Dispose() => _folder.Dispose();

    private TopologyWatch Watch(TopologyOptions options, RecordedSlurm? slurm = null)
        => new(options, slurm is null ? null : new SlurmWiring(slurm).AskAsync, _time, NullLogger.Instance);

    /// <summary>These nodes share a fabric.</summary>
    private FleetState Fleet(params string[] nodes)
        => nodes.Aggregate(new FleetState(_time.GetUtcNow()), (state, node) => state.Take(Report(node), _time.GetUtcNow()).State);

    private static AgentReport Report(string node)
    {
        var report = ServedFleet.Report(node);
        return report with { Devices = [.. report.Devices.Select(device => device with { ClusterUuid = "5b2e3c1a-0000-0000-0000-000000000001", CliqueId = 1 })] };
    }
}
