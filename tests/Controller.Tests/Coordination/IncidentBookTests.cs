using Forewarn.Controller.Coordination;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Schedulers;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Coordination;

/// <summary>When a trouble is over, and when nobody can say so.</summary>
public class IncidentBookTests
{
    private readonly TestFleet _fleet = new(8, 1, 2, 3, 4);

    [Fact]
    public void An_agent_that_is_started_anew_ends_no_trouble_and_the_approval_of_it_stays()
    {
        _fleet.Settings = _fleet.Settings with { Guards = _fleet.Settings.Guards with { Mode = ActionMode.Approve } };
        _fleet.Announce(3).Pass(2).Order(OrderKind.Reject, 1, "41").Pass(2);
        var told = _fleet[3];
        // It has found nothing yet; then its cards, and has judged neither them nor the node.
        _fleet[3] = told with { Devices = [] };
        Assert.Equal(HealthState.Unknown, Assert.Single(_fleet.Pass(5).State.Open).State);
        _fleet[3] = told with { Devices = [told.Devices[0] with { State = HealthState.Unknown, Rule = "", Actions = default }] };
        Assert.Equal(HealthState.Unknown, Assert.Single(_fleet.Pass(5).State.Open).State);
        _fleet[3] = told;
        var same = Assert.Single(_fleet.Pass(5).State.Open);
        Assert.Equal((1L, HealthState.Failing, Verdict.Rejected), (same.Id, same.State, _fleet.Last.Verdict));
        Assert.Empty(_fleet.Cluster.Done);
    }

    [Fact]
    public void A_card_that_nobody_can_say_anything_of_is_not_well()
    {
        _fleet.Settings = new();
        _fleet.Announce(3).Pass(2);
        _fleet[3] = _fleet[3] with { Devices = [_fleet[3].Devices[0] with { State = HealthState.Unknown, Rule = "", Actions = default }, _fleet[3].Devices[1]] };
        Assert.Single(_fleet.Pass(5).State.Open);
        Assert.Empty(_fleet.Recover(3).Pass(1).State.Open);
    }

    [Fact]
    public void A_card_that_is_not_told_of_any_more_is_over_once_all_places_have_others()
    {
        _fleet.Settings = new();
        _fleet.Announce(3).Pass(2);
        var itself = _fleet[3].Devices[1];
        _fleet[3] = _fleet[3] with { Devices = [itself] };
        Assert.Single(_fleet.Pass(2).State.Open);
        _fleet[3] = _fleet[3] with { Devices = [TestFleet.Well("GPU-new", -1), itself] };
        Assert.Single(_fleet.Pass(2).State.Open);
        _fleet[3] = _fleet[3] with { Devices = [TestFleet.Well("GPU-new", 0), itself] };
        Assert.Empty(_fleet.Pass(2).State.Open);
    }

    [Fact]
    public void A_chance_of_failure_that_moves_a_little_with_each_report_is_no_news()
    {
        _fleet.Settings = new();
        _fleet.Announce(3).Pass(2);
        var written = _fleet.Journal.Count;
        for (var look = 1; look <= 8; look++) Drift(0.9 - (look * 0.01));
        Assert.Equal(written, _fleet.Journal.Count);
        Drift(0.5);
        Assert.Equal(0.5, Assert.Single(_fleet.State.Open).Probability.OneHour);

        void Drift(double chance)
        {
            _fleet[3] = _fleet[3] with { Devices = [_fleet[3].Devices[0] with { Probability = new(chance, 0.95, 0.99) }, _fleet[3].Devices[1]] };
            _fleet.Pass(1);
        }
    }

    [Fact]
    public void A_node_that_was_gone_is_back_once_its_agent_has_judged_it()
    {
        _fleet[7] = _fleet[7] with { IsSilent = true };
        _fleet.Cluster[7] = _fleet.Cluster[7] with { Phase = NodePhase.Down };
        Assert.Equal(IncidentBook.Gone, Assert.Single(_fleet.Look().State.Open).Rule);
        _fleet.Pass(2);
        _fleet.Cluster[7] = _fleet.Cluster[7] with { Phase = NodePhase.InService, IsDrained = false };
        var well = _fleet[7] with { IsSilent = false };
        _fleet[7] = well with { Devices = [] };
        Assert.Single(_fleet.Pass(2).State.Open);
        _fleet[7] = well;
        Assert.Empty(_fleet.Pass(2).State.Open);
    }

    [Fact]
    public void A_node_that_was_not_judged_or_tells_of_no_card_is_no_place_to_go()
    {
        Assert.True(_fleet[5].IsFit);
        Assert.False((_fleet[5] with { Devices = [] }).IsFit);
        Assert.False((_fleet[5] with { Devices = [_fleet[5].Devices[0]] }).IsFit);
        Assert.False((_fleet[5] with { Devices = [_fleet[5].Devices[1]] }).IsFit);
        _fleet[5] = _fleet[5] with { Devices = [_fleet[5].Devices[1]] };
        Assert.Equal("n6", _fleet.Announce(3).ToItsEnd().NewNode);
    }
}
