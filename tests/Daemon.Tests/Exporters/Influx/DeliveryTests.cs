using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>What becomes of points before a server that is away, slow, ill or strict: each arrives once, in order, or is counted and named.</summary>
public class DeliveryTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task A_server_that_is_away_gets_everything_when_it_is_back()
    {
        await using var first = await ScriptedServer.StartAsync(_time);
        await using var node = new SendingNode(first, _time);
        node.Add(1, 3);
        await node.UntilWrittenAsync(30);
        await first.DisposeAsync();

        node.Add(4, 60);
        await node.UntilAsync(() => node.Meter is { Trouble: not null, SpoolBatches: 60 }, "a minute waits on disk");
        Assert.Equal((600, DateTimeOffset.FromUnixTimeSeconds(4)), (node.Meter.HeldPoints, node.Meter.OldestHeld));
        await using var second = await ScriptedServer.StartAsync(_time, first.Url.Port);
        node.Add(64, 2);
        await node.UntilWrittenAsync(650);

        Assert.Equal(Enumerable.Range(4, 62).Select(second => (long)second), SendingNode.Order(second));
        Assert.Equal(620, second.Points.Count);
        Assert.Null(second.Contradiction);
        Assert.Equal((0, 0, 0), (node.Meter.HeldPoints, node.Meter.SpoolBatches, node.Meter.SpoolBytes));
        Assert.Equal((null, default), (node.Meter.Trouble, node.Meter.OldestHeld));
        Assert.Empty(Directory.EnumerateFiles(node.Spool));
        Assert.Single(node.Log.With("points wait"));
        _time.Advance(TimeSpan.FromMinutes(1));
        node.Add(66, 1);
        await node.UntilAsync(() => node.Log.With("points are taken again").Count == 1, "it is told when it has lasted a minute");
    }

    [Fact]
    public async Task A_server_that_fails_every_second_request_does_not_fill_the_log()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request % 2 == 1 ? new Reply(500) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 20);
        await node.UntilWrittenAsync(200);
        Assert.Equal(20, node.Meter.Retries);
        Assert.Single(node.Log.With("points wait"));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(408)]
    public async Task An_ill_server_is_tried_again_and_again(int status)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request <= 4 ? new Reply(status, "{\"error\":\"timeout\"}") : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 5);
        await node.UntilWrittenAsync(50);

        Assert.Equal(50, server.Points.Count);
        Assert.Equal([1, 2, 3, 4, 5], SendingNode.Order(server));
        Assert.Equal(4, node.Meter.Retries);
        Assert.Contains($"HTTP {status}: timeout", Assert.Single(node.Log.With("points wait")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429, "7")]
    [InlineData(503, "7")]
    [InlineData(429, "Thu, 01 Jan 2026 00:00:07 GMT")]
    public async Task A_busy_server_is_left_alone_as_long_as_it_asks(int status, string retryAfter)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request == 1 ? new Reply(status) { RetryAfter = retryAfter } : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 3);
        await Eventually.TrueAsync(() => node.Meter.Trouble is not null, TimeSpan.FromSeconds(10), "the server has refused");
        await node.UntilAsync(() => node.Meter.Written == 30, "all are written", step: 0.1);

        var (first, second) = (server.Received.ElementAt(0).Time, server.Received.ElementAt(1).Time);
        Assert.InRange((second - first).TotalSeconds, 7, 9);
        Assert.Equal(30, server.Points.Count);
    }

    [Fact]
    public async Task A_slow_server_that_took_the_points_gets_them_again_and_counts_them_once()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, lines) => request == 1 ? new Reply(204) { Takes = lines, Before = never.Task } : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 1);
        await Eventually.TrueAsync(() => !server.Received.IsEmpty, TimeSpan.FromSeconds(10), "the first request is under way");
        node.Add(2, 1);
        await node.UntilWrittenAsync(20);
        never.SetResult();

        Assert.Equal(3, server.Received.Count);
        Assert.Equal(server.Received.ElementAt(0).Lines, server.Received.ElementAt(1).Lines);
        Assert.Equal((20, null), (server.Points.Count, server.Contradiction));
        Assert.Contains("no answer within 10s", Assert.Single(node.Log.With("points wait")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_for_a_while_costs_no_point()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        var isIll = true;
        server.Script = (_, _) => isIll ? new Reply(500) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 2);
        await node.UntilAsync(() => node.Meter.SpoolBatches == 2, "both wait on disk");
        var (file, hidden) = (Directory.GetFiles(node.Spool).Order().Last(), Path.Join(node.Folder.Path, "hidden"));
        File.Move(file, hidden);
        Directory.CreateDirectory(file);
        isIll = false;
        await node.UntilAsync(() => node.Log.With("cannot be read now").Count > 0, "the file is missed");
        Assert.NotNull(node.Meter.Trouble);

        Directory.Delete(file);
        File.Move(hidden, file);
        await node.UntilWrittenAsync(20);
        Assert.Equal((20, 0), (server.Points.Count, node.Meter.Dropped(DropReason.SpoolDamaged)));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(301)]
    [InlineData(200)] // with a page in it, as of a login
    [InlineData(202)]
    public async Task What_needs_somebody_is_said_once_and_tried_every_minute(int status)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request <= 3 ? new Reply(status, "{\"error\":\"authorization failed\"}") : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 2);
        await Eventually.TrueAsync(() => node.Meter.Trouble is not null, TimeSpan.FromSeconds(10), "the server has refused");
        node.Add(3, 3);
        await node.UntilWrittenAsync(50);

        var told = Assert.Single(node.Log.With("until somebody sees to it"));
        Assert.StartsWith("Error: ", told, StringComparison.Ordinal);
        Assert.Contains($"HTTP {status}", told, StringComparison.Ordinal);
        var times = server.Received.Take(4).Select(write => write.Time).ToList();
        Assert.All(times.Zip(times.Skip(1)), pair => Assert.InRange((pair.Second - pair.First).TotalSeconds, 30, 75));
        Assert.Equal([1, 2, 3, 4, 5], SendingNode.Order(server));
        Assert.Equal(0, node.Meter.Dropped(DropReason.Refused));
    }

    [Fact]
    public async Task A_batch_that_is_never_answered_in_time_goes_in_halves()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Count > 60 ? new Reply(204) { Before = never.Task } : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 1, 100);
        node.Add(2, 1);
        await node.UntilWrittenAsync(110);
        never.SetResult();

        Assert.Equal([100, 100, 100, 100, 100, 50, 50, 10], server.Received.Select(write => write.Lines.Count));
        Assert.Equal((110, 0), (server.Points.Count, node.Meter.Dropped(DropReason.Refused)));
    }

    [Fact]
    public async Task An_empty_200_is_a_success_too()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => new Reply(200) { Takes = lines };
        await using var node = new SendingNode(server, _time);
        node.Add(1, 1);
        await node.UntilWrittenAsync(10);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task Too_large_a_batch_goes_in_halves_in_order()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, lines) => lines.Count > 30 ? new Reply(413) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(SendingNode.BatchAt(1, 100));
        node.Add(SendingNode.BatchAt(2, 5));
        await node.UntilWrittenAsync(105);

        Assert.Equal([100, 50, 25, 25, 50, 25, 25, 5], server.Received.Select(write => write.Lines.Count));
        Assert.Equal(105, server.Points.Count);
        Assert.Equal(0, node.Meter.Dropped(DropReason.Refused));
    }

    [Fact]
    public async Task Trouble_in_the_midst_of_halves_loses_and_doubles_nothing()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, lines) => request == 4 ? new Reply(500) : lines.Count > 30 ? new Reply(413) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(SendingNode.BatchAt(1, 100));
        await node.UntilWrittenAsync(100);

        Assert.Equal((100, 100L), (server.Points.Count, node.Meter.Written));
        Assert.Equal(1, node.Meter.Retries);
    }
}
