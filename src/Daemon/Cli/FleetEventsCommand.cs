using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Forewarn.Daemon.Recovery.Views;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn fleet events</c>: what the controller saw and did, and with <c>--follow</c> what it sees and does.</summary>
internal static class FleetEventsCommand
{
    private const int Shown = 200;
    private const int ShownBeforeFollowing = 20;

    public static Command Create(CommandSurroundings surroundings)
    {
        var options = new FleetQueryOptions(surroundings);
        var follow = new Option<bool>("--follow", "-f") { Description = "Show the last 20 and go on with what happens, until Ctrl-C." };
        var limit = new Option<int?>("--limit", "-n") { Description = "The newest so many: 1 to 5000.", HelpName = "N" };
        var command = new Command("events", "List what the controller saw, decided and did, the newest last. With --json and --follow one object a line.") { follow, limit };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var (terminal, asJson, isFollowing) = (surroundings.Terminal, parsed.GetValue(options.Json), parsed.GetValue(follow));
            var most = parsed.GetValue(limit) ?? (isFollowing ? ShownBeforeFollowing : Shown);
            var body = await client.GetAsync(string.Create(CultureInfo.InvariantCulture, $"/v1/events?limit={most}"), cancellation);
            if (asJson && !isFollowing)
            {
                JsonText.Write(terminal.Output, body);
                return ExitCode.Ok;
            }

            var list = AgentClient.Read(body, RecoveryApiJson.Default.FleetEventList);
            if (asJson) WriteLines(terminal.Output, body);
            else terminal.Write(list.Events.Select(happened => LineOf(happened, surroundings.Zone)));
            terminal.Output.Flush();
            if (!isFollowing) return ExitCode.Ok;
            var follower = new EventFollower(client, surroundings, "/v1/events/stream", list.LastId, ServerName.Controller);
            await follower.RunAsync(data => Tell(surroundings, data, asJson), cancellation);
            return ExitCode.Ok;
        });
        return command;
    }

    private static void Tell(CommandSurroundings surroundings, string data, bool asJson)
    {
        var terminal = surroundings.Terminal;
        if (asJson) terminal.Output.Write(data + "\n");
        else terminal.Write(LineOf(AgentClient.Read(Encoding.UTF8.GetBytes(data), RecoveryApiJson.Default.FleetEventReport), surroundings.Zone));
        terminal.Output.Flush();
    }

    private static Line LineOf(FleetEventReport happened, TimeZoneInfo zone)
    {
        var time = TimeZoneInfo.ConvertTime(happened.At, zone).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        var about = string.Join(' ', new[]
        {
            happened.Incident is { } incident ? string.Create(CultureInfo.InvariantCulture, $"incident {incident}") : null,
            happened.Node,
            happened.Job is { } job ? $"job {job}" : null,
        }.OfType<string>());
        return new($"{time}  {happened.Kind,-8}  {about}{(about.Length > 0 ? ": " : "")}{happened.Text}");
    }

    /// <summary>As the stream has them, with fields that this version does not know.</summary>
    private static void WriteLines(TextWriter output, byte[] list)
    {
        using var document = JsonDocument.Parse(list);
        foreach (var happened in document.RootElement.GetProperty("events").EnumerateArray()) output.Write(happened.GetRawText() + "\n");
    }
}
