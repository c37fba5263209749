using System.CommandLine;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn clear</c>: an operator takes back what a rule says of a device.</summary>
internal static class ClearCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new QueryOptions(surroundings);
        var device = new Argument<string>("DEVICE") { Description = "Its id, index or PCI address; node for the node itself." };
        var rule = new Argument<string>("RULE") { Description = "The rule's name, as forewarn explain shows it." };
        var reason = new Option<string>("--reason") { Description = "Why; it stands in the event, with your name.", HelpName = "TEXT", Required = true };
        reason.Validators.Add(result =>
        {
            if (string.IsNullOrWhiteSpace(result.GetValueOrDefault<string>()) || result.GetValueOrDefault<string>()!.Any(char.IsControl))
                result.AddError("--reason must say in one line why, such as --reason \"the maker's diagnosis passed\"");
        });
        var key = new Option<long?>("--key") { Description = "Which of several findings of that rule: a code, a link; else all.", HelpName = "N" };
        var command = new Command(
            "clear", "Clear a finding whose cause is gone, as after a repair. It comes back when its cause does.") { device, rule, reason, key };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var named = parsed.GetRequiredValue(device);
            var id = named == DeviceId.Node.Value ? named : await DeviceLookup.FindAsync(client, named, cancellation);
            var request = new ClearRequest(id, parsed.GetRequiredValue(rule), parsed.GetRequiredValue(reason), parsed.GetValue(key));
            var body = await client.PostAsync("/v1/clear", JsonSerializer.Serialize(request, RequestJson.Default.ClearRequest), cancellation);
            OperationCommands.Show(surroundings, parsed.GetValue(options.Json), body);
            return ExitCode.Ok;
        });
        return command;
    }
}
