using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>A bad point is found, named, counted and dropped; it holds up none of the others.</summary>
public class BadPointTests
{
    private const int Points = 1000;

    private readonly ManualTimeProvider _time = new();

    [Fact]
    public Task Bad_lines_that_the_server_numbers_are_left_out() => LeavesOutAsync(3, lines => new Reply(
        400, $$"""{"code":"invalid","message":"bad","line":{{FirstBad(lines) + 1}}}"""));

    [Fact]
    public Task Bad_lines_that_the_server_quotes_are_left_out() => LeavesOutAsync(2, lines => new Reply(
        400, $$"""{"error":"partial write: {{string.Join("\\n", lines.Where(IsBad).Select(line => $"unable to parse '{line}': bad"))}} dropped=0"}""")
    {
        Takes = [.. lines.Where(line => !IsBad(line))],
    });

    [Fact]
    public Task Bad_lines_that_v3_lists_are_left_out() => LeavesOutAsync(2, lines => new Reply(
        400, $$"""{"error":"partial write","data":[{{string.Join(',', lines.Index().Where(line => IsBad(line.Item)).Select(line => $$"""{"line_number":{{line.Index + 1}},"error_message":"bad"}"""))}}]}"""));

    [Theory]
    [InlineData("{\"error\":\"bad\"}")]
    [InlineData("bad")] // something before the server answers in its own words
    public Task Bad_lines_that_nobody_names_are_found_by_halving(string body) => LeavesOutAsync(null, _ => new Reply(400, body));

