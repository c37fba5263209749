using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>The controller's HTTP: the configured addresses, where agents report, and the Unix socket. The controller role makes, starts and stops it.</summary>
internal sealed partial class FleetHttpServer : IAsyncDisposable
{
    // Own figure: an agent keeps its connection, and a site may have 10,000; the unit's LimitNOFILE has room for them.
    private const int MostConnections = 16_384;

    private readonly HttpService _service;
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
        var bounds = new HttpBounds(options.Listen, options.Socket, MostConnections, ReportBody.MostPacked) { Https = FleetTls.Of(options) };
        _service = new HttpService(bounds, loggers, HandleAsync);
    }

    /// <inheritdoc cref="HttpService.Addresses"/>
    public IReadOnlyCollection<string> Addresses => _service.Addresses;

    /// <inheritdoc cref="HttpService.StartAsync"/>
    public Task StartAsync(CancellationToken cancellation) => _service.StartAsync(cancellation);

    /// <inheritdoc cref="HttpService.StopAsync"/>
    public Task StopAsync(CancellationToken cancellation) => _service.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _service.DisposeAsync();

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
