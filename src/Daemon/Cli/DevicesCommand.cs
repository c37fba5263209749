using System.CommandLine;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn devices</c>: all of them in a wide table, or one with all that is known.</summary>
internal static class DevicesCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var which = new Argument<string?>("DEVICE")
        {
            Description = "One device with every signal: its id, index, PCI address or serial.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("devices", "List the devices, or show all that is known of one.") { which };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var asJson = parsed.GetValue(options.Json);
            var terminal = surroundings.Terminal;
            if (parsed.GetValue(which) is { } name)
            {
                var id = await DeviceLookup.FindAsync(client, name, cancellation);
                var one = await client.GetAsync("/v1/devices/" + Uri.EscapeDataString(id), cancellation);
                var answer = AgentClient.Read(one, ApiJson.Default.SingleDevice);
                if (asJson) JsonText.Write(terminal.Output, one);
                else terminal.Write(DeviceDetail.Render(answer, terminal.Width, surroundings.Zone));
                return ExitCode.Ok;
            }

            var all = await client.GetAsync(asJson ? "/v1/devices" : DeviceTable.Query, cancellation);
            if (asJson) JsonText.Write(terminal.Output, all);
            else Show(terminal, AgentClient.Read(all, ApiJson.Default.DeviceList));
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(Terminal terminal, DeviceList list)
    {
        if (list.Simulated) terminal.Write(new Line("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning));
        if (list.Devices.Count == 0)
        {
            terminal.Write(new Line("no device has been found; forewarn status says why"));
            return;
        }

        var lines = DeviceTable.Wide(list.Devices, list.Time);
        terminal.Write([new(lines[0]), .. lines.Skip(1).Zip(list.Devices, (text, device) => new Line(text, DeviceTrouble.Tone(device)))]);
    }
}
