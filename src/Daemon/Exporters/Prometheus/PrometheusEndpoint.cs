using System.Buffers;
using System.IO.Compression;
using Forewarn.Daemon.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace Forewarn.Daemon.Exporters.Prometheus;

/// <summary>
/// Answers <c>/metrics</c>; the API maps it. Scrapes are rendered one after another into buffers that are kept;
/// sending happens outside, so that a slow client holds up nobody.
/// </summary>
internal sealed class PrometheusEndpoint(NodeView view, TimeProvider time, bool withLinks = true) : IExporter, IDisposable
{
    // A full scrape of eight H100 with 18 links each was 222 KB, 20 KB compressed; both buffers grow where a node has more.
    private const int TextBytes = 256 * 1024;
    private const int PackedBytes = 32 * 1024;

    private readonly Lock _gate = new();
    private readonly PrometheusRenderer _renderer = new(view, withLinks);
    private readonly ArrayBufferWriter<byte> _text = new(TextBytes);
    private readonly MemoryStream _packed = new(PackedBytes);

    public string Name => "prometheus";

    public void Start()
    {
        // It answers when it is asked.
    }

    public Task Invoke(HttpContext context)
    {
        var format = ScrapeNegotiation.Format(context.Request.Headers.Accept);
        var gzip = ScrapeNegotiation.Gzip(context.Request.Headers.AcceptEncoding);
        var response = context.Response;
        response.ContentType = format == ExpositionFormat.OpenMetrics
            ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
            : "text/plain; version=0.0.4; charset=utf-8";
        response.Headers.Vary = $"{HeaderNames.Accept}, {HeaderNames.AcceptEncoding}";
        if (gzip) response.Headers.ContentEncoding = "gzip";
        lock (_gate)
        {
            var body = Render(format, gzip);
            response.ContentLength = body.Length;
            response.BodyWriter.Write(body);
        }

        return response.BodyWriter.FlushAsync(context.RequestAborted).AsTask();
    }

    public void Dispose() => _packed.Dispose();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private ReadOnlySpan<byte> Render(ExpositionFormat format, bool gzip)
    {
        var started = time.GetTimestamp();
        _text.ResetWrittenCount();
        _renderer.Render(format, _text);
        var body = gzip ? Packed(_text.WrittenSpan) : _text.WrittenSpan;
        _renderer.Meter.Add(time.GetElapsedTime(started));
        return body;
    }

    private ReadOnlySpan<byte> Packed(ReadOnlySpan<byte> text)
    {
        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Fastest, leaveOpen: true)) gzip.Write(text);
        return _packed.GetBuffer().AsSpan(0, (int)_packed.Length);
    }
}
