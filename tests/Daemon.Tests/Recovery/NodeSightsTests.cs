using System.Collections.Immutable;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Reports;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Fleet;

namespace Forewarn.Daemon.Tests.Recovery;

public class NodeSightsTests
{
    private static readonly DateTimeOffset Start = ServedFleet.Now.AddHours(1);

    // As a controller finds them that has just started: of both an earlier one knew.
    private static readonly FleetState Fleet = new FleetState(Start).Recall([Known("n1"), Known("n2")]);

    [Fact]
    public void After_a_start_a_node_has_its_time_to_speak_before_it_is_silent()
    {
        Assert.All(new NodeSights().Of(Fleet, null, Start.AddSeconds(60)).Values, node => Assert.Equal((true, false, false), (node.IsAwaited, node.IsSilent, node.IsFit)));
        Assert.All(new NodeSights().Of(Fleet, null, Start.AddSeconds(60.1)).Values, node => Assert.Equal((false, true, false), (node.IsAwaited, node.IsSilent, node.IsFit)));
    }

    [Fact]
    public void One_that_speaks_is_awaited_no_more_and_can_be_silent_again()
    {
        var heard = Fleet.Take(ServedFleet.Report("n1", sequence: 2), Start.AddSeconds(5)).State;
        var now = new NodeSights().Of(heard, null, Start.AddSeconds(6));
        Assert.Equal((false, false, true), (now["n1"].IsAwaited, now["n1"].IsSilent, now["n1"].IsFit));
        Assert.True(now["n2"].IsAwaited);
        Assert.Equal((false, true), new NodeSights().Of(heard, null, Start.AddSeconds(36))["n1"] is var late ? (late.IsAwaited, late.IsSilent) : default);
    }

    [Fact]
    public void A_node_whose_agent_has_found_nothing_yet_is_no_place_for_a_job()
    {
        var report = ServedFleet.Report("n1", sequence: 2);
        Assert.False(Fit(report with { Devices = [] }));
        Assert.False(Fit(report with { Itself = null }));
        Assert.True(Fit(report));

        static bool Fit(AgentReport told) => new NodeSights().Of(Fleet.Take(told, Start).State, null, Start)["n1"].IsFit;
    }

    [Fact]
    public void A_node_that_tells_of_fewer_cards_than_its_scheduler_has_for_it_is_no_place_for_a_job()
    {
        var heard = Fleet.Take(ServedFleet.Report("n1", sequence: 2), Start).State;
        Assert.True(IsFitWith(2));
        Assert.False(IsFitWith(3));

        bool IsFitWith(int cards) => new NodeSights().Of(heard, Cluster(new() { Name = "n1", Phase = NodePhase.InService, Cards = cards }), Start)["n1"].IsFit;
    }

    [Fact]
    public void What_stands_as_before_is_not_made_anew_and_what_does_not_is()
    {
        var sights = new NodeSights();
        var first = Fleet.Take(ServedFleet.Report("n1", sequence: 2), Start).State.Take(ServedFleet.Report("n2", sequence: 2), Start).State;
        var before = sights.Of(first, null, Start);
        Assert.Same(before, sights.Of(first.Take(ServedFleet.Report("n1", sequence: 3), Start.AddSeconds(10)).State, null, Start.AddSeconds(10)));

        var ill = ServedFleet.Report("n1", sequence: 4);
        ill = ill with { Devices = ill.Devices.SetItem(0, ill.Devices[0] with { State = Model.HealthState.Failing }) };
        var after = sights.Of(first.Take(ill, Start.AddSeconds(20)).State, null, Start.AddSeconds(20));
        Assert.Equal((false, true), (after["n1"].IsFit, after["n2"].IsFit));
        Assert.Same(before["n2"], after["n2"]);
        Assert.True(sights.Of(first, Cluster(new() { Name = "n2", Phase = NodePhase.InService, Cards = 3 }), Start.AddSeconds(20))["n2"].LacksCards);
        Assert.True(sights.Of(first, null, Start.AddSeconds(31))["n2"].IsSilent);
    }

    [Fact]
    public void A_node_that_is_known_no_more_is_not_seen_any_more()
    {
        var sights = new NodeSights();
        Assert.Equal(2, sights.Of(Fleet, null, Start).Count);
        var left = Fleet.Take(ServedFleet.Report("n1", sequence: 2), Start.AddSeconds(5)).State.Forget(Start);
        Assert.Equal(["n1"], sights.Of(left, null, Start.AddSeconds(5)).Keys);
        Assert.Equal(2, sights.Of(Fleet, null, Start.AddSeconds(5)).Count);
    }

    private static ClusterSight Cluster(ClusterNode node)
        => new() { At = Start, Nodes = ImmutableDictionary<string, ClusterNode>.Empty.Add(node.Name, node), Jobs = ImmutableDictionary<string, ClusterJob>.Empty };

    private static FleetNode Known(string node) => new FleetState(ServedFleet.Now).Take(ServedFleet.Report(node), ServedFleet.Now).Node;
}
