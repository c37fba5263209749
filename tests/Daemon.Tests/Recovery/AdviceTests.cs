using System.Text.Json;
using Forewarn.Controller.Guards;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Daemon.Tests.Fleet;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>How often jobs should save, by what the controller knows of them.</summary>
public class AdviceTests
{
    [Fact]
    public async Task A_job_s_own_figures_count_and_each_says_where_it_comes_from()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Cluster.Set(fleet.Cluster.Job("41")! with { Contract = new() { IsDeclared = true, CheckpointCost = TimeSpan.FromSeconds(20), Interval = TimeSpan.FromHours(10) } });
        await fleet.LookAsync();
        var shown = await Command.RunAsync(["checkpoint", "advise", "--job", "41", "--socket", fleet.Served.Socket], width: 200);
        Assert.Equal(0, shown.Code);
        // 4 nodes at 6.5 failures in 1,000 node-days fail each 38.5 d: the root of 2 · 20 s · 38.5 d.
        Assert.StartsWith("Job 41 of ada: checkpoint every 3 h 12 min: the job then makes progress in 99.6", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"Now it does every 10 h 0 min: the other would save \d\.\d card-hours a day of its 32 cards\.", shown.Output);
        Assert.Contains("; the controller itself saw 0 in 0 node-days, too few to count on\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("cost     declared by its owner\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("restart  [Recovery] StopCost, RequeueDelay and LoadCost\n", shown.Output, StringComparison.Ordinal);

        using var json = JsonDocument.Parse((await Command.RunAsync(["checkpoint", "advise", "--job", "41", "--socket", fleet.Served.Socket, "--cost", "80s", "--failure-rate", "0.0065", "--json"])).Output);
        var (told, best) = (json.RootElement, json.RootElement.GetProperty("interval_seconds").GetDouble());
        Assert.Equal(Math.Sqrt(2 * 80 * 86_400 / (4 * 0.0065)), best, 3);
        Assert.Equal(("41", "as told", "as told", "declared by its owner", 36_000, 32), (told.GetProperty("job").GetString(), told.GetProperty("cost_source").GetString(),
            told.GetProperty("rate_source").GetString(), told.GetProperty("current_source").GetString(), told.GetProperty("current_seconds").GetDouble(), told.GetProperty("cards").GetInt32()));
        var share = told.GetProperty("intervals").EnumerateArray().Single(one => one.GetProperty("current").GetBoolean()).GetProperty("ettr").GetDouble();
        Assert.Equal(32 * 24 * (told.GetProperty("ettr").GetDouble() - share), told.GetProperty("saved_card_hours_per_day").GetDouble(), 6);
    }

    [Fact]
    public async Task What_failed_here_is_the_rate_once_it_is_enough_and_a_node_counts_once_an_hour()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        foreach (var node in new[] { "n5", "n6", "n7", "n8" })
        {
            fleet.Announce(node);
            fleet.Fail(node);
        }

        fleet.Announce("n1"); // may fail, and has not
        await fleet.UntilAsync(() => fleet.State.Incidents.Count == 5);
        fleet.Served.Time.Advance(TimeSpan.FromDays(10));
        await fleet.TellAllAsync();
        await fleet.LookAsync();
        var answer = JsonDocument.Parse(await fleet.Served.OverSocket.GetStringAsync("/v1/advice")).RootElement;
        Assert.Equal(4, answer.GetProperty("failures").GetInt32());
        Assert.InRange(answer.GetProperty("node_days").GetDouble(), 80, 81);
        var shown = await Command.RunAsync(["checkpoint", "advise", "--fleet", "--socket", fleet.Served.Socket], width: 200);
        Assert.StartsWith("rate     4 failures that the controller saw in 80", shown.Output, StringComparison.Ordinal);
        Assert.Contains("node-days; a count so small is sure to ±50 %", shown.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^41\s+ada\s+4\s+32\s+20 s\s+\?\s+\S.* %\s+\?$", shown.Output);
    }

    [Fact]
    public async Task An_interval_that_was_seen_counts_where_none_is_declared()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Announce("n3"); // its job matters from now on
        fleet.Cluster.Checkpoints["41"] = new("/ckpt/100", 100, ServedFleet.Now.AddHours(-3));
        await fleet.UntilAsync(() => fleet.Host.Runner.Checkpoints("41").Newest is not null);
        fleet.Cluster.Checkpoints["41"] = new("/ckpt/200", 200, ServedFleet.Now.AddHours(-1));
        await fleet.UntilAsync(() => fleet.Host.Runner.Checkpoints("41").Newest!.Step == 200);
        var job = JsonDocument.Parse(await fleet.Served.OverSocket.GetStringAsync("/v1/advice/41")).RootElement.GetProperty("jobs")[0];
        Assert.Equal((7200, "Observed"), (job.GetProperty("interval_seconds").GetDouble(), job.GetProperty("interval_source").GetString()));
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_said()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        await fleet.LookAsync();
        var shown = await Command.RunAsync(["checkpoint", "advise", "--job", "77", "--socket", fleet.Served.Socket]);
        Assert.Equal(1, shown.Code);
        Assert.Contains("memory knows no job \"77\"", shown.Error, StringComparison.Ordinal);
    }
}
