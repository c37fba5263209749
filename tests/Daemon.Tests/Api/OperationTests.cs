using System.Net;
using System.Text;
using System.Text.Json;
using Forewarn.Daemon.Api;

namespace Forewarn.Daemon.Tests.Api;

public class OperationTests
{
    private static readonly PeerCredentials Root = new(77, 0, [0]);

    [Fact]
    public async Task Release_and_resume_reach_the_agent_and_say_what_was_done()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var released = await served.OverSocket.PostAsync("/v1/release?source=nvml", null);
        using var resumed = await served.OverSocket.PostAsync("/v1/resume", null);
        Assert.Equal(
            """{"api":"v1","simulated":false,"operation":"release","source":"nvml","text":"release done"}""",
            await released.Content.ReadAsStringAsync());
        Assert.Equal(
            """{"api":"v1","simulated":false,"operation":"resume","text":"resume done"}""",
            await resumed.Content.ReadAsStringAsync());
        Assert.Equal(["release nvml", "resume all"], served.Operations);
    }

    [Fact]
    public async Task An_unknown_source_is_answered_with_the_known_ones()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var answer = await served.OverSocket.PostAsync("/v1/release?source=nvlm", null);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("there are: nvml", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(served.Operations);
    }

    [Fact]
    public async Task What_the_agent_refuses_is_a_conflict()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        served.Refuse = true;
        using var answer = await served.OverSocket.PostAsync("/v1/resume", null);
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal("nvml is held", problem.RootElement.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task A_line_reaches_the_simulated_node()
    {
        var lines = new List<string>();
        await using var served = await ServedNode.StartAsync(
            new HandMadeNode("h100-8"), peer: Root, inject: (line, _) =>
            {
                lines.Add(line);
                return Task.FromResult(new OperationResult(true, "from now: " + line));
            });
        using var answer = await served.OverSocket.PostAsync("/v1/simulation/inject", new StringContent("gpu 3 lost\n"));
        Assert.Equal(
            """{"api":"v1","simulated":true,"operation":"inject","text":"from now: gpu 3 lost"}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal(["gpu 3 lost"], lines);
    }

    [Theory]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("gpu 3 lost\ngpu 4 lost", HttpStatusCode.BadRequest)]
    public async Task Only_one_line_is_taken(string body, HttpStatusCode status)
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode("h100-8"), peer: Root, inject: NeverAsync);
        using var answer = await served.OverSocket.PostAsync("/v1/simulation/inject", new StringContent(body));
        Assert.Equal(status, answer.StatusCode);
    }

    [Fact]
    public async Task A_body_beyond_reason_is_refused()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode("h100-8"), peer: Root, inject: NeverAsync);
        using var answer = await served.OverSocket.PostAsync("/v1/simulation/inject", new ByteArrayContent(new byte[5000]));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task Nothing_is_injected_into_a_real_node()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var answer = await served.OverSocket.PostAsync("/v1/simulation/inject", new StringContent("gpu 3 lost", Encoding.UTF8));
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("this node is real", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_operator_clears_says_who_it_was_by_the_kernel_s_word()
    {
        var node = new HandMadeNode().WithDevices(1);
        await using var served = await ServedNode.StartAsync(node, peer: Root);
        using var answer = await served.OverSocket.PostAsync("/v1/clear",
            new StringContent($$"""{"device":"{{node[0].Device.Id}}","rule":"row-remap-failed","key":3,"reason":"new card"}"""));
        Assert.Equal("""{"api":"v1","simulated":false,"operation":"clear","text":"clear done"}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal([$"clear {node[0].Device.Id} row-remap-failed 3 by uid 0 (root): new card"], served.Operations);
    }

    [Fact]
    public async Task The_node_s_own_findings_are_cleared_under_its_name()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var answer = await served.OverSocket.PostAsync("/v1/clear", new StringContent("""{"device":"node","rule":"r","reason":"x"}"""));
        Assert.Equal(["clear node r  by uid 0 (root): x"], served.Operations);
    }

    [Fact]
    public async Task Maintenance_reaches_the_agent()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var on = await served.OverSocket.PostAsync("/v1/maintenance", new StringContent("""{"on":true,"reason":"new fans","until":"2026-03-04T12:00:00Z"}"""));
        using var off = await served.OverSocket.PostAsync("/v1/maintenance", new StringContent("""{"on":false}"""));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (on.StatusCode, off.StatusCode));
        Assert.Equal(["maintenance True until 2026-03-04 12:00:00Z by uid 0 (root): new fans", "maintenance False until  by uid 0 (root): "], served.Operations);
    }

    [Theory]
    [InlineData("clear", "", HttpStatusCode.BadRequest)]
    [InlineData("clear", "gpu 3", HttpStatusCode.BadRequest)]
    [InlineData("clear", """{"device":"node","rule":"r"}""", HttpStatusCode.BadRequest)]
    [InlineData("clear", """{"device":"node","rule":"r","reason":""}""", HttpStatusCode.BadRequest)]
    [InlineData("clear", """{"device":"node","rule":"r","reason":"two\nlines"}""", HttpStatusCode.BadRequest)]
    [InlineData("clear", """{"device":null,"rule":"r","reason":"x"}""", HttpStatusCode.BadRequest)]
    [InlineData("clear", """{"device":"GPU-9","rule":"r","reason":"x"}""", HttpStatusCode.NotFound)]
    [InlineData("maintenance", "on", HttpStatusCode.BadRequest)]
    [InlineData("maintenance", "{}", HttpStatusCode.BadRequest)]
    [InlineData("maintenance", """{"on":true,"until":"tomorrow"}""", HttpStatusCode.BadRequest)]
    public async Task A_request_that_lacks_something_is_refused_with_an_example(string path, string body, HttpStatusCode status)
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: Root);
        using var answer = await served.OverSocket.PostAsync("/v1/" + path, new StringContent(body));
        Assert.Equal(status, answer.StatusCode);
        Assert.Empty(served.Operations);
    }

    [Theory]
    [InlineData("/v1/clear")]
    [InlineData("/v1/maintenance")]
    public async Task Who_may_only_read_changes_nothing(string path)
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), peer: new(1, 1000, [1000]));
        using var answer = await served.OverSocket.PostAsync(path, new StringContent("""{"on":true}"""));
        using var overTcp = await served.OverTcp.PostAsync(path, new StringContent("""{"on":true}"""));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (answer.StatusCode, overTcp.StatusCode));
        Assert.Empty(served.Operations);
    }

    private static Task<OperationResult> NeverAsync(string line, CancellationToken cancellation) =>
        throw new InvalidOperationException("must not be reached");
}
