using Forewarn.Controller.Reports;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Reporting;

/// <summary>What a controller that is well hears of a node.</summary>
public class ReporterTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task It_is_told_every_ten_seconds_how_the_node_stands_over_one_connection()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time);
        await node.UntilTakenAsync(4);

        var all = controller.Received.ToList();
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.InRange((pair.Second.Time - pair.First.Time).TotalSeconds, 9.5, 20));
        Assert.All(all, one => Assert.Equal((ReportProtocol.Path, "n1", true), (one.Path, one.Report.Node, one.Report.IsSimulated)));
        Assert.Equal([1, 2, 3, 4], all.Take(4).Select(one => one.Report.Sequence));
        Assert.Single(all.Select(one => one.Connection).Distinct());
        Assert.Equal(["GPU-00000000-0000-4000-8000-000000000000", "GPU-00000000-0000-4000-8000-000000000001"], all[0].Report.Devices.Select(device => device.Id));
        Assert.Empty(node.Log.All);
    }

    [Fact]
    public async Task What_happens_is_told_at_once_and_a_burst_in_one_report()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time);
        await node.UntilTakenAsync(1);
        _time.Advance(TimeSpan.FromSeconds(1));
        var happened = _time.GetUtcNow();
        node.Happen(30);
        await node.UntilAsync(() => node.Meter.Taken >= 2, "it is told", step: 0.05);

        var told = controller.Received.ElementAt(1);
        Assert.InRange((told.Time - happened).TotalSeconds, 0.1, 2);
        Assert.Equal(Enumerable.Range(1, 30).Select(number => (long)number), told.Report.Transitions.Select(one => one.Id));
        var first = told.Report.Transitions[0];
        Assert.Equal((HealthEventKind.DriverError, "GPU-3", 1, "Xid 1"), (first.Kind, first.Device, first.Code, first.Text));
        Assert.Equal(0, node.Meter.Waiting);
    }

    [Fact]
    public async Task A_storm_is_told_twice_a_second_at_most()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time);
        await node.UntilTakenAsync(1);
        var began = _time.GetUtcNow();
        for (var i = 0; i < 40; i++)
        {
            node.Happen();
            _time.Advance(TimeSpan.FromSeconds(0.05));
        }

        await node.UntilAsync(() => controller.Kept.Count == 40, "all is told", step: 0.05);
        var all = controller.Received.ToList();
        Assert.InRange(all.Count - 1, 1, ((all[^1].Time - began).TotalSeconds / 0.5) + 1);
    }

    [Fact]
    public async Task More_than_fits_follows_at_once()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen((2 * ReportProtocol.MostTransitions) + 7);
        await node.UntilAsync(() => controller.Kept.Count == (2 * ReportProtocol.MostTransitions) + 7, "all is told");

        var all = controller.Received.Take(3).ToList();
        Assert.Equal([ReportProtocol.MostTransitions, ReportProtocol.MostTransitions, 7], all.Select(one => one.Report.Transitions.Length));
        Assert.InRange((all[2].Time - all[0].Time).TotalSeconds, 0, 15);
        await node.UntilAsync(() => node.Meter.Waiting == 0, "nothing waits");
    }

    [Fact]
    public async Task A_controller_that_takes_nothing_is_not_asked_on_and_on()
    {
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (_, _) => new ScriptedAnswer(200);
        await using var node = new ReportingNode(controller.Url, _time);
        node.Happen(3);
        await node.UntilTakenAsync(3);
        var all = controller.Received.Where(one => one.Report.Transitions.Length > 0).ToList(); // the first heartbeat may have gone before anything happened
        Assert.True(all.Count >= 2, $"{all.Count} of {controller.Received.Count} reports had what happened in them");
        Assert.All(all.Zip(all.Skip(1)), pair => Assert.InRange((pair.Second.Time - pair.First.Time).TotalSeconds, 9.5, 20));
        Assert.Equal(3, node.Meter.Waiting);
    }

    [Fact]
    public async Task A_token_is_shown_and_a_new_one_is_used_at_once()
    {
        using var folder = new TemporaryFolder();
        var token = folder.Write("token", "first\n");
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using var node = new ReportingNode(controller.Url, _time, folder, options => options with { TokenFile = token });
        await node.UntilTakenAsync(1);
        folder.Write("token", "second\n");
        var before = controller.Received.Count;
        await node.UntilAsync(() => controller.Received.Count > before + 1, "two more are taken");
        Assert.Equal(["Bearer first", "Bearer second"], controller.Received.Select(one => one.Authorization).Distinct());
    }

    [Fact]
    public async Task Only_what_was_not_taken_is_told_after_a_restart()
    {
        using var folder = new TemporaryFolder();
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using (var node = new ReportingNode(controller.Url, _time, folder))
        {
            node.Happen(5);
            await node.UntilAsync(() => node.Meter.Waiting == 0 && controller.Kept.Count == 5, "five are told");
        }

        var before = controller.Received.Count;
        await using var next = new ReportingNode(controller.Url, _time, folder);
        next.Happen(2);
        await next.UntilAsync(() => controller.Kept.Count == 7, "two more are told");
        Assert.Equal([6, 7], controller.Received.Skip(before).SelectMany(one => one.Report.Transitions).Select(one => one.Id));
        Assert.Single(controller.Received.Select(one => one.Report.Store).Distinct());
    }

    [Fact]
    public async Task A_store_that_was_begun_anew_has_another_name_and_all_of_it_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using (var node = new ReportingNode(controller.Url, _time, folder))
        {
            node.Happen(5);
            await node.UntilAsync(() => node.Meter.Waiting == 0 && controller.Kept.Count == 5, "five are told");
        }

        foreach (var file in Directory.GetFiles(folder.Path, "events.db*")) File.Delete(file);
        await using var next = new ReportingNode(controller.Url, _time, folder);
        next.Happen(1);
        await next.UntilAsync(() => controller.Kept.Count == 6, "what happened then is told");
        Assert.Equal(2, controller.Received.Select(one => one.Report.Store).Where(store => store.Length > 0).Distinct().Count());
    }

    [Fact]
    public async Task An_older_copy_of_the_store_is_told_under_another_name_and_nothing_that_happens_then_is_lost()
    {
        using var folder = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        await using var controller = await ControllerDouble.StartAsync(_time);
        await using (var node = new ReportingNode(controller.Url, _time, folder))
        {
            node.Happen(5);
            await node.UntilAsync(() => node.Meter.Waiting == 0 && controller.Kept.Count == 5, "five are told");
        }

        foreach (var file in Directory.GetFiles(folder.Path, "events.db*")) File.Copy(file, Path.Join(copy.Path, Path.GetFileName(file)));
        await using (var node = new ReportingNode(controller.Url, _time, folder))
        {
            node.Happen(10);
            await node.UntilAsync(() => controller.Kept.Count == 15, "ten more are told");
        }

        // The disk is brought back as it was when there were five.
        foreach (var file in Directory.GetFiles(folder.Path, "events.db*")) File.Delete(file);
        foreach (var file in Directory.GetFiles(copy.Path)) File.Copy(file, Path.Join(folder.Path, Path.GetFileName(file)));
        await using (var node = new ReportingNode(controller.Url, _time, folder))
        {
            node.Happen(3);
            await node.UntilAsync(() => controller.Kept.Count == 15 + 8, "all of the copy is told, with the three that are new");
            Assert.Single(node.Log.With("it is an older copy"));
        }

        await using var later = new ReportingNode(controller.Url, _time, folder);
        later.Happen(1);
        await later.UntilAsync(() => controller.Kept.Count == 15 + 9, "it keeps that name");
        Assert.Equal(2, controller.Kept.Keys.Select(key => key.Store).Distinct().Count());
        Assert.Empty(later.Log.All);
    }

    [Fact]
    public async Task The_end_of_the_agent_waits_for_no_answer()
    {
        var never = new TaskCompletionSource();
        await using var controller = await ControllerDouble.StartAsync(_time);
        controller.Script = (_, _) => new ScriptedAnswer(200) { Before = never.Task };
        var node = new ReportingNode(controller.Url, _time);
        await node.UntilAsync(() => !controller.Received.IsEmpty, "a report is under way");
        await node.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20), TimeProvider.System);
        never.SetResult();
        Assert.Empty(node.Log.All);
    }
}
