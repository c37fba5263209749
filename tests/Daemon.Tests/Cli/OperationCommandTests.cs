using Forewarn.Daemon.Api;
using Forewarn.Daemon.Tests.Api;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class OperationCommandTests
{
    private static readonly PeerCredentials Root = new(1, 0, [0]);

    [Fact]
    public async Task Release_says_what_the_agent_did()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        var release = await Command.RunAsync(["release", "--source", "nvml", "--socket", served.Socket]);
        Assert.Equal((0, "release done\n", ""), (release.Code, release.Output, release.Error));
        Assert.Equal(["release nvml"], served.Operations);
    }

    [Fact]
    public async Task Resume_as_json()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        var resume = await Command.RunAsync(["resume", "--json", "--socket", served.Socket]);
        Assert.Equal(
            "{\n  \"api\": \"v1\",\n  \"simulated\": false,\n  \"operation\": \"resume\",\n  \"text\": \"resume done\"\n}\n",
            resume.Output);
    }

    [Fact]
    public async Task A_refusal_is_a_failure_with_its_reason()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: new(1, 1000, [1000]));
        var release = await Command.RunAsync(["release", "--socket", served.Socket]);
        Assert.Equal((1, ""), (release.Code, release.Output));
        Assert.Contains("uid 1000 may read here", release.Error, StringComparison.Ordinal);
        Assert.Contains("member of the group forewarn", release.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("18:00.0")]
    public async Task Clear_takes_a_device_as_people_see_it(string name)
    {
        var node = new HandMadeNode().WithDevices(1);
        await using var served = await ServedNode.StartAsync(node, peer: Root);
        var clear = await Command.RunAsync(["clear", name, "row-remap-failed", "--reason", "new card", "--socket", served.Socket]);
        Assert.Equal((0, "clear done\n", ""), (clear.Code, clear.Output, clear.Error));
        Assert.Equal([$"clear {node[0].Device.Id} row-remap-failed  by uid 0 (root): new card"], served.Operations);
    }

    [Fact]
    public async Task Clear_says_why_nothing_was_cleared_and_wants_a_reason()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        served.Refuse = true;
        var clear = await Command.RunAsync(["clear", "node", "r", "--reason", "x", "--key", "7", "--socket", served.Socket]);
        Assert.Equal((1, ""), (clear.Code, clear.Output));
        Assert.Equal(["clear node r 7 by uid 0 (root): x"], served.Operations);
        Assert.Equal(2, (await Command.RunAsync(["clear", "node", "r", "--socket", served.Socket])).Code);
    }

    [Fact]
    public async Task Maintenance_on_for_two_hours_and_off()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        var time = new ManualTimeProvider(HandMadeNode.Now);
        var on = await Command.RunAsync(["maintenance", "on", "--for", "2h", "--reason", "new fans", "--socket", served.Socket], time: time);
        var off = await Command.RunAsync(["maintenance", "off", "--json", "--socket", served.Socket]);
        Assert.Equal((0, "maintenance done\n", 0), (on.Code, on.Output, off.Code));
        Assert.Contains("\"operation\": \"maintenance\"", off.Output, StringComparison.Ordinal);
        Assert.Equal(["maintenance True until 2026-03-04 05:16:07Z by uid 0 (root): new fans", "maintenance False until  by uid 0 (root): "], served.Operations);
        Assert.Equal(2, (await Command.RunAsync(["maintenance", "on", "--for", "long", "--socket", served.Socket])).Code);
    }

    [Theory]
    [InlineData("gpu 3 lost")]
    [InlineData("gpu", "3", "lost")]
    public async Task A_fault_goes_to_the_simulated_node(params string[] fault)
    {
        var lines = new List<string>();
        await using var served = await ServedNode.StartAsync(new HandMadeNode("h100-8"), peer: Root, inject: (line, _) =>
        {
            lines.Add(line);
            return Task.FromResult(new OperationResult(true, "injected"));
        });
        var inject = await Command.RunAsync(["simulate", "inject", .. fault, "--socket", served.Socket]);
        Assert.Equal((0, "injected\n"), (inject.Code, inject.Output));
        Assert.Equal(["gpu 3 lost"], lines);
    }

    [Fact]
    public async Task An_agent_that_is_not_there()
    {
        using var folder = new TemporaryFolder();
        var socket = Path.Combine(folder.Path, "agent.sock");
        var status = await Command.RunAsync(["status", "--socket", socket]);
        Assert.Equal(1, status.Code);
        Assert.StartsWith($"forewarn: cannot reach the agent at {socket}: it is not there", status.Error, StringComparison.Ordinal);
        Assert.Contains("systemctl start forewarn", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_that_was_killed()
    {
        using var folder = new TemporaryFolder();
        var socket = Path.Combine(folder.Path, "agent.sock");
        StaleSocket.Leave(socket);
        var status = await Command.RunAsync(["status", "--socket", socket]);
        Assert.Equal(1, status.Code);
        Assert.Contains("nobody serves it", status.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_configuration_says_where_the_socket_is()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(1));
        using var folder = new TemporaryFolder();
        var configuration = folder.Write("forewarn.conf", $"[Agent]\nSocket={served.Socket}\nNoSuchKey=1\n");
        Assert.Contains("gpu-node-17", (await Command.RunAsync(["status"], configuration)).Output, StringComparison.Ordinal);
    }
}
