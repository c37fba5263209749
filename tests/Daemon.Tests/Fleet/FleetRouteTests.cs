using System.Net;
using System.Net.Sockets;
using System.Text;
using Forewarn.Controller.Guards;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Tests.Exporters.Influx;
using Forewarn.Daemon.Tests.Recovery;
using Microsoft.AspNetCore.Connections;

namespace Forewarn.Daemon.Tests.Fleet;

/// <summary>What the controller does not answer is told alike, wherever it is asked.</summary>
public class FleetRouteTests
{
    // Of the first network three, of the second one, of the third three, of the last one.
    private static readonly string[] Addresses = ["10.0.0.1", "::ffff:10.0.0.1", "10.0.0.1", "10.0.0.2", "fd00:0:0:1::1", "fd00:0:0:1::2", "fd00:0:0:1::3", "fd00:0:0:2::1"];

    [Theory]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "there are: /metrics, /healthz, /readyz, /v1/fleet, /v1/fleet/{node}, /v1/status, /v1/nodes, /v1/nodes/{node}")]
    [InlineData("GET", "/v1/fleet/n1/cards", HttpStatusCode.NotFound, "there is nothing at /v1/fleet/n1/cards")]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed, "use GET")]
    [InlineData("GET", "/v1/reports", HttpStatusCode.MethodNotAllowed, "use POST")]
    [InlineData("HEAD", "/v1/reports", HttpStatusCode.MethodNotAllowed, "")]
    [InlineData("GET", "/v1/hold", HttpStatusCode.MethodNotAllowed, "use POST")]
    [InlineData("HEAD", "/metrics", HttpStatusCode.OK, "")]
    [InlineData("GET", "/v1/incidents", HttpStatusCode.Unauthorized, "/v1/incidents asks for an operator's token")]
    [InlineData("POST", "/v1/hold", HttpStatusCode.Forbidden, "/v1/hold changes the controller's state and is answered on its Unix socket alone")]
    [InlineData("POST", "/v1/reports", HttpStatusCode.Unauthorized, "nothing proves which node this is")]
    public async Task From_elsewhere_without_a_token(string method, string path, HttpStatusCode status, string words)
    {
        await using var served = await ServedFleet.StartAsync();
        using var answer = await served.Client.SendAsync(new(new(method), path));
        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(status == HttpStatusCode.Unauthorized, answer.Headers.WwwAuthenticate.Count > 0);
        Assert.Equal(status == HttpStatusCode.MethodNotAllowed, answer.Content.Headers.Allow.Count > 0);
        if (status != HttpStatusCode.OK) Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Theory]
    [InlineData("Content-Length: 2000000\r\n\r\n", "413")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\nno number\r\n", "400")]
    public async Task A_request_that_is_none_is_told_so_and_is_no_failure_of_the_controller(string rest, string status)
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(fleet.Served.Socket));
        await socket.SendAsync(Encoding.ASCII.GetBytes($"POST /v1/hold HTTP/1.1\r\nHost: a\r\n{rest}"));
        var answer = new byte[4096];
        var text = Encoding.ASCII.GetString(answer, 0, await socket.ReceiveAsync(answer));
        Assert.StartsWith($"HTTP/1.1 {status} ", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_that_goes_in_the_midst_of_its_report_is_no_failure_of_the_controller()
    {
        var log = new LogLines();
        await using (var served = await ServedFleet.StartAsync(log: log))
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { LingerState = new(true, 0) };
            await socket.ConnectAsync(IPAddress.Loopback, served.Client.BaseAddress!.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(
                $"POST /v1/reports HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {ServedFleet.TokenOf("n1")}\r\nExpect: 100-continue\r\nContent-Length: 1000\r\n\r\n"));
            Assert.NotEqual(0, await socket.ReceiveAsync(new byte[512])); // it is being read
        }

        Assert.Empty(log.With("A request failed"));
    }

    [Fact]
    public async Task One_address_fills_its_own_places_and_no_others()
    {
        var crowd = new AddressCrowd(2);
        var over = new TaskCompletionSource();
        var inside = 0;
        var door = crowd.Before(async _ =>
        {
            Interlocked.Increment(ref inside);
            await over.Task;
        });
        var all = Addresses.Select(Come).ToArray();
        Assert.Equal(6, inside);
        over.SetResult();
        await Task.WhenAll(all);
        await Come("10.0.0.1");
        Assert.Equal(7, inside);

        Task Come(string address) => door(new DefaultConnectionContext { RemoteEndPoint = new IPEndPoint(IPAddress.Parse(address), 4711) });
    }
}
