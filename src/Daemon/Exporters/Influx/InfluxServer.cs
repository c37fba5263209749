using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Delivery;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>One server, spoken to by one request at a time. Whatever happens becomes an answer; only being stopped is thrown.</summary>
internal sealed class InfluxServer(InfluxOptions options, DeliveryView meter, TimeProvider time) : IDisposable
{
    // The words for one line are some hundred bytes; InfluxDB 1 quotes every line that it could not parse.
    private const int MostAnswerBytes = 256 * 1024;

    private readonly Uri _address = WriteAddress.Of(options);
    private readonly ServerTrust _trust = new(options.Url, new(options.CaFile, options.ClientCert, options.ClientKey));
    private HttpClient? _client;

    public async Task<WriteAnswer> WriteAsync(ReadOnlyMemory<byte> packed, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var answer = await AnswerAsync(packed, stop);
        meter.Requests.Add((long)time.GetElapsedTime(started).TotalNanoseconds);
        // Certificates are read anew, and the next attempt finds another address where the name has one.
        if (answer.MustWait) Dispose();
        return answer;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<WriteAnswer> AnswerAsync(ReadOnlyMemory<byte> packed, CancellationToken stop)
    {
        try
        {
            using var request = Request(packed);
            _client ??= ServerConnection.Open(_trust);
            return await SendAsync(_client, request, stop);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(Verdict.Forbidden, $"a file that [Influx] names cannot be used: {unusable.Message}");
        }
        catch (InvalidDataException wrong)
        {
            return new(Verdict.Forbidden, wrong.Message);
        }
        catch (Exception defect) when (!stop.IsCancellationRequested)
        {
            // Of ours or of the framework's: it costs this attempt, and is told in full.
            return new(Verdict.Unreachable, $"the request was broken off by a defect of Forewarn: {defect.GetType().Name}: {defect.Message}");
        }
    }

    private async Task<WriteAnswer> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken stop)
    {
        using var deadline = new CancellationTokenSource(options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, deadline.Token);
        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token);
            return Judge(response, await BodyAsync(response, either.Token));
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return new(Verdict.Unreachable, $"no answer within {DurationText.Format(options.Timeout)}") { IsTimeout = true };
        }
        catch (HttpRequestException failed)
        {
            return failed.HttpRequestError == HttpRequestError.SecureConnectionError
                ? new(Verdict.NotTrusted, ServerConnection.Distrust(_trust))
                : new(Verdict.Unreachable, ServerConnection.Words(failed));
        }
        catch (IOException)
        {
            return new(Verdict.Unreachable, "the connection broke off");
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> packed) => new(HttpMethod.Post, _address)
    {
        Headers = { Authorization = Secrets.Authorization(options) },
        Content = new ReadOnlyMemoryContent(packed)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("text/plain", "utf-8"), ContentEncoding = { "gzip" } },
        },
    };

    private static async Task<string> BodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        if (response.StatusCode == HttpStatusCode.NoContent) return "";
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[MostAnswerBytes];
        var length = await stream.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, stop);
        return Encoding.UTF8.GetString(bytes, 0, length);
    }

    private WriteAnswer Judge(HttpResponseMessage response, string body)
    {
        // Every API that is spoken here has 204 for success, some that imitate it an empty 200; a page is of somebody else, a login perhaps.
        if (response.StatusCode == HttpStatusCode.NoContent || (response.StatusCode == HttpStatusCode.OK && body.Length == 0)) return new(Verdict.Accepted);
        var status = (int)response.StatusCode;
        var words = ServerWords.Text(body) is { Length: > 0 } text ? $"HTTP {status}: {text}" : $"HTTP {status}";
        return response.StatusCode switch
        {
            _ when response.IsSuccessStatusCode => new(Verdict.Misdirected, $"what answers is no InfluxDB, is Url the right one? {words}"),
            HttpStatusCode.BadRequest or HttpStatusCode.UnprocessableEntity => ServerWords.BadRequest(body),
            HttpStatusCode.RequestEntityTooLarge => new(Verdict.TooLarge, words),
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(Verdict.Forbidden, words),
            HttpStatusCode.TooManyRequests => new(Verdict.Throttled, words) { RetryAfter = RetryAfter.Of(response.Headers, time.GetUtcNow()) },
            HttpStatusCode.RequestTimeout => new(Verdict.ServerError, words),
            _ when status >= 500 => new(Verdict.ServerError, words) { RetryAfter = RetryAfter.Of(response.Headers, time.GetUtcNow()) },
            _ => new(Verdict.Misdirected, words),
        };
    }
}
