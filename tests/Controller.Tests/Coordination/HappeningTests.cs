using Forewarn.Controller.Coordination;
using Forewarn.Controller.Repair;
using Forewarn.Controller.Tests.Repair;

namespace Forewarn.Controller.Tests.Coordination;

public class HappeningTests
{
    [Fact]
    public void All_that_a_move_writes_can_be_followed_with_incident_node_and_job()
    {
        var fleet = new TestFleet(8, 1, 2, 3, 4);
        fleet.Announce(3).ToItsEnd();
        var told = fleet.Journal.Select(Happening.Of).ToList();
        Assert.DoesNotContain(null, told);
        Assert.All(told, one => Assert.True(one is { Text.Length: > 0, Incident: 1 }, $"{one}"));
        Assert.Contains(told, one => one is { Kind: "incident", Node: "n3", Text: "row-remap-failed on GPU-3-0: Failing" });
        Assert.Contains(told, one => one is { Kind: "decision", Job: "41" });
        Assert.Contains(told, one => one is { Kind: "move", Job: "41", Node: "n3" } && one.Text.StartsWith("Recovered: off n3, onto n1, n2, n5, n4", StringComparison.Ordinal));
        Assert.Contains(told, one => one is { Kind: "drain", Node: "n3", Text: "seen out of service" });
    }

    [Fact]
    public void All_that_a_repair_writes_can_be_followed_till_the_node_is_given_back()
    {
        var site = new RepairedFleet().Until(RepairStep.Closed);
        var told = site.Fleet.Journal.Where(entry => entry is not JournalEntry.OfLook).Select(Happening.Of).ToList();
        Assert.DoesNotContain(null, told);
        Assert.Contains(told, one => one is { Kind: "repair", Node: "n5" } && one.Text.StartsWith("Probation: validated by job", StringComparison.Ordinal));
        Assert.Contains(told, one => one is { Kind: "drain", Node: "n5", Text: "given back" });
        Assert.StartsWith("Returned: ", told.Last(one => one!.Kind == "repair")!.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_look_is_nobodys_news_and_a_refusal_says_so()
    {
        Assert.Null(Happening.Of(new JournalEntry.OfLook(default, TimeSpan.Zero) { At = default }));
        var act = new JournalEntry.OfAct(3, "TakeOut", "TakeOut n3", default, "no permission") { At = default };
        Assert.Equal(("act", 3L, "refused: TakeOut n3: no permission"), (Happening.Of(act)!.Kind, Happening.Of(act)!.Incident, Happening.Of(act)!.Text));
        Assert.Equal("Hold by uid 0 (root): new fans", Happening.Of(new JournalEntry.OfOrder(new(OrderKind.Hold, "uid 0 (root)", "new fans", Node: "n3")) { At = default })!.Text);
    }
}
