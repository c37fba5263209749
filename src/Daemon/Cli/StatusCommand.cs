using System.CommandLine;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn status</c>: the node on one screen.</summary>
internal static class StatusCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var command = new Command(
            "status", "Show the node on one screen, worst first. Exits 0 whenever it could be shown, whatever it shows.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var node = await client.GetAsync("/v1/node", cancellation);
            if (parsed.GetValue(options.Json))
            {
                var all = await client.GetAsync("/v1/devices", cancellation);
                JsonText.WriteStatus(surroundings.Terminal.Output, node, all);
                return ExitCode.Ok;
            }

            var devices = await client.GetAsync(DeviceTable.Query, cancellation);
            var screen = new StatusScreen(
                AgentClient.Read(node, ApiJson.Default.NodeReport),
                AgentClient.Read(devices, ApiJson.Default.DeviceList).Devices,
                surroundings.Zone);
            surroundings.Terminal.Write(screen.Render(surroundings.Terminal.Width, surroundings.Terminal.Height));
            return ExitCode.Ok;
        });
        return command;
    }
}
