using System.Net.Sockets;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Api;

/// <summary>The agent's HTTP: the configured addresses and the Unix socket. The agent role makes, starts and stops it.</summary>
internal sealed class AgentHttpServer : IAsyncDisposable
{
    // Own figure: scrapers, a person or two, and room.
    internal const int MostConnections = 64;

    // A request is a line, a few headers and at most one line of a scenario.
    private const int MostBodyBytes = 4096;

    private readonly HttpService _service;

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
        var (rule, known) = (operators ?? OperatorRule.OfThisMachine(), credentials ?? PeerCredentials.Of);
        var logger = loggers.CreateLogger<RequestRouter>();
        var router = new RequestRouter(
            Routes(new ReadEndpoints(view, operations.Stuck, time), new OperationEndpoints(view, operations), events, metrics),
            new AgentDoorkeeper(new OperatorDoor("agent", rule, known, logger), options.Socket), logger);
        var bounds = new HttpBounds(options.Listen, options.Socket, MostConnections, MostBodyBytes) { OnSocket = new SocketCrowd(rule, known).Before };
        _service = new HttpService(bounds, loggers, router.HandleAsync);
    }

    /// <inheritdoc cref="HttpService.Addresses"/>
    public IReadOnlyCollection<string> Addresses => _service.Addresses;

    /// <inheritdoc cref="HttpService.StartAsync"/>
    public Task StartAsync(CancellationToken cancellation) => _service.StartAsync(cancellation);

    /// <inheritdoc cref="HttpService.StopAsync"/>
    public Task StopAsync(CancellationToken cancellation) => _service.StopAsync(cancellation);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _service.DisposeAsync();

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
