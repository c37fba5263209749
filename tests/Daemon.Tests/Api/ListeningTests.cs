using System.Net;
using System.Net.Sockets;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Configuration;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Api;

public class ListeningTests
{
    private readonly string _self = ProcessName.Of(Environment.ProcessId);

    [Fact]
    public async Task A_busy_port_names_its_holder()
    {
        using var folder = new TemporaryFolder();
        using var listener = new DummyListener();
        await using var server = Server(Path.Combine(folder.Path, "s"), new ListenAddress(IPAddress.Loopback, listener.Port));
        var refused = await Assert.ThrowsAsync<ListenException>(() => server.StartAsync(CancellationToken.None));
        Assert.Equal($"port {listener.Port} is held by {ProcessName.Of(listener.Pid)}", refused.Message);
    }

    [Fact]
    public async Task Two_addresses_that_overlap_are_named_as_our_own()
    {
        using var folder = new TemporaryFolder();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var server = Server(Path.Combine(folder.Path, "s"), new ListenAddress(null, port));
        var refused = await Assert.ThrowsAsync<ListenException>(() => server.StartAsync(CancellationToken.None));
        Assert.Equal($"port {port} is held by this agent itself: two of its addresses overlap", refused.Message);
    }

    [Fact]
    public async Task An_address_of_another_machine_cannot_be_listened_on()
    {
        using var folder = new TemporaryFolder();
        var elsewhere = new ListenAddress(IPAddress.Parse("203.0.113.1"), 9797); // TEST-NET-3, RFC 5737
        await using var server = Server(Path.Combine(folder.Path, "s"), elsewhere);
        var refused = await Assert.ThrowsAsync<ListenException>(() => server.StartAsync(CancellationToken.None));
        Assert.Equal("203.0.113.1:9797: this machine does not have that address", refused.Message);
    }

    [Fact]
    public async Task A_live_socket_names_who_serves_it()
    {
        await using var first = await ServedNode.StartAsync(new HandMadeNode());
        await using var second = Server(first.Socket);
        var refused = await Assert.ThrowsAsync<ListenException>(() => second.StartAsync(CancellationToken.None));
        Assert.StartsWith($"socket {first.Socket} is held by {_self}", refused.Message, StringComparison.Ordinal);
        Assert.Equal("ok\n", await first.OverSocket.GetStringAsync("/healthz"));
    }

    [Fact]
    public async Task A_socket_that_a_killed_agent_left_is_replaced_and_ours_is_removed()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "s");
        StaleSocket.Leave(path);
        await using var server = Server(path);
        await server.StartAsync(CancellationToken.None);
        using (var client = ServedNode.Through(path)) Assert.Equal("ok\n", await client.GetStringAsync("/healthz"));

        await server.StopAsync(CancellationToken.None);
        Assert.False(Path.Exists(path));
    }

    [Fact]
    public async Task A_file_in_the_socket_s_place_is_left_alone()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("precious", "data");
        await using var server = Server(path);
        var refused = await Assert.ThrowsAsync<ListenException>(() => server.StartAsync(CancellationToken.None));
        Assert.Contains("is not a socket", refused.Message, StringComparison.Ordinal);
        Assert.Equal("data", await File.ReadAllTextAsync(path));
    }

    [Fact]
    public async Task A_missing_directory_is_named()
    {
        await using var server = Server("/nonexistent/forewarn/s");
        var refused = await Assert.ThrowsAsync<ListenException>(() => server.StartAsync(CancellationToken.None));
        Assert.Contains("the directory /nonexistent/forewarn is not there", refused.Message, StringComparison.Ordinal);
    }

    private static AgentHttpServer Server(string socket, params ListenAddress[] listen) => new(
        ServedNode.Options(socket, listen),
        new HandMadeNode().View,
        new() { Stuck = () => null, Release = NeverAsync, Resume = NeverAsync, Clear = NeverAsync, Maintain = NeverAsync },
        metrics: null,
        TimeProvider.System,
        NullLoggerFactory.Instance);

    private static Task<OperationResult> NeverAsync(object request, string who) => throw new InvalidOperationException("must not be reached");

    private static Task<OperationResult> NeverAsync(string? source, CancellationToken cancellation) =>
        throw new InvalidOperationException("must not be reached");
}
