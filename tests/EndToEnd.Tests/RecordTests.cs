using System.Text.Json;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>What one agent was recorded saying, and what <c>forewarn replay</c> makes of the same readings.</summary>
public sealed class RecordTests
{
    [Fact]
    public async Task A_recording_replayed_ends_with_the_findings_that_the_agent_had()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Join(folder.Path, "recorded");
        await using var agent = await AgentUnderTest.StartAsync("h100-8", "Sampling.Slow=1s");
        await agent.UntilAllMeasuredAsync();
        await using var record = RealProgram.Start(Product.Program, ["record", file, "--socket", agent.SocketPath]);
        await Eventually.TrueAsync(() => Lines(file).Length >= 2, TimeSpan.FromSeconds(20), "it is recorded");

        await agent.InjectAsync("gpu 3 row_remap.failed set 1");
        await agent.InjectAsync("gpu 5 ecc.dram.corrected rate 4600/s");
        await agent.InjectAsync("gpu 1 xid 79 \"GPU has fallen off the bus.\"");
        await agent.UntilAsync(TimeSpan.FromSeconds(60), "all three are found", devices => devices.Count(device => device.Assessment?.State is "Degraded" or "Failing" or "Failed") == 3);
        var found = Lines(file).Length;
        await Eventually.TrueAsync(() => Lines(file).Length > found + 5, TimeSpan.FromSeconds(20), "what was found is recorded");
        record.Signal(Processes.Interrupt);
        Assert.Equal(0, await record.Ended);

        var last = NodeAnswers.Devices(Lines(file)[^1]);
        var expected = last.SelectMany(device => device.Assessment!.Findings, (device, finding) => $"{device.Id} {finding.Rule} {finding.Severity}").Order().ToList();
        Assert.True(expected.Count >= 3, string.Join('\n', expected));
        await using var replay = await RealProgram.RunAsync(Product.Program, ["replay", "--samples", file, "--json"], "", TimeSpan.FromSeconds(60));
        Assert.Equal(0, await replay.Ended);
        Assert.Equal(expected, Standing(JsonDocument.Parse(replay.Output).RootElement));
    }

    /// <summary>Whole lines; the last one may be on its way.</summary>
    private static string[] Lines(string file) => File.Exists(file) ? [.. File.ReadAllText(file).Split('\n').SkipLast(1)] : [];

    private static List<string> Standing(JsonElement report)
    {
        var standing = new Dictionary<string, string>();
        foreach (var line in report.GetProperty("story").EnumerateArray())
        {
            if (!line.TryGetProperty("rule", out var rule) || !line.TryGetProperty("device", out var device)) continue;
            var key = $"{device.GetString()} {rule.GetString()}";
            if (line.GetProperty("kind").GetString() == "FindingCleared") standing.Remove(key);
            else standing[key] = $"{key} {line.GetProperty("severity").GetString()}";
        }

        return [.. standing.Values.Order()];
    }
}
