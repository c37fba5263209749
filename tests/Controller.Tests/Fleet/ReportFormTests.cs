using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;
using Forewarn.Model;

namespace Forewarn.Controller.Tests.Fleet;

public class ReportFormTests
{
    [Fact]
    public void What_the_text_lacks_is_empty_and_not_null()
    {
        var report = JsonSerializer.Deserialize("""{"protocol":1,"node":"n1","store":"s","sequence":0,"at":"2026-03-04T03:16:07Z","started":"2026-03-04T03:16:07Z","devices":[{"id":"a"}]}""",
            FleetJson.Default.AgentReport)!;
        Assert.Null(ReportForm.Complaint(report));
        var settled = ReportForm.Settle(report, new SharedTexts());
        Assert.Equal(("", "", ""), (settled.Driver, settled.Devices[0].Serial, settled.Devices[0].Summary));
        Assert.True(settled.Transitions.IsEmpty && settled.Requested.IsEmpty && settled.Devices[0].Jobs.IsEmpty);
        Assert.True(new FleetState(SomeReports.Now).Take(settled, SomeReports.Now).IsNewer);
    }

    [Fact]
    public void A_reply_that_took_nothing_says_so_in_a_form_that_can_be_read()
    {
        var text = JsonSerializer.Serialize(new ReportReply { Protocol = 1, Taken = 0 }, FleetJson.Default.ReportReply);
        Assert.Equal(0, JsonSerializer.Deserialize(text, FleetJson.Default.ReportReply)!.Taken);
        var first = JsonSerializer.Serialize(SomeReports.Of(sequence: 0), FleetJson.Default.AgentReport);
        Assert.Equal(0, JsonSerializer.Deserialize(first, FleetJson.Default.AgentReport)!.Sequence);
    }

    [Fact]
    public void Long_lines_are_cut_and_long_lists_refused()
    {
        var wordy = SomeReports.Of(devices: [SomeReports.Device("a") with { Summary = new string('x', 100_000) }]);
        Assert.Equal(500, ReportForm.Settle(wordy, new SharedTexts()).Devices[0].Summary.Length);
        var many = SomeReports.Of() with { Devices = [.. Enumerable.Range(0, 257).Select(i => SomeReports.Device($"d{i}"))] };
        Assert.Equal("there are more than 256 devices", ReportForm.Complaint(many));
        Assert.Equal("there are more than 500 transitions", ReportForm.Complaint(SomeReports.Of().With([.. Enumerable.Range(1, 501).Select(i => (long)i)])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../etc")]
    [InlineData("n 1")]
    [InlineData(null)]
    public void What_is_no_name_is_refused(string? name) => Assert.StartsWith("node must be", ReportForm.Complaint(SomeReports.Of() with { Node = name! }), StringComparison.Ordinal);

    [Fact]
    public void Transitions_come_in_the_order_of_their_numbers()
    {
        Assert.Equal("transitions are not in the order of their numbers", ReportForm.Complaint(SomeReports.Of().With(2, 2)));
        Assert.Null(ReportForm.Complaint(SomeReports.Of().With(2, 7)));
        Assert.Equal("a transition has no number or no device", ReportForm.Complaint(SomeReports.Of() with { Transitions = [new(0, HealthEventKind.StateChanged, "a", SomeReports.Now, "")] }));
    }

    [Fact]
    public void Ten_thousand_nodes_with_eight_cards_fit_well_below_a_gibibyte()
    {
        // As they come over the wire: no two reports share a text.
        var devices = Enumerable.Range(0, 8).Select(i => SomeReports.Device($"GPU-6c1d0f3e-8a3b-4f0e-9d1c-2b7a5f3c1e9{i}") with { PciAddress = $"0000:{i}a:00.0", Jobs = ["4711"] });
        var json = JsonSerializer.SerializeToUtf8Bytes(SomeReports.Of(devices: [.. devices]), FleetJson.Default.AgentReport);
        var texts = new SharedTexts();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = new FleetState(SomeReports.Now);
        for (var i = 0; i < 10_000; i++)
            state = state.Take(ReportForm.Settle(JsonSerializer.Deserialize(json, FleetJson.Default.AgentReport)! with { Node = $"node-{i}" }, texts), SomeReports.Now).State;
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(10_000, state.Nodes.Count);
        // 80,000 cards of some 0.6 KB each, by estimate; a quarter of the gibibyte leaves room for connections.
        Assert.InRange(used, 1, 256L << 20);
    }
}