    [Theory]
    [InlineData("{\"code\":\"invalid\",\"message\":\"bad\",\"line\":2}")]
    [InlineData("{\"error\":\"partial write: unable to parse 'm,series=1 value=1 1000': bad dropped=0\"}")]
    [InlineData("{\"error\":\"partial write\",\"data\":[{\"line_number\":2,\"error_message\":\"bad\"}]}")]
    public async Task A_point_that_the_server_names_costs_itself_and_none_of_those_after_it(string body)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Contains("m,series=1 value=1 1000") ? new Reply(400, body) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 3);
        await node.UntilWrittenAsync(29);

        Assert.Equal((1, 29), (node.Meter.Dropped(DropReason.Refused), server.Points.Count));
        Assert.Equal(4, server.Received.Count); // the first batch once more without it, and nothing else
        Assert.Single(node.Log.With("its series is tried again"));
    }

    [Fact]
    public async Task What_v1_says_that_it_dropped_is_counted_and_not_sent_again()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => new Reply(400, "{\"error\":\"partial write: field type conflict dropped=2\"}") { Takes = [.. lines.Skip(2)] };
        await using var node = new SendingNode(server, _time);
        node.Add(SendingNode.BatchAt(1, Points));
        await node.UntilWrittenAsync(Points - 2);

        Assert.Single(server.Received);
        Assert.Equal((2, null), (node.Meter.Dropped(DropReason.Refused), node.Meter.Trouble));
        Assert.Contains("field type conflict", Assert.Single(node.Log.With("2 points of a request were refused")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_series_is_named_once_however_often_it_is_refused()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Any(IsBad) ? new Reply(400, $$"""{"message":"bad","line":{{FirstBad(lines) + 1}}}""") : null;
        await using var node = new SendingNode(server, _time);
        for (var second = 1; second <= 5; second++) node.Add(SendingNode.Batch(second, SendingNode.Line(second, 0), $"m,bad=7 value=1 {second}"));
        await node.UntilWrittenAsync(5);

        Assert.Equal(5, node.Meter.Dropped(DropReason.Refused));
        Assert.Single(node.Log.With("m,bad=7 value=1"));
        await node.UntilAsync(() => node.Meter.HeldPoints == 0, "all are settled");
        Assert.Equal((10, 5), (node.Meter.Taken, node.Meter.Written));
    }

    [Fact]
    public async Task However_many_are_bad_the_good_ones_arrive_and_the_next_batch_knows()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Any(IsBad) ? new Reply(400, "{\"error\":\"bad\"}") : null;
        await using var node = new SendingNode(server, _time);
        node.Add(Mixed(1));
        await node.UntilWrittenAsync(Points - 200);
        await node.UntilAsync(() => node.Meter.HeldPoints == 0, "the bad ones are found");
        Assert.Equal(200, node.Meter.Dropped(DropReason.Refused));

        var before = server.Received.Count;
        node.Add(Mixed(2));
        await node.UntilWrittenAsync(2 * (Points - 200));
        Assert.Equal((before + 1, 400), (server.Received.Count, node.Meter.Dropped(DropReason.Refused)));

        Assert.Equal(200, node.Log.With("its series is left out for an hour").Count);
        _time.Advance(TimeSpan.FromHours(1)); // somebody may have mended it
        node.Add(Mixed(3));
        await node.UntilWrittenAsync(3 * (Points - 200));
        Assert.True(server.Received.Count > before + 2);
    }

    [Fact]
    public async Task A_batch_in_which_all_is_named_as_bad_holds_nobody()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Count > 0 && LinePoint.Parse(lines[0]).Time == 1000
            ? new Reply(400, $$"""{"error":"partial write: field type conflict dropped={{lines.Count}}"}""") : null;
        await using var node = new SendingNode(server, _time);
        node.Add(SendingNode.BatchAt(1, Points));
        node.Add(SendingNode.BatchAt(2, Points));
        await node.UntilWrittenAsync(Points);

        Assert.Equal((Points, Points), (node.Meter.Dropped(DropReason.Refused), server.Points.Count));
    }

    [Theory]
    [InlineData("<html>Client sent an HTTP request to an HTTPS server.</html>", 10)]
    [InlineData("{\"code\":\"invalid\",\"message\":\"Please provide either orgID or org\"}", 1000)] // InfluxDB 2 without Org
    [InlineData("{\"error\":\"db name did not start with a number or letter\"}", 1)] // InfluxDB 3
    public async Task What_names_no_point_and_takes_none_costs_none(string words, int points)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        var isWrong = true;
        server.Script = (_, _) => isWrong ? new Reply(400, words) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 3, points);
        await node.UntilAsync(() => node.Meter.Retries >= 3, "it has been tried again");
        Assert.Equal(0, node.Meter.Dropped(DropReason.Refused));
        Assert.InRange(server.Received.Count, 3, 70); // once it is known, each attempt is one request
        Assert.Contains("names none of them", Assert.Single(node.Log.With("until somebody sees to it")), StringComparison.Ordinal);

        isWrong = false;
        await node.UntilWrittenAsync(3 * points);
        Assert.Equal((3 * points, 0), (server.Points.Count, node.Meter.Dropped(DropReason.Refused)));
    }

    [Fact]
    public async Task A_device_whose_every_point_is_bad_and_unnamed_does_not_raise_that_doubt()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Any(IsBad) ? new Reply(400, "bad") : null;
        await using var node = new SendingNode(server, _time);
        var lines = Enumerable.Range(0, Points).Select(series => series < 40 ? $"m,bad={series} value=1 1000" : SendingNode.Line(1, series));
        node.Add(SendingNode.Batch(1, [.. lines]));
        await node.UntilWrittenAsync(Points - 40);
        await node.UntilAsync(() => node.Meter.Dropped(DropReason.Refused) == 40, "the bad ones are found");
        Assert.Empty(node.Log.With("until somebody sees to it"));
    }

    /// <summary>The first 200 are bad; the values differ from second to second.</summary>
    private static Forewarn.Daemon.Exporters.Influx.Batch Mixed(int second) => SendingNode.Batch(second, [.. Enumerable.Range(0, Points).Select(series =>
        series < 200 ? $"m,bad={series} value={second} {second}000" : SendingNode.Line(second, series))]);

    private static bool IsBad(string line) => line.Contains("bad=", StringComparison.Ordinal);

    private static int FirstBad(IReadOnlyList<string> lines) => lines.ToList().FindIndex(IsBad);

    private async Task LeavesOutAsync(int? requests, Func<IReadOnlyList<string>, Reply> refuse)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Any(IsBad) ? refuse(lines) : null;
        await using var node = new SendingNode(server, _time);
        var lines = Enumerable.Range(0, Points).Select(series => SendingNode.Line(1, series)).ToArray();
        (lines[137], lines[902]) = ("m,bad=1 value=1 1000", "m,bad=2 value=1 1000");
        node.Add(SendingNode.Batch(1, lines));
        node.Add(SendingNode.BatchAt(2));
        await node.UntilWrittenAsync(Points - 2 + 10);

        Assert.Equal(Points - 2 + 10, server.Points.Count);
        Assert.DoesNotContain(server.Points.Keys, IsBad);
        Assert.Equal((2L, (long)Points - 2 + 10), (node.Meter.Dropped(DropReason.Refused), node.Meter.Written));
        Assert.All(["m,bad=1", "m,bad=2"], bad => Assert.Contains("bad", Assert.Single(node.Log.With($"[line `{bad}")), StringComparison.Ordinal));
        Assert.Equal((null, 0L), (node.Meter.Trouble, node.Meter.Retries));
        if (requests is { } count) Assert.Equal(count + 1, server.Received.Count);
        else Assert.InRange(server.Received.Count, 20, 60);
    }
}
