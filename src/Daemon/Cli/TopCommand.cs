using System.CommandLine;
using Forewarn.Daemon.Api.Reports;
using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Cli;

/// <summary><c>forewarn top</c>: the devices at work, or with <c>--efficiency</c> how their time was used; again and again on a terminal.</summary>
internal static class TopCommand
{
    private const string Accounts = "/v1/efficiency";

    public static Command Create(CommandSurroundings surroundings)
    {
        var (query, options) = (new QueryOptions(surroundings), new TopOptions());
        var command = new Command("top", "Watch the devices at work: one picture a second until q or Ctrl-C. Under --json one answer.");
        options.AddTo(command);
        query.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            using var client = query.Client(parsed);
            if (parsed.GetValue(query.Json))
            {
                await WriteJsonAsync(surroundings.Terminal.Output, client, options.IsEfficiency(parsed), cancellation);
                return ExitCode.Ok;
            }

            var window = options.Window(parsed);
            Func<CancellationToken, Task<IReadOnlyList<Line>>> picture = options.IsEfficiency(parsed)
                ? stop => EfficiencyAsync(client, window, surroundings, stop)
                : stop => DevicesAsync(client, surroundings, stop);
            await new Watching(surroundings, options.Interval(parsed), options.Iterations(parsed)).RunAsync(picture, cancellation);
            return ExitCode.Ok;
        });
        return command;
    }

    private static async Task<IReadOnlyList<Line>> DevicesAsync(AgentClient client, CommandSurroundings surroundings, CancellationToken stop)
    {
        var devices = AgentClient.Read(await client.GetAsync(TopScreen.Query, stop), ApiJson.Default.DeviceList);
        var accounts = AgentClient.Read(await client.GetAsync(Accounts, stop), ApiJson.Default.EfficiencyReport);
        return new TopScreen(devices, accounts.Jobs, surroundings.Zone)
            .Render(surroundings.Terminal.Width, surroundings.Terminal.IsLive ? surroundings.Terminal.Height : null);
    }

    private static async Task<IReadOnlyList<Line>> EfficiencyAsync(
        AgentClient client, UsageWindow window, CommandSurroundings surroundings, CancellationToken stop)
    {
        var report = AgentClient.Read(await client.GetAsync(Accounts, stop), ApiJson.Default.EfficiencyReport);
        return new EfficiencyScreen(report, window).Render(surroundings.Terminal.Width);
    }

    private static async Task WriteJsonAsync(TextWriter output, AgentClient client, bool isEfficiency, CancellationToken cancellation)
    {
        var accounts = await client.GetAsync(Accounts, cancellation);
        if (isEfficiency) JsonText.Write(output, accounts);
        else JsonText.WriteTop(output, await client.GetAsync(TopScreen.Query, cancellation), accounts);
    }
}
