using System.Net.Sockets;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Api;

/// <summary>The real server on a free port and on a real Unix socket, over a hand-made node.</summary>
internal sealed class ServedNode : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly AgentHttpServer _server;

    private ServedNode(
        HandMadeNode node,
        Func<string, CancellationToken, Task<OperationResult>>? inject,
        PeerCredentials? peer,
        RequestDelegate? metrics,
        EventEndpoints? events,
        string? socket)
    {
        Socket = socket ?? Path.Combine(_folder.Path, "agent.sock");
        var operations = new AgentOperations
        {
            Stuck = () => Stuck,
            Release = (source, _) => Operate("release", source),
            Resume = (source, _) => Operate("resume", source),
            Inject = inject,
            Clear = (request, who) => Operate("clear", $"{request.Device} {request.Rule} {request.Key} by {who}: {request.Reason}"),
            Maintain = (request, who) => Operate("maintenance", $"{request.On} until {request.Until:u} by {who}: {request.Reason}"),
        };
        // A group and an own uid that no test process has, so that only what a test says lets a peer in.
        _server = new(
            Options(Socket, new ListenAddress(null, 0)), node.View, operations, metrics, new ManualTimeProvider(HandMadeNode.Now),
            NullLoggerFactory.Instance, new OperatorRule(ownUid: 4242, () => 4343), peer is null ? null : _ => Peer!, events);
        Peer = peer;
    }

    public string Socket { get; }

    public string? Stuck { get; set; }

    /// <summary>Who the next to come is taken for; by the kernel's word when it was null at the start.</summary>
    public PeerCredentials? Peer { get; set; }

    public bool Refuse { get; set; }

    public List<string> Operations { get; } = [];

    public int Port { get; private set; }

    public HttpClient OverTcp { get; private set; } = null!;

    public HttpClient OverSocket { get; private set; } = null!;

    public static async Task<ServedNode> StartAsync(
        HandMadeNode node,
        Func<string, CancellationToken, Task<OperationResult>>? inject = null,
        PeerCredentials? peer = null,
        RequestDelegate? metrics = null,
        EventEndpoints? events = null,
        string? socket = null)
    {
        var served = new ServedNode(node, inject, peer, metrics, events, socket);
        await served._server.StartAsync(CancellationToken.None);
        served.Port = new Uri(served._server.Addresses.First(address => !address.Contains("unix", StringComparison.Ordinal))).Port;
        served.OverTcp = new() { BaseAddress = new($"http://127.0.0.1:{served.Port}") };
        served.OverSocket = Through(served.Socket);
        return served;
    }

    public static AgentOptions Options(string socket, params ListenAddress[] listen) => new()
    {
        NodeName = "gpu-node-17",
        Listen = listen,
        Socket = socket,
        StateDir = "/nonexistent",
        RuntimeDir = "/nonexistent",
        Root = "/",
        LogLevel = LogLevel.Warning,
    };

    public static HttpClient Through(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancellation) =>
        {
            var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellation);
            return new NetworkStream(connection, ownsSocket: true);
        },
    })
    {
        BaseAddress = new("http://agent"),
    };

    public Task StopAsync() => _server.StopAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        OverTcp?.Dispose();
        OverSocket?.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private Task<OperationResult> Operate(string operation, string? source)
    {
        Operations.Add($"{operation} {source ?? "all"}");
        return Task.FromResult(Refuse ? new OperationResult(false, "nvml is held") : new OperationResult(true, $"{operation} done"));
    }
}
