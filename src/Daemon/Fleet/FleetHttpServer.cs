using Forewarn.Controller.Reports;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Forewarn.Daemon.Fleet;

/// <summary>The controller's HTTP: the configured addresses, where agents report, and the Unix socket. The controller role makes, starts and stops it.</summary>
internal sealed class FleetHttpServer : IAsyncDisposable
{
    // Own figure: an agent keeps its connection, and a site may have 10,000; the unit's LimitNOFILE has room for them.
    private const int MostConnections = 16_384;

    // Own figure: a sixteenth of them. One machine that went wrong leaves the others theirs; a thousand nodes behind one address of a gateway still come in.
    private const int MostOfOneAddress = 1024;

    private readonly HttpService _service;

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
        var logger = loggers.CreateLogger("forewarn.fleet");
        var door = new FleetDoorkeeper(callers, new OperatorDoor("controller", OperatorRule.OfThisMachine(), PeerCredentials.Of, logger));
        var router = new RequestRouter([.. Routes(reports, look, metrics), .. further], door, logger);
        var bounds = new HttpBounds(options.Listen, options.Socket, MostConnections, ReportBody.MostPacked)
        {
            Https = FleetTls.Of(options),
            OnAddress = new AddressCrowd(MostOfOneAddress).Before,
        };
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

    private static List<Route> Routes(ReportEndpoint reports, FleetLook look, FleetMetrics metrics) =>
    [
        new(ReportProtocol.Path, HttpMethods.Post, Audience.Anyone, reports.HandleAsync),
        new("/metrics", HttpMethods.Get, Audience.Anyone, metrics.HandleAsync),
        new("/healthz", HttpMethods.Get, Audience.Anyone, look.HealthAsync),
        new("/readyz", HttpMethods.Get, Audience.Anyone, look.ReadyAsync),
        new("/v1/fleet", HttpMethods.Get, Audience.ThisMachine, look.FleetAsync),
        new(FleetLook.NodePath + "{node}", HttpMethods.Get, Audience.ThisMachine, look.NodeAsync),
    ];
}
