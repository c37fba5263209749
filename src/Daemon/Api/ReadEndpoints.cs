using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Microsoft.AspNetCore.Http;

namespace Forewarn.Daemon.Api;

/// <summary>What can be asked without changing anything.</summary>
internal sealed class ReadEndpoints(NodeView view, Func<string?> stuck, TimeProvider time)
{
    private const string DevicePath = "/v1/devices/";

    public Task HealthAsync(HttpContext context) => stuck() is { } reason
        ? Answers.TextAsync(context, StatusCodes.Status503ServiceUnavailable, reason)
        : Answers.TextAsync(context, StatusCodes.Status200OK, "ok");

    public Task ReadyAsync(HttpContext context)
    {
        var awaited = NodeReports.WaitingFor(view).ToArray();
        return awaited.Length > 0
            ? Answers.TextAsync(
                context, StatusCodes.Status503ServiceUnavailable, $"waiting for the first sweep of {string.Join(", ", awaited)}")
            : Answers.TextAsync(context, StatusCodes.Status200OK, "ok");
    }

    public Task NodeAsync(HttpContext context) =>
        Answers.JsonAsync(context, NodeReports.Node(view, time.GetUtcNow()), ApiJson.Plain.NodeReport);

    public Task DevicesAsync(HttpContext context)
    {
        var metrics = Metrics(context);
        var list = new DeviceList
        {
            Simulated = view.Node.Simulation is not null,
            Node = view.Node.Name,
            Time = time.GetUtcNow(),
            Devices = [.. view.Devices.Select(device => DeviceReports.Device(device, metrics))],
        };
        return Answers.JsonAsync(context, list, ApiJson.Plain.DeviceList);
    }

    public Task DeviceAsync(HttpContext context)
    {
        var id = context.Request.Path.Value![DevicePath.Length..];
        if (view.Find(new DeviceId(id)) is not { } device)
        {
            return Answers.ProblemAsync(
                context,
                StatusCodes.Status404NotFound,
                $"there is no device \"{id}\"",
                "GET /v1/devices lists them; a path takes the field \"id\"");
        }

        var single = new SingleDevice
        {
            Simulated = view.Node.Simulation is not null,
            Node = view.Node.Name,
            Time = time.GetUtcNow(),
            Device = DeviceReports.Device(device, Metrics(context)) with { Past = DeviceReports.Past(view, device.Device) },
        };
        return Answers.JsonAsync(context, single, ApiJson.Plain.SingleDevice);
    }

    public Task EfficiencyAsync(HttpContext context) =>
        Answers.JsonAsync(context, EfficiencyReports.Node(view, time.GetUtcNow()), ApiJson.Plain.EfficiencyReport);

    // ?signals=forewarn_device_power_watts,forewarn_device_ecc_enabled
    private static HashSet<string>? Metrics(HttpContext context) =>
        context.Request.Query["signals"] is [{ Length: > 0 } names] ? [.. names.Split(',')] : null;
}
