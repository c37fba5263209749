using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn fleet incidents</c>, <c>approve</c>, <c>reject</c>, <c>hold</c>, <c>release</c>, <c>return</c> and <c>topology</c>: what the controller does with work, and orders to it.</summary>
internal static class FleetIncidentCommands
{
    public static IEnumerable<Command> All(CommandSurroundings surroundings) =>
    [
        Incidents(surroundings),
        Answer(surroundings, "approve", "Let the controller do what it decided for an incident and waits for."),
        Answer(surroundings, "reject", "Keep the controller from doing it."),
        Keep(surroundings, "hold", "Keep the controller off a node, whatever happens there.", isReasonRequired: true),
        Keep(surroundings, "release", "Let the controller act on a node again that somebody holds.", isReasonRequired: false),
        Return(surroundings),
        Topology(surroundings),
    ];

    private static Command Incidents(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var id = new Argument<long?>("ID") { Description = "One incident, by its number; all when absent.", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("incidents", "Show the troubles that ask for something, what was decided, and what was done.") { id };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var (terminal, number) = (surroundings.Terminal, parsed.GetValue(id));
            var body = await client.GetAsync(number is { } one ? string.Create(CultureInfo.InvariantCulture, $"/v1/incidents/{one}") : "/v1/incidents", cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(terminal.Output, body);
            else if (number is null) terminal.Write(IncidentListScreen.Render(AgentClient.Read(body, RecoveryApiJson.Default.IncidentList), terminal.Width));
            else terminal.Write(IncidentScreen.Render(AgentClient.Read(body, RecoveryApiJson.Default.IncidentAnswer), terminal.Width, surroundings.Zone));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Answer(CommandSurroundings surroundings, string name, string description)
    {
        var id = new Argument<long>("ID") { Description = "The incident, as forewarn fleet incidents shows it." };
        var job = new Option<string?>("--job") { Description = "For this job alone; else for all that are in question.", HelpName = "ID" };
        var reason = Reason();
        var command = new Command(name, description) { id, job, reason };
        return Posting(surroundings, command, parsed => new AnswerRequest(parsed.GetValue(id), parsed.GetValue(job), parsed.GetValue(reason)), OrderJson.Default.AnswerRequest);
    }

    private static Command Keep(CommandSurroundings surroundings, string name, string description, bool isReasonRequired)
    {
        var node = new Argument<string>("NODE") { Description = "The node's name, as forewarn fleet shows it." };
        var reason = Reason();
        reason.Required = isReasonRequired;
        var command = new Command(name, description) { node, reason };
        return Posting(surroundings, command, parsed => new KeepRequest(parsed.GetValue(node)!, parsed.GetValue(reason)), OrderJson.Default.KeepRequest);
    }

    private static Command Return(CommandSurroundings surroundings)
    {
        var node = new Argument<string>("NODE") { Description = "The node's name, as forewarn fleet shows it." };
        var reason = Reason();
        var force = new Option<bool>("--force") { Description = "Also where findings stand, or a repair is at work; never what others drained." };
        var command = new Command("return", "Give a node back to its scheduler that the controller drained.") { node, reason, force };
        return Posting(
            surroundings, command, parsed => new ReturnRequest(parsed.GetValue(node)!, parsed.GetValue(reason), parsed.GetValue(force)), OrderJson.Default.ReturnRequest);
    }

    private static Command Topology(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var command = new Command("topology", "Show how the controller takes the nodes to be wired, and where its sources disagree.");
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var body = await client.GetAsync("/v1/topology", cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, body);
            else surroundings.Terminal.Write(TopologyScreen.Render(AgentClient.Read(body, RecoveryApiJson.Default.TopologyAnswer), surroundings.Terminal.Width));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Posting<T>(CommandSurroundings surroundings, Command command, Func<ParseResult, T> request, JsonTypeInfo<T> type)
    {
        var options = new FleetQueryOptions(surroundings);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            OperationCommands.Show(
                surroundings, parsed.GetValue(options.Json), await client.PostAsync($"/v1/{command.Name}", JsonSerializer.Serialize(request(parsed), type), cancellation));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string?> Reason() => new("--reason") { Description = "Why; it stands in the journal, with your name.", HelpName = "TEXT" };
}
