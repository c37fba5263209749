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
        // A line a second does not meet each sweep once: some are in it twice, others not at all, and who reads it is as sure as the agent only later.
        await Eventually.TrueAsync(() => Lines(file).Length > found + 15, TimeSpan.FromSeconds(40), "what was found is recorded");
        record.Signal(Processes.Interrupt);
        Assert.Equal(0, await record.Ended);

        Assert.EndsWith("\n", File.ReadAllText(file), StringComparison.Ordinal); // Ctrl-C ends it between two lines
        var times = Lines(file).Select(line => JsonDocument.Parse(line).RootElement.GetProperty("time").GetDateTimeOffset()).ToList();
        Assert.Equal(times.Distinct().Order(), times);
        var last = NodeAnswers.Devices(Lines(file)[^1]);
        var expected = last.SelectMany(device => device.Assessment!.Findings, (device, finding) => $"{device.Id} {finding.Rule} {finding.Severity}").Order().ToList();
        Assert.True(expected.Count >= 3, string.Join('\n', expected));
        await using var replay = await RealProgram.RunAsync(Product.Program, ["replay", "--samples", file, "--json"], "", TimeSpan.FromSeconds(60));
        Assert.Equal(0, await replay.Ended);
        Assert.Equal(expected, Standing(JsonDocument.Parse(replay.Output).RootElement));
    }

    [Fact]
    public async Task A_kernel_log_that_was_recorded_beside_it_replays_to_the_errors_that_the_agent_told()
    {
        using var folder = new TemporaryFolder();
        var (file, log) = (Path.Join(folder.Path, "recorded"), Path.Join(folder.Path, "recorded.kmsg"));
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        await agent.InjectAsync("gpu 2 xid 48 \"An uncorrectable double bit error (DBE) has been detected on GPU in the framebuffer.\""); // before the recording: it stands in the log
        await using var record = RealProgram.Start(Product.Program, ["record", file, "--kmsg", log, "--json", "--socket", agent.SocketPath]);
        await Eventually.TrueAsync(() => Lines(log).Any(line => line.Contains("): 48, ", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "what stood in the log is recorded");
        await agent.InjectAsync("gpu 1 xid 79 \"GPU has fallen off the bus.\"");
        await Eventually.TrueAsync(() => Lines(log).Any(line => line.Contains("): 79, ", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "what comes is recorded");
        await agent.InjectAsync("gpu 3 xid 45 \"Ch 0000000a\"");
        var whole = Path.Join(agent.SimulatedRoot, "dev/kmsg");
        await Eventually.TrueAsync(() => Lines(whole).Any(line => line.Contains("): 45, ", StringComparison.Ordinal)), TimeSpan.FromSeconds(20), "the kernel has logged it");
        record.Signal(Processes.Interrupt); // at once: what stands in the log by now is taken
        Assert.Equal(0, await record.Ended);
        Assert.EndsWith("\n", File.ReadAllText(log), StringComparison.Ordinal);
        Assert.Equal(Lines(whole).TakeWhile((_, number) => number < Lines(log).Length), Lines(log)); // every record, from the oldest on, in the log's own order
        Assert.Contains(Lines(log), line => line.Contains("): 45, ", StringComparison.Ordinal));
        var recorded = JsonDocument.Parse(record.Output).RootElement;
        Assert.Equal((log, Lines(log).LongLength), (recorded.GetProperty("kmsg").GetString(), recorded.GetProperty("records").GetInt64()));

        await using var replay = await RealProgram.RunAsync(Product.Program, ["replay", "--kmsg", log, "--json"], "", TimeSpan.FromSeconds(60));
        Assert.Equal(0, await replay.Ended);
        var report = JsonDocument.Parse(replay.Output).RootElement;
        Assert.Equal(0, report.GetProperty("refused").GetInt64());
        var ill = (await agent.DevicesAsync()).Where(device => device.Index is 1 or 2 or 3).Select(device => device.PciAddress).Order();
        Assert.Equal(ill, Standing(report, "pci_address").Select(line => line.Split(' ')[0]).Distinct());

        await using var again = RealProgram.Start(Product.Program, ["record", file, "--kmsg", log, "--socket", agent.SocketPath]);
        Assert.NotEqual(0, await again.Ended);
        Assert.Contains("exists", again.Errors, StringComparison.Ordinal);
    }

    /// <summary>Whole lines; the last one may be on its way.</summary>
    private static string[] Lines(string file) => File.Exists(file) ? [.. File.ReadAllText(file).Split('\n').SkipLast(1)] : [];

    private static List<string> Standing(JsonElement report, string device = "device")
    {
        var standing = new Dictionary<string, string>();
        foreach (var line in report.GetProperty("story").EnumerateArray())
        {
            if (!line.TryGetProperty("rule", out var rule) || !line.TryGetProperty(device, out var who)) continue;
            var key = $"{who.GetString()} {rule.GetString()}";
            if (line.GetProperty("kind").GetString() == "FindingCleared") standing.Remove(key);
            else standing[key] = $"{key} {line.GetProperty("severity").GetString()}";
        }

        return [.. standing.Values.Order()];
    }
}
