using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Forewarn.Controller.Reports;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace Forewarn.Daemon.Tests.Reporting;

/// <summary>A real HTTP server on the loopback that takes reports as a controller does, keeps each transition once, and answers as its test says.</summary>
internal sealed class ControllerDouble : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly WebApplication _application;

    private ControllerDouble(TimeProvider time, int port, ConcurrentDictionary<(string, long), ReportedTransition> kept, X509Certificate2? certificate, X509Certificate2? client)
    {
        (_time, Kept) = (time, kept);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen =>
        {
            if (certificate is null) return;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = client is null ? ClientCertificateMode.NoCertificate : ClientCertificateMode.RequireCertificate,
                ClientCertificateValidation = (shown, _, _) => shown.Thumbprint == client?.Thumbprint,
            });
        }));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>Given the number of the request, from 1, and the report; null takes it.</summary>
    public Func<int, AgentReport, ScriptedAnswer?> Script { get; set; } = (_, _) => null;

    /// <summary>What a reply asks of the node's jobs.</summary>
    public ImmutableArray<CheckpointOrder> Orders { get; set; } = [];

    /// <summary>What it knows of a card, by its serial; null where it cannot say now.</summary>
    public Func<string, CardHistory?> History { get; set; } = static serial => new(serial, [], []);

    public ConcurrentQueue<ReceivedReport> Received { get; } = new();

    /// <summary>Each transition that was taken, by store and number; survives a restart of the double.</summary>
    public ConcurrentDictionary<(string Store, long Id), ReportedTransition> Kept { get; }

    public Uri Url { get; private set; } = null!;

    public static async Task<ControllerDouble> StartAsync(
        TimeProvider time, ControllerDouble? before = null, X509Certificate2? certificate = null, X509Certificate2? client = null)
    {
        var controller = new ControllerDouble(time, before?.Url.Port ?? 0, before?.Kept ?? new(), certificate, client);
        await controller._application.StartAsync();
        var address = controller._application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        controller.Url = new(address.Replace("127.0.0.1", certificate is null ? "127.0.0.1" : "localhost", StringComparison.Ordinal));
        return controller;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext context)
    {
        await using var body = new GZipStream(context.Request.Body, CompressionMode.Decompress);
        var report = (await JsonSerializer.DeserializeAsync(body, FleetJson.Default.AgentReport))!;
        report = report with { Transitions = report.Transitions.IsDefault ? [] : report.Transitions };
        Received.Enqueue(new(context.Request.Path, context.Request.Headers.Authorization.ToString(), context.Connection.Id, report, _time.GetUtcNow()));
        var answer = Script(Received.Count, report) ?? new ScriptedAnswer(200) { Takes = true };
        if (answer.Takes)
        {
            foreach (var one in report.Transitions) Kept[(report.Store, one.Id)] = one;
        }

        if (answer.Before is { } wait) await wait;
        if (answer.Aborts)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Status;
        if (answer.RetryAfter is { } after) context.Response.Headers.RetryAfter = after;
        if (answer.Status == StatusCodes.Status200OK && answer.Body.Length == 0)
            await context.Response.Body.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(Reply(report), FleetJson.Default.ReportReply));
        else
            await context.Response.WriteAsync(answer.Body);
    }

    private ReportReply Reply(AgentReport report) => new()
    {
        Protocol = ReportProtocol.Version,
        Taken = Kept.Keys.Where(key => key.Store == report.Store).Select(key => key.Id).DefaultIfEmpty(0).Max(),
        Orders = Orders,
        Histories = [.. (report.HistoryOf.IsDefault ? [] : report.HistoryOf).Select(History).OfType<CardHistory>()],
    };
}

/// <summary>One report as it came.</summary>
internal sealed record ReceivedReport(string Path, string Authorization, string Connection, AgentReport Report, DateTimeOffset Time);

/// <summary>What the double answers; 200 without a body is a reply.</summary>
internal sealed record ScriptedAnswer(int Status, string Body = "")
{
    /// <summary>What the report says is kept nevertheless.</summary>
    public bool Takes { get; init; }

    /// <summary>The connection breaks off before the answer.</summary>
    public bool Aborts { get; init; }

    public string? RetryAfter { get; init; }

    /// <summary>What it waits for before it answers.</summary>
    public Task? Before { get; init; }
}
