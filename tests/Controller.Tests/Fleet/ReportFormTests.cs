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

    [Fact]
    public void A_store_that_could_not_be_read_has_no_name_and_no_transitions()
    {
        Assert.Null(ReportForm.Complaint(SomeReports.Of(store: "")));
        Assert.Equal("transitions are of a store, and none is named", ReportForm.Complaint(SomeReports.Of(store: "").With(1)));
        Assert.StartsWith("store must name", ReportForm.Complaint(SomeReports.Of(store: null!)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"state\":77", "a device is in a state that is not known")]
    [InlineData("\"presence\":99", "a device has a presence that is not known")]
    [InlineData("\"actions\":{\"work\":9}", "for a device something is asked that is not known")]
    [InlineData("\"actions\":{\"repair\":99}", "for a device something is asked that is not known")]
    [InlineData("\"probability\":{\"oneHour\":1.5}", "a chance of failure is not from 0 to 1")]
    [InlineData("\"probability\":{\"sevenDays\":-0.1}", "a chance of failure is not from 0 to 1")]
    public void A_number_that_stands_for_no_name_is_refused(string field, string complaint)
    {
        const string head = """{"protocol":1,"node":"n1","store":"s","sequence":0,"at":"2026-03-04T03:16:07Z","started":"2026-03-04T03:16:07Z",""";
        foreach (var text in (string[])[$"{head}\"devices\":[{{\"id\":\"a\",{field}}}]}}", $"{head}\"itself\":{{\"id\":\"node\",{field}}}}}"])
            Assert.Equal(complaint, ReportForm.Complaint(JsonSerializer.Deserialize(text, FleetJson.Default.AgentReport)!));
    }

    [Fact]
    public void A_transition_of_no_known_kind_is_refused()
        => Assert.Equal("a transition is of no kind that is known", ReportForm.Complaint(SomeReports.Of() with { Transitions = [new(1, (HealthEventKind)200, "a", SomeReports.Now, "")] }));

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
