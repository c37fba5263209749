using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Tests.Api;

public class ReadingTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    [Fact]
    public async Task Health_says_ok_or_why_not()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(1));
        Assert.Equal("ok\n", await served.OverTcp.GetStringAsync("/healthz"));

        served.Stuck = "no sweep for 31 s";
        using var answer = await served.OverTcp.GetAsync("/healthz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("no sweep for 31 s\n", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Readiness_names_the_source_that_is_awaited()
    {
        var node = new HandMadeNode();
        await using var served = await ServedNode.StartAsync(node);
        using var answer = await served.OverTcp.GetAsync("/readyz");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal("waiting for the first sweep of nvml\n", await answer.Content.ReadAsStringAsync());

        node.Running(0, 0);
        Assert.Equal("ok\n", await served.OverSocket.GetStringAsync("/readyz"));
    }

    [Fact]
    public async Task Metrics_are_the_exporter_s_on_every_listener()
    {
        await using var served = await ServedNode.StartAsync(
            new HandMadeNode(), metrics: context => context.Response.WriteAsync("up 1\n"));
        Assert.Equal("up 1\n", await served.OverTcp.GetStringAsync("/metrics"));
        Assert.Equal("up 1\n", await served.OverSocket.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task A_switched_off_exporter_says_so()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        using var answer = await served.OverTcp.GetAsync("/metrics");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Enabled=yes in [Prometheus]", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_in_trouble()
    {
        var node = new HandMadeNode().WithDevices(2).Running(expected: 3, found: 1)
            .Become(1, DevicePresence.Lost, NoDataReason.DeviceLost, "fell off the bus");
        node.Source.CountStall();
        node.Source.CallGroup("thermal").Add(1_500_000);
        node.Judged(0, HealthState.Degraded).View.Assessment = Judgement.Of(node[0].Device with { Id = DeviceId.Node }, HealthState.Healthy);
        node.View.Maintenance = new("uid 0 (root)", "new fans", HandMadeNode.Now - TimeSpan.FromMinutes(20), HandMadeNode.Now + TimeSpan.FromHours(1));
        node.View.Processes = [new("agent", 100, 1.25, 0, 4096, 2)];
        node.View.Add(new Forewarn.Daemon.Pipeline.QueueMeter("samples", 256, () => 3));
        await using var served = await ServedNode.StartAsync(node);
        Golden.Matches("Api/golden/node.json", Pretty(await served.OverTcp.GetStringAsync("/v1/node")));
    }

    [Fact]
    public async Task One_device_with_values_and_absences()
    {
        var node = new HandMadeNode("h100-8").WithDevices(1).Read(0, Reading.Of(SignalId.ClockSm, double.NaN));
        node[0].CountDriverError(63);
        node.Judged(0, HealthState.Failing);
        await using var served = await ServedNode.StartAsync(node);
        Golden.Matches("Api/golden/device.json", Pretty(await served.OverSocket.GetStringAsync("/v1/devices/" + node[0].Device.Id)));
    }

    [Fact]
    public async Task The_list_gives_the_signals_that_were_asked_for()
    {
        var node = new HandMadeNode().WithDevices(2, (1, 12))
            .Become(1, DevicePresence.Stalled, NoDataReason.Stalled, "nvmlDeviceGetTemperature hangs", secondsAgo: 12);
        await using var served = await ServedNode.StartAsync(node);
        var list = await served.OverTcp.GetStringAsync("/v1/devices?signals=forewarn_device_power_watts");
        Golden.Matches("Api/golden/devices.json", Pretty(list));
    }

    [Fact]
    public async Task How_the_devices_time_was_used()
    {
        var pod = new Workload { Manager = WorkloadOrigin.Kubernetes, Id = "1f0c", Namespace = "ml", Pod = "train-0", Container = "c1", User = 0 };
        var node = new HandMadeNode().WithDevices(3)
            .Worked(0, 600, 0.5, 60000, 400, 7200, new DeviceWorkload(pod, 1, -1))
            .Worked(0, 600, 0, 60000, 120, 0, Efficiency.MeasuredCard.Job("4711"))
            .Worked(1, 600, 0, 3, 70);
        await using var served = await ServedNode.StartAsync(node);
        Golden.Matches("Api/golden/efficiency.json", Pretty(await served.OverTcp.GetStringAsync("/v1/efficiency")));
    }

    [Fact]
    public async Task A_device_is_found_by_its_identity_alone()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(1));
        using var answer = await served.OverTcp.GetAsync("/v1/devices/0");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("GET /v1/devices lists them", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GET", "/v2/node", HttpStatusCode.NotFound, "/v1/node")]
    [InlineData("GET", "/", HttpStatusCode.NotFound, "/metrics")]
    [InlineData("GET", "/v1/devices/a/b", HttpStatusCode.NotFound, "/v1/devices")]
    [InlineData("POST", "/metrics", HttpStatusCode.MethodNotAllowed, "use GET")]
    [InlineData("GET", "/v1/release", HttpStatusCode.MethodNotAllowed, "use POST")]
    public async Task A_wrong_request_is_answered_with_a_hint(string method, string path, HttpStatusCode status, string hint)
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        using var answer = await served.OverTcp.SendAsync(new(new(method), path));
        Assert.Equal(status, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Contains(hint, problem.RootElement.GetProperty("hint").GetString(), StringComparison.Ordinal);
        Assert.Equal((int)status, problem.RootElement.GetProperty("status").GetInt32());
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Fact]
    public async Task Head_is_answered_without_a_body()
    {
        await using var served = await ServedNode.StartAsync(new HandMadeNode());
        using var answer = await served.OverTcp.SendAsync(new(HttpMethod.Head, "/healthz"));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsStringAsync());
    }

    private static string Pretty(string json)
    {
        using var document = JsonDocument.Parse(json);
        return JsonSerializer.Serialize(document, Indented) + "\n";
    }
}
