using System.Diagnostics;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;
using Forewarn.Daemon.Api;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Tests.Api;

public class AccessTests
{
    private static readonly PeerCredentials Stranger = new(77, Uid: 1000, [1000, 27]);

    [Fact]
    public async Task State_is_not_changed_over_tcp_not_even_from_loopback()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        using var answer = await served.OverTcp.PostAsync("/v1/release", null);
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains("Unix socket alone", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(served.Operations);
    }

    [Fact]
    public async Task Another_machine_is_told_why_it_may_not_read_v1()
    {
        // The kernel delivers a connection to one's own address over loopback, but with that address as the peer: as from outside.
        var own = NetworkInterface.GetAllNetworkInterfaces()
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
        if (own is null)
        {
            return; // A machine without a network has no other machine either.
        }

        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        using var outside = new HttpClient { BaseAddress = new($"http://{own}:{served.Port}") };
        Assert.Equal("ok\n", await outside.GetStringAsync("/healthz"));
        using var answer = await outside.GetAsync("/v1/node");
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Contains($"{own} is another", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("127.0.1.1", true)]
    [InlineData("::1", true)]
    [InlineData("::ffff:127.0.0.1", true)] // as IPv4 comes to a listener for both
    [InlineData("::ffff:10.1.2.3", false)]
    [InlineData("10.1.2.3", false)]
    [InlineData("fe80::1", false)]
    public void Which_addresses_are_this_machine(string address, bool here)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        Assert.Equal(here, Peer.IsLoopback(context));
    }

    [Theory]
    [InlineData(0u, 0u, true)] // root
    [InlineData(4242u, 1000u, true)] // the agent's own user
    [InlineData(1000u, 4343u, true)] // a member of the group
    [InlineData(1000u, 1000u, false)]
    public async Task Who_may_change_the_state(uint uid, uint group, bool may)
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: new(77, uid, [100, group]));
        using var answer = await served.OverSocket.PostAsync("/v1/release?source=nvml", null);
        Assert.Equal(may ? HttpStatusCode.OK : HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal(may ? ["release nvml"] : [], served.Operations);
    }

    [Fact]
    public async Task Reading_the_socket_is_open_to_all()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Stranger);
        Assert.Contains("gpu-node-17", await served.OverSocket.GetStringAsync("/v1/node"), StringComparison.Ordinal);
        Assert.Equal((UnixFileMode)0b110_110_110, File.GetUnixFileMode(served.Socket));
    }

    [Fact]
    public async Task The_kernel_s_word_about_a_real_peer_counts()
    {
        if (SystemAccounts.OwnUid() != 0)
        {
            return; // Only root can be somebody else.
        }

        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        File.SetUnixFileMode(Path.GetDirectoryName(served.Socket)!, (UnixFileMode)0b111_101_101);
        var url = "http://agent/v1/resume";
        Assert.Contains("uid 65534 may read here", await CurlAsync(65534, 65534, served.Socket, url), StringComparison.Ordinal);
        Assert.Empty(served.Operations);
        Assert.Contains("resume done", await CurlAsync(65534, 4343, served.Socket, url), StringComparison.Ordinal);
        Assert.Contains("resume done", await CurlAsync(0, 0, served.Socket, url), StringComparison.Ordinal);
        Assert.Equal(["resume all", "resume all"], served.Operations);
    }

    [Fact]
    public async Task A_crowd_on_the_network_does_not_lock_the_socket()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        var crowd = new List<TcpClient>();
        try
        {
            for (var i = 0; i < AgentHttpServer.MostConnections; i++)
            {
                crowd.Add(new TcpClient("127.0.0.1", served.Port));
                await crowd[i].GetStream().WriteAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
                Assert.NotEqual(0, await crowd[i].GetStream().ReadAsync(new byte[512]));
            }

            await Assert.ThrowsAsync<HttpRequestException>(() => served.OverTcp.GetStringAsync("/healthz"));
            Assert.Equal("ok\n", await served.OverSocket.GetStringAsync("/healthz"));
        }
        finally
        {
            crowd.ForEach(one => one.Dispose());
        }
    }

    [Fact]
    public async Task A_crowd_of_one_user_locks_neither_the_operator_nor_others_out_of_the_socket()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Stranger);
        var crowd = new List<Socket>();
        try
        {
            for (var i = 0; i < SocketCrowd.MostOfOne; i++) Assert.True(await ComeInAsync());
            Assert.False(await ComeInAsync());
            served.Peer = Stranger with { Uid = 1001 };
            Assert.True(await ComeInAsync());
            served.Peer = Stranger with { Uid = 0 };
            for (var i = 0; i <= SocketCrowd.MostOfOne; i++) Assert.True(await ComeInAsync());
            // Who leaves makes room for himself.
            served.Peer = Stranger;
            crowd[0].Dispose();
            await TestKit.Eventually.TrueAsync(ComeInAsync, TimeSpan.FromSeconds(10), "there is room again");
        }
        finally
        {
            crowd.ForEach(one => one.Dispose());
        }

        async Task<bool> ComeInAsync()
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            crowd.Add(socket);
            try
            {
                await socket.ConnectAsync(new UnixDomainSocketEndPoint(served.Socket));
                await socket.SendAsync(Encoding.ASCII.GetBytes("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"));
                return await socket.ReceiveAsync(new byte[512]) > 0;
            }
            catch (SocketException)
            {
                return false;
            }
        }
    }

    [Fact]
    public void A_group_is_looked_up_in_the_file_of_groups()
    {
        using var folder = new TestKit.TemporaryFolder();
        var file = folder.Write("group", "root:x:0:\nforewarn-x:x:7:\nforewarn:x:991:alice,bob\n");
        Assert.Equal(991u, SystemAccounts.GroupId("forewarn", file));
        Assert.Null(SystemAccounts.GroupId("fore", file));
        Assert.Null(SystemAccounts.GroupId("forewarn", file + ".absent"));
    }

    // A program of another user and group: setpriv is util-linux, curl is what an operator has at hand.
    private static async Task<string> CurlAsync(int uid, int group, string socket, string url)
    {
        using var process = Process.Start(new ProcessStartInfo("setpriv")
        {
            ArgumentList =
            {
                $"--reuid={uid}", $"--regid={uid}", $"--groups={group}", "--",
                "curl", "--silent", "--show-error", "--max-time", "10", "--request", "POST", "--unix-socket", socket, url,
            },
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = await process.StandardOutput.ReadToEndAsync();
        return output + await process.StandardError.ReadToEndAsync();
    }
}
