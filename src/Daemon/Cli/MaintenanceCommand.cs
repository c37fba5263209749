using System.CommandLine;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Configuration;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn maintenance on|off</c>: somebody works at the node, so that what is found calls nobody.</summary>
internal static class MaintenanceCommand
{
    public static Command Create(CommandSurroundings surroundings)
        => new("maintenance", "Take the node into maintenance or out of it: what is found is kept, and nobody is called.") { On(surroundings), Off(surroundings) };

    private static Command On(CommandSurroundings surroundings)
    {
        var length = new Option<TimeSpan?>("--for")
        {
            Description = "How long, such as 30m, 2h or 1d; else until it is switched off.",
            HelpName = "DURATION",
            CustomParser = parsed =>
            {
                if (DurationText.TryParse(parsed.Tokens[0].Value, out var value) && value > TimeSpan.Zero) return value;
                parsed.AddError($"--for must be a duration such as 30m, 2h or 1d, not \"{parsed.Tokens[0].Value}\"");
                return null;
            },
        };
        return Command(surroundings, "on", "Somebody works at the node from now on.", length,
            (parsed, reason) => new MaintenanceRequest(true, reason, parsed.GetValue(length) is { } time ? surroundings.Time.GetUtcNow() + time : null));
    }

    private static Command Off(CommandSurroundings surroundings)
        => Command(surroundings, "off", "The node is in service again.", null, (_, reason) => new MaintenanceRequest(false, reason));

    private static Command Command(
        CommandSurroundings surroundings, string name, string description, Option? further, Func<ParseResult, string?, MaintenanceRequest> request)
    {
        var options = new QueryOptions(surroundings);
        var reason = new Option<string?>("--reason") { Description = "Why; it stands in the event, with your name.", HelpName = "TEXT" };
        var command = new Command(name, description) { reason };
        if (further is not null) command.Add(further);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var asked = JsonSerializer.Serialize(request(parsed, parsed.GetValue(reason)), RequestJson.Default.MaintenanceRequest);
            OperationCommands.Show(surroundings, parsed.GetValue(options.Json), await client.PostAsync("/v1/maintenance", asked, cancellation));
            return ExitCode.Ok;
        });
        return command;
    }
}
