using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

/// <summary>A controller that is away, slow, ill or strict: what happened reaches it once, and the log says what to do.</summary>
public class TroubleTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_controller_that_is_away_gets_everything_when_it_is_back()
    {
        await using var first = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(first.Url, _time);
        node.Happen(3);
        await node.UntilAsync(() => first.Kept.Count == 3, "three are told");
        await first.DisposeAsync();

        node.Happen(600);
        await node.UntilAsync(() => node.Meter is { Failed: > 5, Waiting: 600, Trouble: not null }, "it is missed", step: 5);
        await using var second = await ControllerDouble.StartAsync(_time, first);
        await node.UntilAsync(() => second.Kept.Count == 603, "all is told", step: 2);
        await node.UntilAsync(() => node.Meter is { Waiting: 0, Trouble: null }, "nothing waits");

        Assert.Equal(Enumerable.Range(4, 600).Select(number => (long)number), second.Received.SelectMany(one => one.Report.Transitions).Select(one => one.Id));
        Assert.Single(node.Log.With("does not take reports"));
        await node.UntilAsync(() => node.Log.With("takes reports again after").Count == 1, "it is told when it has lasted a minute", step: 2);
    }

    [Fact]
    public async Task A_report_whose_answer_was_lost_is_sent_again_and_counts_once()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request == 1 ? new ScriptedAnswer(200) { Takes = true, Aborts = true } : null;
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen(4);
        await node.UntilAsync(() => node.Meter is { Taken: 1, Waiting: 0 }, "it is taken");

        var all = controller.Received.ToList();
        Assert.Equal(all[0].Report.Transitions.ToList(), all[1].Report.Transitions.ToList());
        Assert.Equal((4, 1, 2), (controller.Kept.Count, node.Meter.Failed, all[1].Report.Sequence));
    }

    [Fact]
    public async Task A_controller_that_does_not_answer_is_not_waited_for_longer_than_allowed()
    {
        var never = new TaskCompletionSource();
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request == 1 ? new ScriptedAnswer(200) { Before = never.Task } : null;
        await using var node = new ReportingNode(controller.Url, _time, change: options => options with { Timeout = TimeSpan.FromSeconds(30) });
        await node.UntilAsync(() => !controller.Received.IsEmpty, "the first report is under way");
        await node.UntilTakenAsync(1);
        never.SetResult();
        Assert.Contains("no answer within 30s", Assert.Single(node.Log.With("does not take reports")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task An_ill_controller_is_tried_again_and_again(int status)
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request <= 4 ? new ScriptedAnswer(status, """{"title":"No","status":500,"detail":"the store is full","hint":"make room"}""") : null;
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen(2);
        await node.UntilAsync(() => controller.Kept.Count == 2, "it is told", step: 1);
        Assert.Contains($"HTTP {status}: the store is full; make room", Assert.Single(node.Log.With("does not take reports")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task A_busy_controller_is_left_alone_as_long_as_it_asks(int status)
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request == 1 ? new ScriptedAnswer(status) { RetryAfter = "20" } : null;
        await using var node = new ReportingNode(controller.Url, _time);
        await node.UntilAsync(() => node.Meter.Failed == 1, "it has refused");
        node.Happen(); // no reason to come sooner
        await node.UntilTakenAsync(1);
        Assert.InRange((controller.Received.ElementAt(1).Time - controller.Received.ElementAt(0).Time).TotalSeconds, 20, 40);
    }

    [Theory]
    [InlineData(401, "forewarn fleet token")]
    [InlineData(403, "is of another node")]
    [InlineData(409, "two agents must not report in one name")]
    [InlineData(400, "upgrade the older one")]
    [InlineData(404, "must lead to forewarn controller")]
    public async Task What_needs_somebody_is_told_once_with_what_to_do(int status, string remedy)
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        var isStrict = true;
        controller.Script = (_, _) => isStrict ? new ScriptedAnswer(status, "no") : null;
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen();
        await node.UntilAsync(() => node.Meter.Failed >= 4, "it has refused four times", step: 2);
        var told = Assert.Single(node.Log.All);
        Assert.Contains($"HTTP {status}: no", told, StringComparison.Ordinal);
        Assert.Contains(remedy, told, StringComparison.Ordinal);

        isStrict = false;
        await node.UntilAsync(() => controller.Kept.Count == 1, "it is told when it is mended", step: 2);
    }

    [Fact]
    public async Task What_is_refused_is_never_sent_again_but_told_in_the_next_report()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request <= 3 ? new ScriptedAnswer(409, "of that run a later one was taken") : null;
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen(2);
        await node.UntilAsync(() => controller.Kept.Count == 2, "it is told", step: 2);
        var all = controller.Received.ToList();
        Assert.Equal([1, 2, 3, 4], all.Take(4).Select(one => one.Report.Sequence));
        // What needs somebody is tried after a part of half a minute.
        Assert.InRange((all[3].Time - all[0].Time).TotalSeconds, 3, 120);
    }

    [Fact]
    public async Task What_is_no_reply_of_a_controller_is_not_taken_for_one()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (request, _) => request switch { 1 => new ScriptedAnswer(200, "<html>please log in</html>"), 2 => new ScriptedAnswer(200, "{}"), _ => null };
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen();
        await node.UntilAsync(() => controller.Kept.Count == 1, "the third takes it", step: 2);
        Assert.Equal(2, node.Meter.Failed);
        Assert.Contains("please log in", Assert.Single(node.Log.With("must lead to forewarn controller")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_too_large_is_sent_in_smaller_pieces()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (_, report) => report.Transitions.Length > 10 ? new ScriptedAnswer(413) : null;
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen(60);
        await node.UntilAsync(() => controller.Kept.Count == 60, "all is told", step: 1);
    }

    [Fact]
    public async Task A_token_that_cannot_be_read_is_named_and_looked_for_again()
    {
        using var folder = new TemporaryFolder();
        var token = Path.Join(folder.Path, "later");
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time, folder, options => options with { TokenFile = token });
        await node.UntilAsync(() => node.Meter.Failed >= 1, "it is missed");
        Assert.Contains("later", Assert.Single(node.Log.With("until somebody sees to it")), StringComparison.Ordinal);
        Assert.Empty(controller.Received);
        folder.Write("later", "abc");
        await node.UntilTakenAsync(1);
    }
}
