using System.Net;
using System.Net.Sockets;
using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>The controller's HTTP: the configured addresses, where agents report, and the Unix socket. The controller role makes, starts and stops it.</summary>
internal sealed partial class FleetHttpServer : IAsyncDisposable
{
    // Own figure: an agent keeps its connection, and a site may have 10,000; the unit's LimitNOFILE has room for them.
    private const int MostConnections = 16_384;

    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(3);

    private readonly WebApplication _application;
    private readonly ReportEndpoint _reports;
    private readonly FleetLook _look;
    private readonly FleetMetrics _metrics;
    private readonly Callers _callers;
    private readonly FleetOperators _operators;
    private readonly IReadOnlyList<Route> _further;
    private readonly ILogger _logger;

    /// <param name="options">Addresses, socket, certificate.</param>
    /// <param name="reports">Takes reports.</param>
    /// <param name="look">Answers who looks.</param>
    /// <param name="metrics">Answers <c>/metrics</c>.</param>
    /// <param name="callers">Knows who calls.</param>
    /// <param name="further">What else can be asked, or ordered.</param>
    /// <param name="loggers">Takes our own messages, and Kestrel's from warnings on.</param>
    public FleetHttpServer(
        FleetOptions options, ReportEndpoint reports, FleetLook look, FleetMetrics metrics, Callers callers, IReadOnlyList<Route> further, ILoggerFactory loggers)
    {
        (_reports, _look, _metrics, _callers, _further, _logger) = (reports, look, metrics, callers, further, loggers.CreateLogger("forewarn.fleet"));
        _operators = new FleetOperators(OperatorRule.OfThisMachine(), _logger);
        // Empty, not slim: a daemon must not take settings from an appsettings.json or ASPNETCORE_URLS that happens to be there.
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None).AddProvider(new ForwardedLogs(loggers));
        builder.Services.AddSingleton<IHostLifetime, NoSignals>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Farewell);
        builder.Services.Configure<SocketTransportOptions>(transport => transport.CreateBoundListenSocket = BoundSockets.Bind);
        var https = FleetTls.Of(options);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel => Configure(kestrel, options, https));
        _application = builder.Build();
        _application.Run(HandleAsync);
    }

    /// <summary>What is listened on, once started.</summary>
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

    private static void Configure(KestrelServerOptions kestrel, FleetOptions options, HttpsConnectionAdapterOptions? https)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = MostConnections;
        kestrel.Limits.MaxRequestBodySize = ReportBody.MostPacked;
        kestrel.Limits.MaxRequestHeadersTotalSize = 16 * 1024;
        kestrel.Limits.MaxRequestLineSize = 4 * 1024;
        kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
        // Longer than many heartbeats, so that an agent keeps its connection.
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(150);
        kestrel.ConfigureEndpointDefaults(listener => listener.Protocols = HttpProtocols.Http1);
        foreach (var address in options.Listen)
        {
            // IPv6Any takes IPv4 too; a kernel booted without IPv6 has no such thing.
            var endPoint = new IPEndPoint(address.Address ?? (Socket.OSSupportsIPv6 ? IPAddress.IPv6Any : IPAddress.Any), address.Port);
            kestrel.Listen(endPoint, listener =>
            {
                if (https is not null) listener.UseHttps(https);
            });
        }

        kestrel.ListenUnixSocket(options.Socket);
    }

    private async Task HandleAsync(HttpContext context)
    {
        try
        {
            await RouteAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The caller has gone.
        }
        catch (Exception failure) when (!context.Response.HasStarted)
        {
            Log.RequestFailed(_logger, context.Request.Method, context.Request.Path, failure);
            await Answers.ProblemAsync(context, StatusCodes.Status500InternalServerError, "the controller failed to answer", "its journal has the details");
        }
    }

    private Task RouteAsync(HttpContext context)
    {
        var path = context.Request.Path.Value ?? "";
        var isReport = path == ReportProtocol.Path;
        var method = isReport ? HttpMethods.Post : HttpMethods.Get;
        RequestDelegate? handle = path switch
        {
            ReportProtocol.Path => _reports.HandleAsync,
            "/metrics" => _metrics.HandleAsync,
            "/healthz" => _look.HealthAsync,
            "/readyz" => _look.ReadyAsync,
            "/v1/fleet" => _look.FleetAsync,
            _ when path.StartsWith(FleetLook.NodePath, StringComparison.Ordinal) && path.LastIndexOf('/') == FleetLook.NodePath.Length - 1 => _look.NodeAsync,
            _ => null,
        };
        if (handle is null && _further.FirstOrDefault(route => route.Takes(path)) is { } known) return FurtherAsync(context, path, known);
        if (handle is null)
        {
            var more = string.Concat(_further.Where(static route => route.Method == HttpMethods.Get).Select(static route => $", {route.Path}"));
            return Answers.ProblemAsync(context, StatusCodes.Status404NotFound, $"there is nothing at {path}", $"there are: /v1/reports, /v1/fleet, /v1/fleet/NODE, /metrics, /healthz, /readyz{more}");
        }

        if (context.Request.Method != method && !(HttpMethods.IsHead(context.Request.Method) && !isReport))
        {
            context.Response.Headers.Allow = isReport ? method : "GET, HEAD";
            return Answers.ProblemAsync(context, StatusCodes.Status405MethodNotAllowed, $"{path} does not take {context.Request.Method}", $"use {method}");
        }

        return isReport || !path.StartsWith("/v1/", StringComparison.Ordinal) || _callers.MayLook(context) ? handle(context) : AskForTokenAsync(context, path);
    }

    private Task FurtherAsync(HttpContext context, string path, Route route)
    {
        var method = HttpMethods.IsHead(context.Request.Method) ? HttpMethods.Get : context.Request.Method;
        if (method != route.Method)
        {
            context.Response.Headers.Allow = route.Method == HttpMethods.Get ? "GET, HEAD" : route.Method;
            return Answers.ProblemAsync(context, StatusCodes.Status405MethodNotAllowed, $"{path} does not take {context.Request.Method}", $"use {route.Method}");
        }

        if (route.Audience != Audience.Operator) return _callers.MayLook(context) ? route.Handle(context) : AskForTokenAsync(context, path);
        return _operators.Admit(context, path, out var refusal)
            ? route.Handle(context)
            : Answers.ProblemAsync(
                context, StatusCodes.Status403Forbidden, refusal, $"on the controller, as root or a member of the group {OperatorRule.Group}: forewarn fleet approve|reject|hold|release");
    }

    private static Task AskForTokenAsync(HttpContext context, string path)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Answers.ProblemAsync(
            context, StatusCodes.Status401Unauthorized, $"{path} asks for an operator's token", "on the controller itself: forewarn fleet; from elsewhere: OperatorTokenFile= in [Fleet]");
    }

    private static partial class Log
    {
        [LoggerMessage(EventId = 506, Level = LogLevel.Error, Message = "A request failed: {Method} {Path}")]
        public static partial void RequestFailed(ILogger logger, string method, string path, Exception failure);
    }
}
