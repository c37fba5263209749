using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Reporting;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

public class ReportMakerTests
{
    private readonly HandMadeNode _node = new HandMadeNode().WithDevices(3);

    [Fact]
    public void The_node_is_told_whole()
    {
        _node.View.Maintenance = new Maintenance("me", "", HandMadeNode.Now, null);
        var report = Make();
        Assert.Equal(("n1", "s", "550.54.15", "6f6d0f3e-8a3b-4f0e-9d1c-2b7a5f3c1e90"), (report.Node, report.Store, report.Driver, report.BootId));
        Assert.Equal((true, false, _node.View.Node.Started), (report.InMaintenance, report.IsSimulated, report.Started));
        Assert.Null(report.Itself);
        Assert.Equal([0, 1, 2], report.Devices.Select(device => device.Minor));
        Assert.Equal("42", Assert.Single(report.Requested));
    }

    [Fact]
    public void A_card_is_told_as_it_is_judged_and_one_that_is_not_judged_is_unknown()
    {
        _node.Judged(0, HealthState.Failing).Judged(1, HealthState.Healthy, isObserved: true).Become(2, DevicePresence.Lost, NoDataReason.DeviceLost, "gone");
        var devices = Make().Devices;
        var ill = devices[0];
        Assert.Equal((HealthState.Failing, "row-remap-failed", WorkAction.CheckpointAndMove, 0.4), (ill.State, ill.Rule, ill.Actions.Work, ill.Probability.SevenDays));
        Assert.Equal(("165023000", "NVIDIA H100 80GB HBM3", "0000:18:00.0"), (ill.Serial, ill.Model, ill.PciAddress));
        Assert.Equal((HealthState.Healthy, ""), (devices[1].State, devices[1].Rule));
        Assert.Equal((HealthState.Unknown, DevicePresence.Lost), (devices[2].State, devices[2].Presence));
    }

    [Fact]
    public void A_card_that_its_driver_leaves_alone_is_nobody_s_to_give_out_and_is_not_told()
    {
        _node.Become(1, DevicePresence.Excluded, NoDataReason.Excluded, "left alone").Become(2, DevicePresence.Excluded, NoDataReason.SourceStopped, "released");
        Assert.Equal([0, 2], Make().Devices.Select(device => device.Minor));
    }

    [Theory]
    [InlineData("application-error", 13, 13)]
    [InlineData("links-down", 13, 0)]
    [InlineData("row-remap-failed", 0, 0)]
    public void Only_a_key_that_is_a_code_is_told_as_one(string rule, long key, long code)
    {
        var assessment = Judgement.Of(_node[0].Device, HealthState.Failing);
        _node[0].Assessment = assessment with { Findings = [assessment.Findings[0] with { PartOf = "other" }, assessment.Findings[0] with { Rule = rule, Key = key }] };
        var device = Make().Devices[0];
        Assert.Equal((rule, code), (device.Rule, device.Code));
    }

    [Fact]
    public void Jobs_are_those_that_a_scheduler_knows_by_number_on_the_card_or_a_part_of_it()
    {
        _node.Cut(1, "1g.10gb");
        var part = _node.View.Devices.Single(view => !view.IsWhole);
        part.Workloads = [Share(WorkloadOrigin.Slurm, "77")];
        _node.Runs(1, Share(WorkloadOrigin.Slurm, "1042"), Share(WorkloadOrigin.Slurm, "1042"), Share(WorkloadOrigin.Kubernetes, "pod"), Share(WorkloadOrigin.None, "x.service"));
        var devices = Make().Devices;
        Assert.Equal(3, devices.Length);
        Assert.Equal("1042 77", string.Join(' ', devices[1].Jobs));
        Assert.Empty(devices[0].Jobs);
    }

    [Fact]
    public void The_node_itself_is_told_once_it_was_judged()
    {
        _node.View.Assessment = new Assessment { Device = DeviceId.Node, State = HealthState.Watch, Since = HandMadeNode.Now };
        Assert.Equal(("node", HealthState.Watch), (Make().Itself!.Id, Make().Itself!.State));
    }

    [Fact]
    public void A_node_whose_devices_are_still_looked_for_is_not_judged_whatever_was_assessed()
    {
        _node.View.Assessment = new Assessment { Device = DeviceId.Node, State = HealthState.Healthy, Since = HandMadeNode.Now };
        var source = new SourceView("other", _node.Source.DriverErrorMetric, HandMadeNode.Now);
        _node.View.Add(source);
        Assert.Null(Make().Itself);
        source.Status = source.Status with { State = SourceState.Unavailable };
        Assert.NotNull(Make().Itself);
    }

    [Fact]
    public void Later_reports_have_greater_numbers()
    {
        var maker = new ReportMaker(_node.View, "n1", new ManualTimeProvider());
        Assert.Equal([1, 2, 3], Enumerable.Range(0, 3).Select(_ => maker.Make("s", [], []).Sequence));
    }

    [Fact]
    public void The_fabric_that_a_card_shares_with_other_nodes_is_told_with_its_part_of_it()
    {
        var traits = new DeviceTraits(new DeviceTrait("architecture", "blackwell"), new DeviceTrait("fabric_cluster", "5b2e3c1a-7d1f-4c55-9a3e-0123456789ab"), new DeviceTrait("fabric_clique", "3"));
        _node[1].Rename(_node[1].Device with { Traits = traits });
        var devices = Make().Devices;
        Assert.Equal(("5b2e3c1a-7d1f-4c55-9a3e-0123456789ab", 3), (devices[1].ClusterUuid, devices[1].CliqueId));
        Assert.Equal(("", 0), (devices[0].ClusterUuid, devices[0].CliqueId));
    }

    private static DeviceWorkload Share(WorkloadOrigin manager, string id) => new(new Workload { Manager = manager, Id = id }, 1, 0);

    private Forewarn.Controller.Reports.AgentReport Make() => new ReportMaker(_node.View, "n1", new ManualTimeProvider()).Make("s", [], ["42"]);
}
