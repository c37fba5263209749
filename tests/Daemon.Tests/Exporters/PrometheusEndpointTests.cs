using System.IO.Compression;
using System.Text;
using Forewarn.Daemon.Exporters.Prometheus;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Tests.Exporters;

public sealed class PrometheusEndpointTests : IDisposable
{
    private const string OpenMetrics = "application/openmetrics-text; version=1.0.0";

    private readonly PrometheusEndpoint _endpoint = new(TwoCards.Build().View, TimeProvider.System);

    public void Dispose() => _endpoint.Dispose();

    [Theory]
    [InlineData("", "text/plain; version=0.0.4; charset=utf-8")]
    [InlineData(OpenMetrics, "application/openmetrics-text; version=1.0.0; charset=utf-8")]
    public async Task The_format_that_was_asked_for_is_named(string accept, string contentType)
    {
        var (response, body) = await Get(accept, "");

        Assert.Equal(StatusCodes.Status200OK, response.StatusCode);
        Assert.Equal(contentType, response.ContentType);
        Assert.Equal(body.Length, response.ContentLength);
        Assert.Equal("Accept, Accept-Encoding", response.Headers.Vary);
        Assert.False(response.Headers.ContainsKey("Content-Encoding"));
        Assert.Equal(accept.Length > 0, Encoding.UTF8.GetString(body).EndsWith("\n# EOF\n", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData(OpenMetrics)]
    public async Task Gzip_unpacks_to_the_plain_scrape(string accept)
    {
        var (_, plain) = await Get(accept, "");

        // Twice, since the buffers are used again.
        for (var i = 0; i < 2; i++)
        {
            var (response, packed) = await Get(accept, "gzip");
            Assert.Equal("gzip", response.Headers.ContentEncoding);
            Assert.Equal(packed.Length, response.ContentLength);
            Assert.True(packed.Length < plain.Length / 4);
            Assert.Equal(WithoutOwnCost(Encoding.UTF8.GetString(plain)), WithoutOwnCost(Unpacked(packed)));
        }
    }

    [Fact]
    public async Task Scrapes_at_the_same_time_are_each_whole()
    {
        var (_, first) = await Get("", "");
        var expected = WithoutOwnCost(Encoding.UTF8.GetString(first));
        await Parallel.ForAsync(0, 200, async (i, _) =>
        {
            var gzip = i % 2 == 0;
            var (_, body) = await Get("", gzip ? "gzip" : "");
            Assert.Equal(expected, WithoutOwnCost(gzip ? Unpacked(body) : Encoding.UTF8.GetString(body)));
        });

        var (_, last) = await Get("", "");
        Assert.Contains("\nforewarn_scrapes_total 201\n", Encoding.UTF8.GetString(last), StringComparison.Ordinal);
    }

    private async Task<(HttpResponse Response, byte[] Body)> Get(string accept, string acceptEncoding)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Response = { Body = body } };
        if (accept.Length > 0) context.Request.Headers.Accept = accept;
        if (acceptEncoding.Length > 0) context.Request.Headers.AcceptEncoding = acceptEncoding;
        await _endpoint.Invoke(context);
        return (context.Response, body.ToArray());
    }

    private static string Unpacked(byte[] packed)
    {
        using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        using var reader = new StreamReader(gzip);
        return reader.ReadToEnd();
    }

    /// <summary>The scrape counts itself, and only that may differ between two.</summary>
    private static string WithoutOwnCost(string scrape)
        => string.Join('\n', scrape.Split('\n').Where(line => !line.StartsWith("forewarn_scrape", StringComparison.Ordinal)));
}
