using System.Collections.Concurrent;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>A real HTTP server on the loopback that answers as its test says and keeps the points that it takes, as a database would: one for each series and time.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _points = new();
    private readonly TimeProvider _time;
    private readonly WebApplication _application;

    private ScriptedServer(TimeProvider time, int port, X509Certificate2? certificate, X509Certificate2? client)
    {
        _time = time;
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is null) return;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = client is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (shown, chain, _) =>
                {
                    ShownBeside = [.. chain!.ChainPolicy.ExtraStore.Select(beside => beside.Subject)];
                    return shown.Thumbprint == client?.Thumbprint;
                },
            });
        }));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Given the number of the request, from 1, and its lines; null takes them all with 204.</summary>
    public Func<int, IReadOnlyList<string>, Reply?> Script { get; set; } = (_, _) => null;

    public ConcurrentQueue<ReceivedWrite> Received { get; } = new();

    /// <summary>Series and time → fields.</summary>
    public IReadOnlyDictionary<string, string> Points => _points;

    /// <summary>Set when a point came a second time with other fields, which no re-sent batch may have.</summary>
    public string? Contradiction { get; private set; }

    /// <summary>Subjects of the certificates that a client last sent with its own.</summary>
    public IReadOnlyList<string> ShownBeside { get; private set; } = [];

    public Uri Url { get; private set; } = null!;

    public static async Task<ScriptedServer> StartAsync(
        TimeProvider time, int port = 0, X509Certificate2? certificate = null, X509Certificate2? client = null)
    {
        var server = new ScriptedServer(time, port, certificate, client);
        await server._application.StartAsync();
        var address = server._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Url = new(address.Replace("127.0.0.1", certificate is null ? "127.0.0.1" : "localhost", StringComparison.Ordinal));
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        using var text = new StreamReader(new GZipStream(context.Request.Body, CompressionMode.Decompress), Encoding.UTF8);
        var lines = (await text.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Received.Enqueue(new(
            context.Request.Path + context.Request.QueryString.Value, context.Request.Headers.Authorization.ToString(),
            context.Request.Headers.ContentEncoding.ToString(), lines, _time.GetUtcNow()));
        var reply = Script(Received.Count, lines) ?? new Reply(204) { Takes = lines };
        foreach (var line in reply.Takes) Take(line);
        if (reply.Before is { } wait) await wait;
        context.Response.StatusCode = reply.Status;
        if (reply.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
        if (reply.Body.Length > 0) await context.Response.WriteAsync(reply.Body);
    }

    private void Take(string line)
    {
        var (fields, time) = (line.LastIndexOf(" value=", StringComparison.Ordinal), line.LastIndexOf(' '));
        if (fields < 0 || fields == time) fields = line.IndexOf(' ');
        var (point, value) = (line[..fields] + line[time..], line[fields..time]);
        if (_points.GetOrAdd(point, value) != value) Contradiction = line;
    }
}

/// <summary>One request as it came.</summary>
internal sealed record ReceivedWrite(string Target, string Authorization, string Encoding, IReadOnlyList<string> Lines, DateTimeOffset Time);

/// <summary>What the server answers.</summary>
internal sealed record Reply(int Status, string Body = "")
{
    public string? RetryAfter { get; init; }

    /// <summary>The lines that it keeps nevertheless.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>What it waits for before it answers.</summary>
    public Task? Before { get; init; }
}
