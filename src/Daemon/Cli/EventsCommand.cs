using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn events</c>: what happened, and with <c>--follow</c> what happens.</summary>
internal static class EventsCommand
{
    public static Command Create(CommandSurroundings surroundings)
    {
        var (query, options) = (new QueryOptions(surroundings), new EventQueryOptions());
        var command = new Command("events", "List what happened, the newest last. With --json and --follow one object a line.");
        options.AddTo(command, surroundings);
        query.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = query.Client(parsed);
            var device = options.Device(parsed) is { } name ? await DeviceLookup.FindOrTakeAsync(client, name, cancellation) : null;
            var question = options.Query(parsed, device, surroundings);
            var body = await client.GetAsync("/v1/events" + question, cancellation);
            var (terminal, asJson) = (surroundings.Terminal, parsed.GetValue(query.Json));
            if (asJson && !options.IsFollowing(parsed))
            {
                JsonText.Write(terminal.Output, body);
                return ExitCode.Ok;
            }

            var list = AgentClient.Read(body, ApiJson.Default.EventList);
            if (!asJson) Show(surroundings, list, options.IsFollowing(parsed));
            if (!options.IsFollowing(parsed)) return ExitCode.Ok;
            if (asJson) WriteLines(terminal.Output, body);
            var follower = new EventFollower(client, surroundings, "/v1/events/stream" + question, list.LastId.ToString(CultureInfo.InvariantCulture), ServerName.Agent);
            await follower.RunAsync(data => Tell(surroundings, data, asJson), cancellation);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Show(CommandSurroundings surroundings, EventList list, bool isFollowing)
    {
        var terminal = surroundings.Terminal;
        if (list.Simulated) terminal.Write(new Line("SIMULATED NODE: nothing below comes from real hardware", Tone.Warning));
        terminal.Write(list.Events.Select(happened => EventLine.Of(happened, surroundings.Zone)));
        if (list.Events.Count == 0 && !isFollowing) terminal.Write(new Line("nothing of that kind happened"));
        if (list.NotStored is { } why) terminal.WriteError($"forewarn: events are not stored: {why}; what the agent still holds is shown");
        terminal.Output.Flush();
    }

    private static void Tell(CommandSurroundings surroundings, string data, bool asJson)
    {
        var terminal = surroundings.Terminal;
        if (asJson) terminal.Output.Write(data + "\n");
        else terminal.Write(EventLine.Of(AgentClient.Read(System.Text.Encoding.UTF8.GetBytes(data), ApiJson.Default.EventReport), surroundings.Zone));
        terminal.Output.Flush();
    }

    /// <summary>As the stream has them, with fields that this version does not know.</summary>
    private static void WriteLines(TextWriter output, byte[] list)
    {
        using var document = JsonDocument.Parse(list);
        foreach (var happened in document.RootElement.GetProperty("events").EnumerateArray()) output.Write(happened.GetRawText() + "\n");
        output.Flush();
    }
}
