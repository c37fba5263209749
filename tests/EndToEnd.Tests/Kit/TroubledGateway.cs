using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Stands before a real database on the loopback: requests pass, except that each takes the next trouble that was ordered, as long as there is one.</summary>
internal sealed class TroubledGateway : IAsyncDisposable
{
    private readonly ConcurrentQueue<Trouble> _ordered = new();
    private readonly HttpListener _listener = new();
    private readonly HttpClient _database;
    private readonly Task _serving;

    private TroubledGateway(string database, X509ChainPolicy? trust)
    {
        var port = FreePort.Next();
        Url = $"http://127.0.0.1:{port}";
        _database = new(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = trust } }) { BaseAddress = new(database) };
        _listener.Prefixes.Add($"{Url}/");
        _listener.Start();
        _serving = ServeAsync();
    }

    public string Url { get; }

    /// <summary>What the database was given, in the order in which it was.</summary>
    public ArrivalOrder Arrived { get; } = new();

    /// <summary>Whether every trouble that was ordered has been met.</summary>
    public bool IsQuiet => _ordered.IsEmpty;

    /// <param name="database">Before which it stands.</param>
    /// <param name="authority">By which the database's certificate is; null where it has none.</param>
    public static TroubledGateway Before(InfluxDatabase database, TestAuthority? authority = null) => new(database.Url, authority?.Trust);

    public void Order(Trouble trouble, int times)
    {
        foreach (var _ in Enumerable.Range(0, times)) _ordered.Enqueue(trouble);
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
        _database.Dispose();
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception closed) when (closed is HttpListenerException or ObjectDisposedException)
            {
                return;
            }

            try
            {
                await AnswerAsync(context, _ordered.TryDequeue(out var trouble) ? trouble : Trouble.None);
            }
            catch (Exception broken) when (broken is HttpRequestException or HttpListenerException or IOException)
            {
                BreakOff(context.Response); // one of the two sides has gone: the other is told so
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, Trouble trouble)
    {
        if (trouble.Refusal is { } status)
        {
            context.Response.StatusCode = (int)status;
            if (trouble.RetryAfter is { } after) context.Response.AddHeader("Retry-After", after);
            context.Response.Close();
            return;
        }

        using var answer = await PassOnAsync(context.Request);
        await Pause.ForAsync(trouble.Late);
        if (trouble.AnswerIsLost)
        {
            BreakOff(context.Response);
            return;
        }

        context.Response.StatusCode = (int)answer.StatusCode;
        context.Response.Close(await answer.Content.ReadAsByteArrayAsync(), willBlock: false);
    }

    /// <summary>The listener ends a response that nobody wrote with an empty 200, which is a success; one that lacks a byte that was promised is none.</summary>
    private static void BreakOff(HttpListenerResponse response)
    {
        try
        {
            response.ContentLength64 = 1;
        }
        catch (InvalidOperationException)
        {
            // It has begun, and lacks what it lacks.
        }

        response.Abort();
    }

    private async Task<HttpResponseMessage> PassOnAsync(HttpListenerRequest asked)
    {
        using var body = new MemoryStream();
        await asked.InputStream.CopyToAsync(body);
        using var passed = new HttpRequestMessage(new(asked.HttpMethod), asked.RawUrl) { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var name in asked.Headers.AllKeys.OfType<string>().Where(name => name is "Authorization" or "Content-Encoding" or "Content-Type"))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, asked.Headers[name])) passed.Content.Headers.TryAddWithoutValidation(name, asked.Headers[name]);
        }

        var answer = await _database.SendAsync(passed);
        if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.BadRequest) Arrived.Add(body.ToArray()); // of a bad request the good points are taken
        return answer;
    }
}

/// <summary>What goes wrong with one request.</summary>
internal sealed record Trouble
{
    public static Trouble None { get; } = new();

    /// <summary>Answered with this, and the database sees nothing of it.</summary>
    public HttpStatusCode? Refusal { get; init; }

    /// <summary>The header of a refusal.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>The answer comes this much later than the database gave it.</summary>
    public TimeSpan Late { get; init; }

    /// <summary>The database took the points, and nobody tells the agent.</summary>
    public bool AnswerIsLost { get; init; }
}
