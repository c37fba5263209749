using System.CommandLine;
using System.Text.Json.Serialization.Metadata;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Jobs;
using Forewarn.Daemon.Api;
using Forewarn.Daemon.Recovery.Views;
using Forewarn.Model;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn fleet status</c>, <c>nodes</c>, <c>node</c>, <c>jobs</c>, <c>job</c> and <c>plan</c>: what the controller on this machine knows, and changes nothing.</summary>
internal static class FleetLookCommands
{
    public static IEnumerable<Command> All(CommandSurroundings surroundings) =>
    [
        Status(surroundings), Nodes(surroundings), Node(surroundings), Jobs(surroundings), Job(surroundings), Plan(surroundings), FleetEventsCommand.Create(surroundings),
    ];

    private static Command Status(CommandSurroundings surroundings)
    {
        var command = new Command("status", "Show fleet and controller on one screen: states, partitions and how much of them is out, incidents, moves.");
        return Showing(surroundings, command, static _ => "/v1/status", RecoveryApiJson.Default.StatusAnswer,
            answer => FleetStatusScreen.Render(answer, surroundings.Terminal.Width, surroundings.Zone));
    }

    private static Command Nodes(CommandSurroundings surroundings)
    {
        var (state, partition) = (State<HealthState>(), Partition());
        var command = new Command("nodes", "List the nodes, worst first, with what the scheduler says of them and what we did.") { state, partition };
        return Showing(surroundings, command, parsed => "/v1/nodes" + Query<HealthState>(parsed, state, partition), RecoveryApiJson.Default.NodeList,
            answer => NodeListScreen.Render(answer, surroundings.Terminal.Width));
    }

    private static Command Node(CommandSurroundings surroundings)
    {
        var name = new Argument<string>("NAME") { Description = "The node's name, as forewarn fleet nodes shows it." };
        var command = new Command("node", "Show one node: its devices, what the scheduler says, what we did, what happened there last.") { name };
        return Showing(surroundings, command, parsed => "/v1/nodes/" + Uri.EscapeDataString(parsed.GetValue(name)!), RecoveryApiJson.Default.NodeAnswer,
            answer => FleetNodeScreen.Render(answer, surroundings.Terminal.Width, surroundings.Zone));
    }

    private static Command Jobs(CommandSurroundings surroundings)
    {
        var (state, partition) = (State<JobPhase>(), Partition());
        var command = new Command("jobs", "List the scheduler's jobs, with what we do for them.") { state, partition };
        return Showing(surroundings, command, parsed => "/v1/jobs" + Query<JobPhase>(parsed, state, partition), RecoveryApiJson.Default.JobList,
            answer => JobListScreen.Render(answer, surroundings.Terminal.Width));
    }

    private static Command Job(CommandSurroundings surroundings)
    {
        var id = new Argument<string>("ID") { Description = "The job's number." };
        var command = new Command("job", "Show one job: nodes and cards, what its owner declared, its newest checkpoint, what was decided and done.") { id };
        return Showing(surroundings, command, parsed => "/v1/jobs/" + Uri.EscapeDataString(parsed.GetValue(id)!), RecoveryApiJson.Default.JobAnswer,
            answer => JobScreen.Render(answer, surroundings.Terminal.Width, surroundings.Zone));
    }

    private static Command Plan(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var id = new Argument<string?>("ID") { Description = "One plan, by incident and job, such as 3-41; all when absent.", Arity = ArgumentArity.ZeroOrOne };
        var state = State<PlanState>();
        var command = new Command("plan", "Show the plans to move jobs: where to, why there and not elsewhere, and how far they have come.") { id, state };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var (terminal, name) = (surroundings.Terminal, parsed.GetValue(id));
            var body = await client.GetAsync(name is null ? "/v1/plans" + Query<PlanState>(parsed, state, null) : "/v1/plans/" + Uri.EscapeDataString(name), cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(terminal.Output, body);
            else if (name is null) terminal.Write(PlanListScreen.Render(AgentClient.Read(body, RecoveryApiJson.Default.PlanList), terminal.Width));
            else terminal.Write(PlanScreen.Render(AgentClient.Read(body, RecoveryApiJson.Default.PlanAnswer), terminal.Width, surroundings.Zone));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Command Showing<T>(CommandSurroundings surroundings, Command command, Func<ParseResult, string> path, JsonTypeInfo<T> type, Func<T, IEnumerable<Line>> render)
    {
        var options = new FleetQueryOptions(surroundings);
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var body = await client.GetAsync(path(parsed), cancellation);
            if (parsed.GetValue(options.Json)) JsonText.Write(surroundings.Terminal.Output, body);
            else surroundings.Terminal.Write(render(AgentClient.Read(body, type)));
            return ExitCode.Ok;
        });
        return command;
    }

    private static Option<string?> State<TState>()
        where TState : struct, Enum
        => new("--state") { Description = $"Those in these states alone, apart by commas: {string.Join(", ", Enum.GetNames<TState>())}.", HelpName = "STATE" };

    private static Option<string?> Partition() => new("--partition") { Description = "Those of this partition alone.", HelpName = "NAME" };

    // All on one page: whoever reads a screen has no next one.
    private static string Query<TState>(ParseResult parsed, Option<string?> state, Option<string?>? partition)
        where TState : struct, Enum
    {
        var query = FormattableString.Invariant($"?limit={PageQuestion<TState>.MostLimit}");
        if (parsed.GetValue(state) is { } states)
        {
            if (PageQuestion<TState>.Parse(states) is null)
                throw new CommandFailedException($"--state {states}: made of {string.Join(", ", Enum.GetNames<TState>())}, apart by commas") { Code = ExitCode.Usage };
            query += "&state=" + Uri.EscapeDataString(states);
        }

        return partition is not null && parsed.GetValue(partition) is { } name ? $"{query}&partition={Uri.EscapeDataString(name)}" : query;
    }
}
