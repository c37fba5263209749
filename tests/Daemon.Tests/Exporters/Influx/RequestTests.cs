using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>The request's shape, as the three servers' documentation has it.</summary>
public class RequestTests
{
    private readonly ManualTimeProvider _time = new();

    [Fact]
    public async Task V1_with_a_user()
    {
        var write = await SentAsync(options => options with { RetentionPolicy = "two weeks", User = "forewarn", Password = "pass:wörd" });
        Assert.Equal("/write?db=forewarn&rp=two%20weeks&precision=ms", write.Target);
        Assert.Equal("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("forewarn:pass:wörd")), write.Authorization);
        Assert.Equal("gzip", write.Encoding);
    }

    [Fact]
    public async Task V1_of_nobody_and_below_a_path()
    {
        var write = await SentAsync(options => options with { Url = new Uri(options.Url, "insert/influx/") });
        Assert.Equal(("/insert/influx/write?db=forewarn&precision=ms", ""), (write.Target, write.Authorization));
    }

    [Fact]
    public async Task V2()
    {
        var write = await SentAsync(options => options with { Api = InfluxApi.V2, Org = "R&D", Bucket = "gpu", Token = "abc==" });
        Assert.Equal(("/api/v2/write?org=R%26D&bucket=gpu&precision=ms", "Token abc=="), (write.Target, write.Authorization));
    }

    [Fact]
    public async Task V3()
    {
        var write = await SentAsync(options => options with { Api = InfluxApi.V3, Database = "gpu", Token = "apiv3_x" });
        Assert.Equal("/api/v3/write_lp?db=gpu&precision=millisecond&accept_partial=true&no_sync=false", write.Target);
        Assert.Equal("Bearer apiv3_x", write.Authorization);
    }

    [Fact]
    public async Task A_secret_is_read_from_its_file_for_every_request()
    {
        using var folder = new TemporaryFolder();
        await using var server = await ScriptedServer.StartAsync(_time);
        var file = Path.Join(folder.Path, "token");
        await using var node = new SendingNode(server, _time, options => options with { Api = InfluxApi.V2, TokenFile = file });
        node.Add(1, 1);
        await node.UntilAsync(() => node.Meter.Trouble is not null, "the file is missed");
        Assert.Empty(server.Received);

        folder.Write("token", "first\n");
        await node.UntilWrittenAsync(10);
        folder.Write("token", "second\n");
        node.Add(2, 1);
        await node.UntilWrittenAsync(20);
        Assert.Equal(["Token first", "Token second"], server.Received.Select(write => write.Authorization));
        Assert.All(node.Log.All, line => Assert.DoesNotContain("first", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("first\nsecond\n")]
    [InlineData("tök\n")]
    public async Task A_file_that_holds_no_token_is_named_and_read_again(string content)
    {
        using var folder = new TemporaryFolder();
        await using var server = await ScriptedServer.StartAsync(_time);
        var file = folder.Write("token", content);
        await using var node = new SendingNode(server, _time, options => options with { Api = InfluxApi.V2, TokenFile = file });
        node.Add(1, 1);
        await node.UntilAsync(() => node.Meter.Trouble is not null, "the token is refused");
        Assert.Contains("TokenFile", Assert.Single(node.Log.With("until somebody sees to it")), StringComparison.Ordinal);
        Assert.Empty(node.Log.With("second"));

        folder.Write("token", "good\n");
        await node.UntilWrittenAsync(10);
        Assert.Equal("Token good", server.Received.Single().Authorization);
    }

    [Fact]
    public async Task Our_meters_tell_what_happened()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request == 1 ? new Reply(500) : null;
        await using var node = new SendingNode(server, _time);
        node.Add(1, 2);
        await node.UntilWrittenAsync(20);

        Span<long> counts = stackalloc long[DurationHistogram.Bounds.Length + 1];
        node.Meter.Requests.CopyCumulative(counts);
        Assert.Equal((3, 1), (counts[^1], node.Meter.Retries));
        Assert.InRange(node.Meter.LastSuccess, _time.GetUtcNow().AddSeconds(-5), _time.GetUtcNow());
    }

    private async Task<ReceivedWrite> SentAsync(Func<InfluxOptions, InfluxOptions> change)
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        await using var node = new SendingNode(server, _time, change);
        node.Add(1, 1);
        await node.UntilWrittenAsync(10);
        Assert.Equal(SendingNode.Line(1, 0), server.Received.Single().Lines[0]);
        return server.Received.Single();
    }
}
