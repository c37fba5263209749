using System.Text.Json;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Replay;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Replay;

/// <summary>What <c>forewarn replay</c> says of lines that a test wrote.</summary>
internal static class Replayed
{
    public static Task<ReplayReport> KernelAsync(IEnumerable<string> lines, params string[] more) => RunAsync("--kmsg", lines, more);

    public static Task<ReplayReport> SamplesAsync(IEnumerable<string> lines, params string[] more) => RunAsync("--samples", lines, more);

    /// <summary>What somebody would have been called for, at once or when it became worse.</summary>
    public static IReadOnlyList<ReplayLine> AboveWatch(this ReplayReport report)
        => [.. report.Story.Where(line => line.Kind is HealthEventKind.FindingRaised or HealthEventKind.FindingChanged && line.Severity > Severity.Watch)];

    /// <summary>One card is alarmed, once, and no other and not the node; gives its lines.</summary>
    public static IReadOnlyList<ReplayLine> AlarmOf(this ReplayReport report, string address, string why)
    {
        var alarms = report.AboveWatch();
        Assert.True(alarms.Count > 0, $"{why}: {address} is not found");
        Assert.All(alarms, line => Assert.True(line.PciAddress == address, $"{why}: {line} instead of {address}"));
        Assert.True(report.Alarms == 1, $"{why}: {report.Alarms} alarms");
        return alarms;
    }

    private static async Task<ReplayReport> RunAsync(string option, IEnumerable<string> lines, string[] more)
    {
        using var folder = new TemporaryFolder();
        var file = Path.Join(folder.Path, "recorded");
        await File.WriteAllLinesAsync(file, lines);
        var command = await Command.RunAsync(["replay", option, file, "--json", .. more]);
        Assert.Equal((0, ""), (command.Code, command.Error));
        return JsonSerializer.Deserialize(command.Output, CliJson.Plain.ReplayReport)!;
    }
}
