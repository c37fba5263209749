using System.CommandLine;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn explain</c>: what is the matter with a device, or the node, how we know, and what to do.</summary>
internal static class ExplainCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var which = new Argument<string>("DEVICE") { Description = "Its id, index, PCI address or serial; node for the node itself." };
        var command = new Command("explain", "Explain what is judged of a device: findings with their evidence, what to do, what would clear them.") { which };
        options.AddTo(command);
        options.AddConfigTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var report = await AskAsync(client, parsed.GetRequiredValue(which), options.Rack(parsed), cancellation);
            var terminal = surroundings.Terminal;
            if (parsed.GetValue(options.Json)) JsonText.Write(terminal.Output, report, CliJson.Plain.ExplainReport);
            else terminal.Write(new ExplainScreen(report, terminal.Width, surroundings.Zone).Render());
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<ExplainReport> AskAsync(AgentClient client, string name, string? rack, CancellationToken cancellation)
    {
        if (name == DeviceId.Node.Value) return Explanation.Of(AgentClient.Read(await client.GetAsync("/v1/node", cancellation), ApiJson.Default.NodeReport), rack);
        var id = await DeviceLookup.FindAsync(client, name, cancellation);
        var body = await client.GetAsync($"/v1/devices/{Uri.EscapeDataString(id)}?signals=none", cancellation);
        return Explanation.Of(AgentClient.Read(body, ApiJson.Default.SingleDevice), rack);
    }
}
