using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Delivery;
using Forewarn.Daemon.Pipeline;

namespace Forewarn.Daemon.Reporting;

/// <summary>The controller, spoken to by one request at a time over a connection that is kept. Whatever happens becomes an answer; only being stopped is thrown.</summary>
internal sealed class ControllerDoor(Uri url, ReportOptions options, ReportingView meter, TimeProvider time) : IDisposable
{
    // Orders for every job of a large node, and the history of its cards, are some 100 KB; what is longer is no reply.
    private const int MostAnswerBytes = 4 << 20;

    // Most replies are two numbers.
    private const int FirstAnswerBytes = 1024;

    private readonly Uri _address = new(url.GetLeftPart(UriPartial.Path).TrimEnd('/') + ReportProtocol.Path);
    private readonly ServerTrust _trust = new(url, new(options.CaFile, options.ClientCert, options.ClientKey));
    private HttpClient? _client;

    public async Task<ReportAnswer> SendAsync(ReadOnlyMemory<byte> packed, CancellationToken stop)
    {
        var started = time.GetTimestamp();
        var answer = await AnswerAsync(packed, stop);
        meter.Durations.Add((long)time.GetElapsedTime(started).TotalNanoseconds);
        // Certificates are read anew, and the next attempt finds another address where the name has one.
        if (answer.EndsConnection) Dispose();
        return answer;
    }

    public void Dispose()
    {
        _client?.Dispose();
        _client = null;
    }

    private async Task<ReportAnswer> AnswerAsync(ReadOnlyMemory<byte> packed, CancellationToken stop)
    {
        try
        {
            using var request = Request(packed);
            _client ??= ServerConnection.Open(_trust);
            return await SendAsync(_client, request, stop);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            return new(ReportVerdict.Unusable, $"a file that [Reports] names cannot be used: {unusable.Message}");
        }
        catch (InvalidDataException wrong)
        {
            return new(ReportVerdict.Unusable, wrong.Message);
        }
    }

    private async Task<ReportAnswer> SendAsync(HttpClient client, HttpRequestMessage request, CancellationToken stop)
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
            return new(ReportVerdict.Unreachable, $"no answer within {DurationText.Format(options.Timeout)}");
        }
        catch (HttpRequestException failed)
        {
            return failed.HttpRequestError == HttpRequestError.SecureConnectionError
                ? new(ReportVerdict.NotTrusted, ServerConnection.Distrust(_trust))
                : new(ReportVerdict.Unreachable, ServerConnection.Words(failed));
        }
        catch (IOException)
        {
            return new(ReportVerdict.Unreachable, "the connection broke off");
        }
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> packed) => new(HttpMethod.Post, _address)
    {
        Headers = { Authorization = Token() is { Length: > 0 } token ? new("Bearer", token) : null },
        Content = new ReadOnlyMemoryContent(packed)
        {
            Headers = { ContentType = new MediaTypeHeaderValue("application/json"), ContentEncoding = { "gzip" } },
        },
    };

    private string Token() => options.TokenFile.Length == 0 ? "" : TokenText.Checked(File.ReadAllText(options.TokenFile).Trim(), "TokenFile");

    private static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpResponseMessage response, CancellationToken stop)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stop);
        var bytes = new byte[FirstAnswerBytes];
        var length = 0;
        while (await stream.ReadAsync(bytes.AsMemory(length), stop) is > 0 and var read)
        {
            length += read;
            if (length == MostAnswerBytes) break;
            if (length == bytes.Length) Array.Resize(ref bytes, Math.Min(2 * length, MostAnswerBytes));
        }

        return bytes.AsMemory(0, length);
    }

    private ReportAnswer Judge(HttpResponseMessage response, ReadOnlyMemory<byte> body)
    {
        if (response.StatusCode == HttpStatusCode.OK && ReportBody.Reply(body.Span) is { } reply) return new(ReportVerdict.Taken) { Reply = reply };
        var status = (int)response.StatusCode;
        var words = ReportBody.Words(Encoding.UTF8.GetString(body.Span)) is { Length: > 0 } text ? $"HTTP {status}: {text}" : $"HTTP {status}";
        return new(response.StatusCode switch
        {
            HttpStatusCode.Unauthorized => ReportVerdict.Unknown,
            HttpStatusCode.Forbidden => ReportVerdict.Forbidden,
            HttpStatusCode.Conflict => ReportVerdict.Contested,
            HttpStatusCode.RequestEntityTooLarge => ReportVerdict.TooLarge,
            HttpStatusCode.TooManyRequests => ReportVerdict.Throttled,
            HttpStatusCode.RequestTimeout => ReportVerdict.ServerError,
            HttpStatusCode.BadRequest or HttpStatusCode.UpgradeRequired or HttpStatusCode.UnprocessableEntity or HttpStatusCode.UnsupportedMediaType => ReportVerdict.Refused,
            _ when status >= 500 => ReportVerdict.ServerError,
            _ => ReportVerdict.Misdirected,
        }, words)
        {
            RetryAfter = RetryAfter.Of(response.Headers, time.GetUtcNow()),
        };
    }
}
