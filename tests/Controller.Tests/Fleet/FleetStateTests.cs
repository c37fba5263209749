using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Fleet;

public class FleetStateTests
{
    private static readonly DateTimeOffset Now = SomeReports.Now;
    private static readonly FleetState Empty = new(Now);

    [Fact]
    public void A_node_that_is_heard_is_as_it_says()
    {
        var state = Empty.Take(SomeReports.Of(), Now).State;
        Assert.Equal(HealthState.Healthy, state.Health(state.Node("n1")!, Now.AddSeconds(30)));
    }

    [Fact]
    public void After_three_missed_heartbeats_it_is_unknown_and_silent_whatever_it_said()
    {
        var state = Empty.Take(SomeReports.Of(), Now).State;
        var (node, late) = (state.Node("n1")!, Now.AddSeconds(30.1));
        Assert.Equal(HealthState.Unknown, state.Health(node, late));
        Assert.Equal(HealthState.Unknown, state.Health(node, node.Devices[0], late));
        Assert.Equal(["n1"], state.Silent(late));
    }

    [Fact]
    public void A_node_of_an_earlier_run_is_unknown_at_once_and_silent_only_when_it_had_its_time()
    {
        var earlier = Empty.Take(SomeReports.Of(), Now).State.Node("n1")!;
        var state = new FleetState(Now.AddSeconds(5)).Recall([earlier]);
        Assert.Equal(HealthState.Unknown, state.Health(earlier, Now.AddSeconds(5)));
        // A controller that was away for long is left alone for half a minute by an agent that has waited longest.
        Assert.Empty(state.Silent(Now.AddSeconds(65)));
        Assert.Equal(["n1"], state.Silent(Now.AddSeconds(65.1)));
    }

    [Fact]
    public void A_clock_that_was_put_back_over_a_restart_makes_no_node_current()
    {
        var earlier = Empty.Take(SomeReports.Of(), Now).State.Node("n1")!;
        var state = new FleetState(Now.AddHours(-2)).Recall([earlier]);
        Assert.Equal(HealthState.Unknown, state.Health(state.Node("n1")!, Now.AddHours(-2)));
        Assert.Equal(["n1"], state.Silent(Now.AddHours(-2).AddSeconds(60.1)));
    }

    [Fact]
    public void A_node_with_a_device_that_nobody_knows_is_not_healthy()
    {
        Assert.Equal(HealthState.Unknown, Told(SomeReports.Device("a"), SomeReports.Device("b", HealthState.Unknown)));
        Assert.Equal(HealthState.Failed, Told(SomeReports.Device("a", HealthState.Failed), SomeReports.Device("b", HealthState.Unknown)));
        Assert.Equal(HealthState.Unknown, Empty.Take(SomeReports.Of() with { Itself = null }, Now).Node.Told);

        static HealthState Told(params ReportedDevice[] devices) => Empty.Take(SomeReports.Of(devices: [.. devices]), Now).Node.Told;
    }

    [Fact]
    public void The_same_report_twice_changes_nothing()
    {
        var first = Empty.Take(SomeReports.Of().With(1, 2), Now);
        var second = first.State.Take(SomeReports.Of().With(1, 2), Now.AddSeconds(20));
        Assert.Equal([1L, 2], first.Transitions.Select(one => one.Id));
        Assert.Same(first.State, second.State);
        Assert.Equal(ReportStanding.Duplicate, second.Standing);
        Assert.Empty(second.Transitions);
        Assert.Equal(Now, second.Node.Heard);
    }

    [Fact]
    public void A_late_one_is_refused_and_changes_nothing_however_long_the_node_was_silent()
    {
        var state = Empty.Take(SomeReports.Of(sequence: 7), Now).State;
        var ill = SomeReports.Of(sequence: 6, devices: [SomeReports.Device("n1-0", HealthState.Failed)]);
        foreach (var change in new[] { state.Take(ill, Now.AddSeconds(1)), state.Take(ill, Now.AddDays(1)) })
        {
            Assert.Equal(ReportStanding.Replayed, change.Standing);
            Assert.Same(state, change.State);
        }
    }

    [Fact]
    public void The_same_number_with_something_else_in_it_is_refused()
    {
        var state = Empty.Take(SomeReports.Of().With(1, 2), Now).State;
        foreach (var other in new[]
        {
            SomeReports.Of(devices: [SomeReports.Device("n1-0"), SomeReports.Device("n1-1", HealthState.Failed)]),
            SomeReports.Of(devices: [SomeReports.Device("n1-0")]),
            SomeReports.Of().With(1, 2, 3),
            SomeReports.Of(store: "s2"),
            SomeReports.Of() with { At = Now.AddSeconds(1) },
            SomeReports.Of() with { Itself = null },
            SomeReports.Of() with { InMaintenance = true },
            SomeReports.Of() with { Requested = ["17"] },
        })
        {
            var change = state.Take(other, Now.AddSeconds(1));
            Assert.Equal(ReportStanding.Conflicting, change.Standing);
            Assert.Same(state, change.State);
        }
    }

