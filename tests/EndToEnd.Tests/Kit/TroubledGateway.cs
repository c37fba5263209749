using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using Forewarn.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>Stands before a real database on the loopback: requests pass, except that each takes the next trouble that was ordered, as long as there is one.</summary>
internal sealed class TroubledGateway : IAsyncDisposable
{
    private readonly ConcurrentQueue<Trouble> _ordered = new();
    private readonly WebApplication _server;
    private readonly X509Certificate2? _certificate;
    private readonly HttpClient _database;

    private TroubledGateway(string database, TestAuthority? authority)
    {
        _database = new(new SocketsHttpHandler { UseProxy = false, SslOptions = { CertificateChainPolicy = authority?.Trust } }) { BaseAddress = new(database) };
        _certificate = authority is null ? null : X509Certificate2.CreateFromPemFile(authority.Certificate, authority.Key);
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration().ConfigureKestrel(server => server.Listen(IPAddress.Loopback, 0, at =>
        {
            if (_certificate is not null) at.UseHttps(_certificate);
        }));
        _server = builder.Build();
        _server.Run(AnswerAsync);
    }

    public string Url => _certificate is null ? _server.Urls.Single() : $"https://localhost:{new Uri(_server.Urls.Single()).Port}";

    /// <summary>What the database was given, in the order in which it was.</summary>
    public ArrivalOrder Arrived { get; } = new();

    /// <summary>Whether every trouble that was ordered has been met.</summary>
    public bool IsQuiet => _ordered.IsEmpty;

    /// <param name="database">Before which it stands.</param>
    /// <param name="authority">By which the certificates of both are; null where they have none.</param>
    public static async Task<TroubledGateway> BeforeAsync(InfluxDatabase database, TestAuthority? authority = null)
    {
        var gateway = new TroubledGateway(database.Url, authority);
        await gateway._server.StartAsync();
        return gateway;
    }

    public void Order(Trouble trouble, int times)
    {
        foreach (var _ in Enumerable.Range(0, times)) _ordered.Enqueue(trouble);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _certificate?.Dispose();
        _database.Dispose();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var trouble = _ordered.TryDequeue(out var ordered) ? ordered : Trouble.None;
        if (trouble.Refusal is { } status)
        {
            context.Response.StatusCode = (int)status;
            context.Response.Headers.RetryAfter = trouble.RetryAfter;
            return;
        }

        try
        {
            using var answer = await PassOnAsync(context.Request);
            await Pause.ForAsync(trouble.Late);
            if (trouble.AnswerIsLost)
            {
                context.Abort();
                return;
            }

            context.Response.StatusCode = (int)answer.StatusCode;
            if (answer.StatusCode != HttpStatusCode.NoContent) await context.Response.Body.WriteAsync(await answer.Content.ReadAsByteArrayAsync());
        }
        catch (Exception broken) when (broken is HttpRequestException or IOException)
        {
            context.Abort(); // one of the two sides has gone: the other is told so
        }
    }

    private async Task<HttpResponseMessage> PassOnAsync(HttpRequest asked)
    {
        using var body = new MemoryStream();
        await asked.Body.CopyToAsync(body);
        using var passed = new HttpRequestMessage(new(asked.Method), $"{asked.Path}{asked.QueryString}") { Content = new ByteArrayContent(body.ToArray()) };
        foreach (var (name, value) in asked.Headers.Where(header => header.Key is "Authorization" or "Content-Encoding" or "Content-Type"))
        {
            if (!passed.Headers.TryAddWithoutValidation(name, value.ToString())) passed.Content.Headers.TryAddWithoutValidation(name, value.ToString());
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
