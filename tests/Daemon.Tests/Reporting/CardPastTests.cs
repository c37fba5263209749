using Forewarn.Controller.Reports;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

/// <summary>What happened to a card elsewhere comes along with it, and back where a disk was lost.</summary>
public class CardPastTests
{
    private const string Serial = "165023000";

    private readonly ManualTimeProvider _time = new(ServedFleet.Now);

    [Fact]
    public async Task A_card_that_was_put_in_brings_its_past_from_the_controller_to_the_operator()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n7", transitions: [4]) with { Devices = [ServedFleet.Device("GPU-a", Serial, HealthState.Healthy)] });
        using var folder = new TemporaryFolder();
        var token = folder.Write("token", ServedFleet.TokenOf("n1"));
        await using var node = new ReportingNode(served.Client.BaseAddress!, _time, folder, options => options with { TokenFile = token });
        await node.UntilAsync(() => node.Node.View.Pasts.ContainsKey(Serial), "its past has come");

        await using var shown = await ServedNode.StartAsync(node.Node);
        var told = await Command.RunAsync(["explain", "0", "--socket", shown.Socket]);
        Assert.EndsWith("What happened to it before, by the controller\n   03:16:07  on n7: transition 4\n", told.Output, StringComparison.Ordinal);
        var json = await Command.RunAsync(["explain", "0", "--json", "--socket", shown.Socket]);
        Assert.Contains("\"kind\": \"FindingRaised\"", json.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("What happened to it before", (await Command.RunAsync(["explain", "1", "--socket", shown.Socket])).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_lost_its_disk_has_the_past_of_its_cards_again()
    {
        await using var served = await ServedFleet.StartAsync();
        using var folder = new TemporaryFolder();
        var token = folder.Write("token", ServedFleet.TokenOf("n1"));
        await served.TellAsync(ServedFleet.Report("n1", store: "lost", transitions: [1, 2, 3]) with { Devices = [ServedFleet.Device("GPU-a", Serial, HealthState.Healthy)], Started = ServedFleet.Now.AddDays(-90) });
        await using var node = new ReportingNode(served.Client.BaseAddress!, _time, folder, options => options with { TokenFile = token });
        await node.UntilAsync(() => node.Node.View.Pasts.ContainsKey(Serial), "its past has come");
        Assert.Equal(["transition 1", "transition 2", "transition 3"], node.Node.View.Pasts[Serial].Select(one => one.Text));
    }

    [Fact]
    public async Task It_is_asked_for_until_it_was_answered_and_once_in_a_run()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.History = serial => controller.Received.Count > 2 ? new(serial, ["n7"], [Happened("an old trouble")]) : null;
        await using var node = new ReportingNode(controller.Url, _time);
        await node.UntilTakenAsync(5);
        Assert.Equal([2, 2, 2, 0, 0], controller.Received.Take(5).Select(one => one.Report.HistoryOf is { IsDefault: false } asked ? asked.Length : 0));
        Assert.Equal("an old trouble", Assert.Single(node.Node.View.Pasts[Serial]).Text);
    }

    [Fact]
    public async Task It_is_known_after_a_restart_and_a_controller_that_has_lost_it_takes_nothing_away()
    {
        using var folder = new TemporaryFolder();
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.History = static serial => new(serial, ["n7"], [Happened("an old trouble")]);
        await using (var first = new ReportingNode(controller.Url, _time, folder)) await first.UntilAsync(() => first.Node.View.Pasts.ContainsKey(Serial), "its past has come");
        controller.History = static serial => new(serial, ["n8"], [Happened("a later one") with { At = ServedFleet.Now.AddDays(1) }]);
        await using var next = new ReportingNode(controller.Url, _time, folder);
        await next.UntilAsync(() => next.Node.View.Pasts.GetValueOrDefault(Serial, []).Length == 2, "both are known");
        Assert.Equal(["an old trouble", "a later one"], next.Node.View.Pasts[Serial].Select(one => one.Text));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_costs_nothing_but_a_line()
    {
        using var folder = new TemporaryFolder();
        folder.Write("card-history.json", "{");
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.History = static serial => new(serial, ["n7"], [Happened("an old trouble")]);
        await using var node = new ReportingNode(controller.Url, _time, folder);
        await node.UntilAsync(() => node.Node.View.Pasts.ContainsKey(Serial), "its past has come");
        Assert.Single(node.Log.With("it is asked for again"));
    }

    private static ReportedTransition Happened(string text) => new(1, HealthEventKind.FindingRaised, "GPU-a", ServedFleet.Now, text, "row-remap-pending", Node: "n7");
}
