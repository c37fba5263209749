using System.Net;
using System.Net.Sockets;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>The agent's HTTP: the configured addresses and the Unix socket. The agent role makes, starts and stops it.</summary>
internal sealed class AgentHttpServer : IAsyncDisposable
{
    // For each listener on its own, so that a crowd at the network's door leaves the socket free for the operator.
    internal const int MostConnections = 64;

    // A request is a line, a few headers and at most one line of a scenario.
    private const int MostBodyBytes = 4096;

    // What a running request may still take at the end; the unit's stop as a whole has 10 s.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly WebApplication _application;

    /// <param name="options">Addresses and socket.</param>
    /// <param name="view">What is told.</param>
    /// <param name="operations">What is done.</param>
    /// <param name="metrics">Answers <c>/metrics</c>; null when the exporter is switched off.</param>
    /// <param name="time">The clock of the answers.</param>
    /// <param name="loggers">Takes our own messages, and Kestrel's from warnings on.</param>
    /// <param name="operators">Who may change the state; this machine's rule when null.</param>
    /// <param name="credentials">How a peer is known; the kernel's word when null.</param>
    /// <param name="events">Tells what happened; null in a test that has no store.</param>
    public AgentHttpServer(
        AgentOptions options,
        NodeView view,
        AgentOperations operations,
        RequestDelegate? metrics,
        TimeProvider time,
        ILoggerFactory loggers,
        OperatorRule? operators = null,
        Func<Socket, PeerCredentials>? credentials = null,
        EventEndpoints? events = null)
    {
        // Empty, not slim: a daemon must not take settings from an appsettings.json or ASPNETCORE_URLS that happens to be there.
        var builder = WebApplication.CreateEmptyBuilder(new());
        // What keeps the host from starting is thrown, and told in one line by who catches it: no stack trace beside that.
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(new ForwardedLogs(loggers));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = BoundSockets.Bind);
        var (rule, known) = (operators ?? OperatorRule.OfThisMachine(), credentials ?? PeerCredentials.Of);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => Configure(kestrel, options, new SocketCrowd(rule, known)));
        _application = builder.Build();
        var router = new RequestRouter(
            Routes(new ReadEndpoints(view, operations.Stuck, time), new OperationEndpoints(view, operations), events, metrics),
            rule,
            known,
            options.Socket,
            loggers.CreateLogger<RequestRouter>());
        _application.Run(router.HandleAsync);
    }

    /// <summary>What is listened on, once started: <c>http://[::]:9797</c>, <c>http://unix:/run/forewarn/forewarn.sock</c>.</summary>
    public IReadOnlyCollection<string> Addresses =>
        [.. _application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Binds and serves; a <see cref="ListenException"/> says what is in the way.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        try
        {
            await _application.StartAsync(cancellation);
        }
        catch (SocketException refused)
        {
            // Another process bound the same port between our bind and our listen.
            throw new ListenException($"cannot listen: {refused.SocketErrorCode}", refused);
        }
    }

    /// <summary>Stops listening, lets running requests end for 3 s or until the token says otherwise, and removes the socket.</summary>
    public Task StopAsync(CancellationToken cancellation) => _application.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(KestrelServerOptions kestrel, AgentOptions options, SocketCrowd crowd)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = MostBodyBytes;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than the scrape intervals that are common (15 s to 2 min), so that a scraper keeps its connection.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(150);
        kestrel.ConfigureEndpointDefaults(listener => listener.Protocols = HttpProtocols.Http1);
        foreach (var address in options.Listen)
        {
            // IPv6Any takes IPv4 too; a kernel booted without IPv6 has no such thing.
            kestrel.Listen(new IPEndPoint(address.Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any), address.Port));
        }

        kestrel.ListenUnixSocket(options.Socket, listener => listener.Use(crowd.Before));
    }

    private static List<Route> Routes(ReadEndpoints read, OperationEndpoints operate, EventEndpoints? events, RequestDelegate? metrics) =>
    [
        new("/metrics", HttpMethods.Get, Audience.Anyone, metrics ?? SwitchedOff),
        new("/healthz", HttpMethods.Get, Audience.Anyone, read.HealthAsync),
        new("/readyz", HttpMethods.Get, Audience.Anyone, read.ReadyAsync),
        new("/v1/node", HttpMethods.Get, Audience.ThisMachine, read.NodeAsync),
        new("/v1/devices", HttpMethods.Get, Audience.ThisMachine, read.DevicesAsync),
        new("/v1/devices/{id}", HttpMethods.Get, Audience.ThisMachine, read.DeviceAsync),
        new("/v1/efficiency", HttpMethods.Get, Audience.ThisMachine, read.EfficiencyAsync),
        .. events is null ? (IEnumerable<Route>)[] :
        [
            new("/v1/events", HttpMethods.Get, Audience.ThisMachine, events.ListAsync),
            new("/v1/events/stream", HttpMethods.Get, Audience.ThisMachine, events.StreamAsync),
        ],
        new("/v1/release", HttpMethods.Post, Audience.Operator, operate.ReleaseAsync),
        new("/v1/resume", HttpMethods.Post, Audience.Operator, operate.ResumeAsync),
        new("/v1/clear", HttpMethods.Post, Audience.Operator, operate.ClearAsync),
        new("/v1/maintenance", HttpMethods.Post, Audience.Operator, operate.MaintainAsync),
        new("/v1/simulation/inject", HttpMethods.Post, Audience.Operator, operate.InjectAsync),
    ];

    private static Task SwitchedOff(HttpContext context) => Answers.ProblemAsync(
        context, StatusCodes.Status404NotFound, "the Prometheus exporter is switched off", "set Enabled=yes in [Prometheus]");
}
