using System.Collections.Immutable;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Fleet;

public class IllnessTests
{
    private static readonly ReportedDevice Healthy = SomeReports.Device("a");
    private static readonly ReportedDevice Failing = SomeReports.Device("a", HealthState.Failing, WorkAction.CheckpointAndMove, "row-remap-pending");

    [Fact]
    public void A_card_that_becomes_ill_is_told_once()
    {
        var ill = Assert.Single(Take(Healthy, Failing));
        Assert.True(ill.IsNew);
        Assert.Equal(("n1", "a", HealthState.Healthy), (ill.Node, ill.Device.Id, ill.Before!.State));
        Assert.Empty(Take(Failing, Failing with { Summary = "in other words" }));
    }

    [Fact]
    public void One_that_becomes_worse_or_ill_of_something_else_is_told_again()
    {
        Assert.False(Assert.Single(Take(Failing, Failing with { State = HealthState.Failed })).IsNew);
        Assert.False(Assert.Single(Take(Failing, Failing with { Rule = "link-down" })).IsNew);
        Assert.Single(Take(Failing, Failing with { Actions = new(WorkAction.StopNow, RepairAction.None) }));
        Assert.Empty(Take(Failing with { State = HealthState.Failed }, Failing));
    }

    [Fact]
    public void What_is_watched_or_not_known_is_no_illness()
    {
        Assert.Empty(Take(Healthy, Healthy with { State = HealthState.Watch }));
        Assert.Empty(Take(Healthy, Healthy with { State = HealthState.Unknown }));
    }

    [Fact]
    public void What_asks_for_something_for_its_work_is_one()
        => Assert.Single(Take(Healthy, Healthy with { Actions = new(WorkAction.RestartApplication, RepairAction.None) }));

    [Fact]
    public void A_card_that_was_ill_before_a_restart_is_not_ill_anew()
    {
        var earlier = new FleetState(SomeReports.Now).Take(SomeReports.Of(devices: [Failing]), SomeReports.Now).Node;
        var state = new FleetState(SomeReports.Now.AddMinutes(5)).Recall([earlier]);
        Assert.Empty(state.Take(SomeReports.Of(sequence: 2, devices: [Failing]), SomeReports.Now.AddMinutes(5)).Ill);
    }

    [Fact]
    public void The_node_itself_can_be_ill()
    {
        var report = SomeReports.Of() with { Itself = SomeReports.Device(DeviceId.Node.Value, HealthState.Failed) };
        Assert.Equal("node", Assert.Single(new FleetState(SomeReports.Now).Take(report, SomeReports.Now).Ill).Device.Id);
    }

    private static ImmutableArray<Illness> Take(ReportedDevice before, ReportedDevice after) => new FleetState(SomeReports.Now)
        .Take(SomeReports.Of(devices: [before]), SomeReports.Now).State
        .Take(SomeReports.Of(sequence: 2, devices: [after]), SomeReports.Now.AddSeconds(1)).Ill;
}
