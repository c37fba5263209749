using System.CommandLine;
using Forewarn.Daemon.Api.Reports;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn release</c> and <c>resume</c>: let the devices go, as for a driver upgrade, and take them up again.</summary>
internal static class OperationCommands
{
    public static Command Release(CommandSurroundings surroundings) => Create(
        surroundings,
        "release",
        "Stop the probes, so that nothing of ours holds the devices: before a driver upgrade, a reset or a MIG change.");

    public static Command Resume(CommandSurroundings surroundings) => Create(
        surroundings, "resume", "Start the probes again after a release, or a held source before its time.");

    /// <summary>Shows what an operation came to.</summary>
    public static void Show(CommandSurroundings surroundings, bool asJson, byte[] body)
    {
        if (asJson) JsonText.Write(surroundings.Terminal.Output, body);
        else surroundings.Terminal.Write(new Line(AgentClient.Read(body, ApiJson.Default.OperationReport).Text));
    }

    private static Command Create(CommandSurroundings surroundings, string name, string description)
    {
        var options = new QueryOptions(surroundings);
        var source = new Option<string?>("--source") { Description = "This source alone; else all.", HelpName = "NAME" };
        var command = new Command(name, description) { source };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = options.Client(parsed);
            var query = parsed.GetValue(source) is { } one ? "?source=" + Uri.EscapeDataString(one) : "";
            var body = await client.PostAsync($"/v1/{name}{query}", "", cancellation);
            Show(surroundings, parsed.GetValue(options.Json), body);
            return ExitCode.Ok;
        });
        return command;
    }
}
