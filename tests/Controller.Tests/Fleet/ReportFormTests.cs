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
}