    [Fact]
    public void What_an_earlier_run_said_is_not_taken_once_more_when_the_later_one_is_silent()
    {
        var first = SomeReports.Of(sequence: 900);
        var later = SomeReports.Of() with { Started = Now };
        var back = SomeReports.Of(sequence: 1) with { Started = Now.AddHours(-2) }; // its clock was put back
        var state = Empty.Take(first, Now).State.Take(later, Now.AddSeconds(3)).State;
        Assert.Equal(ReportStanding.Replayed, state.Take(first, Now.AddHours(1)).Standing);
        state = state.Take(back, Now.AddHours(1)).State;
        Assert.Equal(ReportStanding.Replayed, state.Take(later, Now.AddHours(2)).Standing);
        Assert.Equal(ReportStanding.Replayed, state.Take(first, Now.AddHours(2)).Standing);
        Assert.Equal(ReportStanding.New, state.Take(later with { Sequence = 2 }, Now.AddHours(2)).Standing);
    }

    [Fact]
    public void A_transition_is_met_once()
    {
        var state = Empty.Take(SomeReports.Of().With(3, 5), Now).State;
        var change = state.Take(SomeReports.Of(sequence: 2).With(3, 5, 9), Now);
        Assert.Equal([9L], change.Transitions.Select(one => one.Id));
        Assert.Equal(9, change.Node.Newest);
    }

    [Fact]
    public void A_new_store_begins_anew()
    {
        var state = Empty.Take(SomeReports.Of().With(8), Now).State;
        Assert.Equal([1L], state.Take(SomeReports.Of(sequence: 2, store: "s2").With(1), Now).Transitions.Select(one => one.Id));
    }

    [Fact]
    public void An_agent_that_cannot_read_its_store_is_still_of_the_one_that_it_was()
    {
        var first = Empty.Take(SomeReports.Of().With(3, 5), Now);
        var unread = first.State.Take(SomeReports.Of(sequence: 2, store: "", devices: [SomeReports.Device("n1-0", HealthState.Failed)]), Now.AddSeconds(10));
        Assert.Equal(HealthState.Failed, unread.State.Health(unread.Node, Now.AddSeconds(10)));
        Assert.Equal(("s1", 5L), (unread.Node.Report.Store, unread.Node.Newest));
        Assert.Equal([9L], unread.State.Take(SomeReports.Of(sequence: 3).With(5, 9), Now.AddSeconds(20)).Transitions.Select(one => one.Id));
    }

    [Fact]
    public void A_later_run_of_the_agent_counts_anew_and_an_earlier_one_is_contested_while_that_is_heard()
    {
        var restarted = SomeReports.Of() with { Started = Now };
        var state = Empty.Take(SomeReports.Of(sequence: 900), Now).State.Take(restarted, Now.AddSeconds(3)).State;
        Assert.Equal(1, state.Node("n1")!.Report.Sequence);

        var old = state.Take(SomeReports.Of(sequence: 901), Now.AddSeconds(4));
        Assert.Equal(ReportStanding.Contested, old.Standing);
        Assert.Same(state, old.State);
        // Its clock was put back, and the later run is gone.
        Assert.True(state.Take(SomeReports.Of(sequence: 901), Now.AddSeconds(34)).IsNewer);
    }

    [Fact]
    public void What_is_forgotten_is_what_was_not_heard()
    {
        var state = Empty.Take(SomeReports.Of(), Now).State.Take(SomeReports.Of("n2"), Now.AddDays(2)).State;
        Assert.Equal(["n2"], state.Forget(Now.AddDays(1)).Nodes.Keys);
    }

    [Fact]
    public void What_moves_with_each_report_of_a_card_at_work_is_known_and_not_worth_the_disk()
    {
        var first = Empty.Take(SomeReports.Of(), Now);
        Assert.True(first.StandsOtherwise);
        var worked = SomeReports.Of(sequence: 2, devices: [SomeReports.Device("n1-0") with { LastHealthyUnderLoad = Now }, SomeReports.Device("n1-1")]);
        var second = first.State.Take(worked, Now);
        Assert.False(second.StandsOtherwise);
        Assert.Equal(Now, second.Node.Devices[0].LastHealthyUnderLoad);
        Assert.Same(first.Node.Devices[1], second.Node.Devices[1]);
    }
}
