using Forewarn.Controller.Coordination;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Repair;

/// <summary>What a person gives back, and nodes that nobody tells of any more.</summary>
public class ReturnTests
{
    [Fact]
    public void What_waits_for_people_is_given_back_at_their_word_and_over_once_it_is_well()
    {
        var site = new RepairedFleet(RepairAction.ReplaceHardware).WaitsForPeople("ReplaceHardware");
        site.Fleet.Recover(5).Order(OrderKind.Return, node: "n5").Pass(5);
        Assert.Equal((RepairOutcome.Overruled, NodePhase.InService, ""), (site.Repair.Outcome, site.Node.Phase, site.Node.Reason));
        Assert.Empty(site.Fleet.State.Open);
        Assert.Empty(site.Fleet.State.Returns);
    }

    [Fact]
    public void Given_back_although_it_is_ill_it_is_not_taken_out_again()
    {
        var site = new RepairedFleet(RepairAction.ReplaceHardware).WaitsForPeople("ReplaceHardware");
        site.Fleet.Order(OrderKind.Return, node: "n5").Pass(600);
        Assert.Equal(NodePhase.InService, site.Node.Phase);
        Assert.Single(site.Deeds, "TakeOut");
        Assert.Single(site.Fleet.State.Open);
    }

    [Theory]
    [InlineData(RepairStep.Admitting)]
    [InlineData(RepairStep.Validating)]
    [InlineData(RepairStep.Probation)]
    public void On_its_way_back_it_is_let_go_at_once(RepairStep step)
    {
        var site = new RepairedFleet().Until(step);
        site.Fleet.Order(OrderKind.Return, node: "n5").Pass(5);
        Assert.Equal((RepairOutcome.Overruled, NodePhase.InService), (site.Repair.Outcome, site.Node.Phase));
        Assert.Empty(site.Cluster.Holds);
        Assert.Empty(site.Fleet.State.Open);
    }

    [Fact]
    public void What_others_have_drained_meanwhile_stays_theirs_and_the_order_does_not_wait_for_ever()
    {
        var site = new RepairedFleet(RepairAction.ReplaceHardware).WaitsForPeople("ReplaceHardware");
        site.Node = site.Node with { Reason = "hans: fan" };
        site.Fleet.Order(OrderKind.Return, node: "n5").Pass(700);
        Assert.Equal("hans: fan", site.Node.Reason);
        site.Node = site.Node with { Reason = "forewarn[3/1]: again" };
        site.Pass(60);
        Assert.DoesNotContain("PutBack", site.Deeds);
    }

    [Fact]
    public void Troubles_of_a_node_that_is_gone_for_good_are_closed_as_such()
    {
        var site = new RepairedFleet(RepairAction.ReplaceHardware).WaitsForPeople("ReplaceHardware");
        site.Fleet[5] = site.Fleet[5] with { IsSilent = true };
        site.Pass(60);
        Assert.Null(Assert.Single(site.Fleet.State.Open).MissingSince); // its scheduler still knows it
        site.Cluster.Remove(5);
        site.Pass(60);
        var missing = Assert.Single(site.Fleet.State.Open);
        Assert.NotNull(missing.MissingSince);
        site.Cluster.Now += site.Fleet.Settings.GoneAfter;
        site.Pass(2);
        Assert.Empty(site.Fleet.State.Open);
        Assert.True(site.Fleet.State.Incidents[missing.Id].IsGone);
        Assert.Equal(RepairOutcome.Gone, site.Repair.Outcome);
    }

    [Fact]
    public void A_node_that_is_told_of_again_begins_to_be_missed_anew()
    {
        var site = new RepairedFleet(RepairAction.ReplaceHardware).WaitsForPeople("ReplaceHardware");
        var (agent, node) = (site.Fleet[5], site.Node);
        site.Cluster.Remove(5);
        site.Fleet.Forget(5);
        site.Pass(60);
        site.Node = node;
        site.Cluster.Now += site.Fleet.Settings.GoneAfter;
        site.Pass(2);
        Assert.Null(Assert.Single(site.Fleet.State.Open).MissingSince);
        site.Fleet[5] = agent;
        site.Pass(2);
        Assert.False(Assert.Single(site.Fleet.State.Open).IsGone);
    }
}
