using System.Net;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;
using Xunit.Abstractions;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The agent writing to the InfluxDB that Debian ships, through its troubles.</summary>
[Collection(TimedAlone.Name)]
public sealed class InfluxTests(ITestOutputHelper output) : IDisposable
{
    private const string Power = "forewarn_device_power_watts";
    private const string Energy = "forewarn_device_energy_joules_total";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DebianFact("influxd", "influxdb")]
    public async Task A_server_that_is_gone_for_a_minute_in_mid_run_has_every_point_once_in_the_end()
    {
        await using var database = await InfluxDatabase.StartAsync(withUsers: true);
        await using var gateway = await TroubledGateway.BeforeAsync(database);
        await using var agent = await StartAsync(gateway.Url,
            $"Influx.User={InfluxDatabase.Writer}", $"Influx.PasswordFile={_folder.Write("password", InfluxDatabase.Password + "\n")}");
        await using var sweeps = SweepRecorder.Start(agent);
        await using var memory = MemoryWatch.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);

        await database.KillAsync();
        await UntilAsync(agent, "points wait on disk", scrape => One(scrape, "spool_batches") >= 60, TimeSpan.FromSeconds(120)); // one each second
        await database.StartAgainAsync();
        await UntilAsync(agent, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && One(scrape, "up") == 1, TimeSpan.FromSeconds(90));
        await sweeps.AssertAtMostTwoSweepsLostAsync();
        output.WriteLine($"{await memory.AssertWithinBudgetAsync() >> 10} KiB at most");

        Assert.True(One(await agent.ScrapeAsync(), "retries_total") > 0);
        Assert.Equal(0, (await agent.ScrapeAsync()).All("forewarn_exporter_points_dropped_total").Sum());
        await AssertAllThereOnceAsync(agent, database, sweeps);
        AssertInOrder(gateway);
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_server_that_is_slow_loses_answers_and_refuses_for_a_while_has_every_point_once_in_the_end()
    {
        await using var database = await InfluxDatabase.StartAsync();
        await using var gateway = await TroubledGateway.BeforeAsync(database);
        await using var agent = await StartAsync(gateway.Url);
        await using var sweeps = SweepRecorder.Start(agent);
        await using var memory = MemoryWatch.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);

        gateway.Order(new() { Late = TimeSpan.FromSeconds(3) }, times: 3);
        gateway.Order(new() { AnswerIsLost = true }, times: 2);
        gateway.Order(new() { Refusal = HttpStatusCode.InternalServerError }, times: 3);
        gateway.Order(new() { Refusal = HttpStatusCode.TooManyRequests, RetryAfter = "4" }, times: 2);
        await UntilAsync(agent, "every trouble is over and everything has arrived",
            scrape => gateway.IsQuiet && One(scrape, "spool_batches") == 0 && One(scrape, "up") == 1, TimeSpan.FromSeconds(200)); // seven refusals in a row: 123 s of waiting at most
        await sweeps.AssertAtMostTwoSweepsLostAsync();
        output.WriteLine($"{await memory.AssertWithinBudgetAsync() >> 10} KiB at most");

        var scrape = await agent.ScrapeAsync();
        // Each refusal, and each answer that broke off.
        Assert.InRange(One(scrape, "retries_total"), 7, 20);
        Assert.Equal(0, scrape.All("forewarn_exporter_points_dropped_total").Sum());
        await AssertAllThereOnceAsync(agent, database, sweeps);
        AssertInOrder(gateway);
        Assert.True(gateway.Arrived.Again > 0, "what was taken without an answer was sent again");
    }

    [DebianFact("influxd", "influxdb")]
    public async Task What_waits_when_the_agent_ends_is_sent_by_the_next_one()
    {
        await using var database = await InfluxDatabase.StartAsync();
        await database.KillAsync();
        await using (var agent = await StartAsync(database.Url))
        {
            await UntilAsync(agent, "points wait on disk", scrape => One(scrape, "spool_batches") >= 5);
            Assert.Equal(0, await agent.StopAsync(TimeSpan.FromSeconds(10)));
        }

        var files = Directory.GetFiles(Path.Join(_folder.Path, "state", "influx-spool"), "*.lp.gz");
        var waiting = files.Sum(file => long.Parse(Path.GetFileName(file).Split('-', '.')[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(waiting > 1000, $"{waiting} points wait");
        await database.StartAgainAsync();
        await using var gateway = await TroubledGateway.BeforeAsync(database);
        await using var next = await StartAsync(gateway.Url);
        await using var sweeps = SweepRecorder.Start(next);
        await UntilAsync(next, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && Written(scrape) > waiting);
        await AssertAllThereOnceAsync(next, database, sweeps, agents: 2);
        AssertInOrder(gateway);
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_field_of_another_type_costs_its_own_points_alone()
    {
        await using var database = await InfluxDatabase.StartAsync();
        await database.WriteAsync($"{Power} value=\"text\""); // in the shard of now: a number is refused there
        await using var gateway = await TroubledGateway.BeforeAsync(database);
        await using var agent = await StartAsync(gateway.Url);
        await using var sweeps = SweepRecorder.Start(agent);
        await using var memory = MemoryWatch.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 10_000);
        await sweeps.AssertAtMostTwoSweepsLostAsync();
        output.WriteLine($"{await memory.AssertWithinBudgetAsync() >> 10} KiB at most");
        var scrape = await agent.ScrapeAsync();

        Assert.True(scrape.One("forewarn_exporter_points_dropped_total", ("reason", "refused")) >= 8);
        Assert.Equal(1, One(scrape, "up"));
        Assert.Contains("field type conflict", agent.Program.Errors, StringComparison.Ordinal);
        Assert.Contains(Power, agent.Program.Errors, StringComparison.Ordinal);
        Assert.Empty(await database.TimesAsync(Power, 3));
        await AssertAllThereOnceAsync(agent, database, sweeps, of: Energy);
        AssertInOrder(gateway);
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_certificate_that_is_no_longer_believed_holds_the_points_until_it_is_again()
    {
        var (right, wrong) = (new TestAuthority(_folder, "right"), new TestAuthority(_folder, "wrong"));
        var trusted = _folder.Write("ca.pem", right.AuthorityPem);
        await using var database = await InfluxDatabase.StartAsync(authority: right);
        await using var gateway = await TroubledGateway.BeforeAsync(database, right);
        await using var agent = await StartAsync(gateway.Url, $"Influx.CaFile={trusted}");
        await using var sweeps = SweepRecorder.Start(agent);
        await using var memory = MemoryWatch.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);

        await database.KillAsync(); // what is believed is read again after a request that failed
        File.WriteAllText(trusted, wrong.AuthorityPem);
        await UntilAsync(agent, "a request has failed", scrape => One(scrape, "up") == 0);
        await database.StartAgainAsync();
        await agent.UntilLoggedAsync("name the authority's PEM file in CaFile", TimeSpan.FromSeconds(30));
        var written = Written(await agent.ScrapeAsync());
        await UntilAsync(agent, "points wait on disk", scrape => One(scrape, "spool_batches") >= 5);
        Assert.Equal(written, Written(await agent.ScrapeAsync()));

        File.WriteAllText(trusted, right.AuthorityPem); // looked at again a minute after it was refused
        await UntilAsync(agent, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && Written(scrape) > written, TimeSpan.FromSeconds(90));
        await sweeps.AssertAtMostTwoSweepsLostAsync();
        output.WriteLine($"{await memory.AssertWithinBudgetAsync() >> 10} KiB at most");
        Assert.Equal(0, (await agent.ScrapeAsync()).All("forewarn_exporter_points_dropped_total").Sum());
        await AssertAllThereOnceAsync(agent, database, sweeps);
        AssertInOrder(gateway);
    }

    private Task<AgentUnderTest> StartAsync(string url, params string[] settings) => AgentUnderTest.StartAsync(new AgentStart
    {
        Folder = _folder,
        Settings = ["Influx.Enabled=yes", $"Influx.Url={url}", "Influx.Interval=1s", "Sampling.Slow=10s", .. settings],
    });

    /// <summary>As many points as the agent says that were taken, and those of a card from first to last, but for the pauses between agents.</summary>
    /// <param name="agent">The last of them.</param>
    /// <param name="database">Where the points are.</param>
    /// <param name="sweeps">What the agent itself was seen to measure meanwhile.</param>
    /// <param name="agents">How many there were, one after the other.</param>
    /// <param name="of">A measurement that has one point of each card in each sample.</param>
    private static async Task AssertAllThereOnceAsync(
        AgentUnderTest agent, InfluxDatabase database, SweepRecorder sweeps, int agents = 1, string of = Power)
    {
        var (before, found, after, settled) = (0.0, 0L, 0.0, 0.0);
        await Eventually.TrueAsync(
            async () =>
            {
                // Between two intervals, so that nothing arrives while it is counted.
                before = Written(await agent.ScrapeAsync());
                found = await database.CountAsync();
                var scrape = await agent.ScrapeAsync();
                (after, settled) = (Written(scrape), Written(scrape) + scrape.All("forewarn_exporter_points_dropped_total", ("exporter", "influx")).Sum());
                return before == after && found == after && settled == One(scrape, "points_taken_total");
            },
            TimeSpan.FromSeconds(20), "what was taken is what is there",
            () => $"{before} points were taken before {found} were counted, and {after} after it; {settled} written or dropped");

        foreach (var index in Enumerable.Range(0, AgentUnderTest.Gpus))
        {
            var times = await database.TimesAsync(of, index);
            Assert.True(times.Count >= 5, $"card {index} has {times.Count} points");
            // Samples and snapshots are a second apart each: a snapshot that was late costs one sample, on a busy machine two.
            var pauses = times.Zip(times.Skip(1)).Where(pair => pair.Second - pair.First > 3500).Select(pair => $"{Text(pair.First)} to {Text(pair.Second)}").ToList();
            Assert.True(pauses.Count < agents, $"card {index} has no point from {string.Join(", from ", pauses)}. Where it was measured meanwhile the exporter was late with its "
                + $"view, else the probe with its sweep: {await sweeps.WorstOfAsync([index])}\n{agent.Program.Errors}");
        }
    }

    private static string Text(long milliseconds) => $"{DateTimeOffset.FromUnixTimeMilliseconds(milliseconds):HH:mm:ss.fff}";

    private static void AssertInOrder(TroubledGateway gateway)
    {
        Assert.True(gateway.Arrived.Points > 1000, $"{gateway.Arrived.Points} points came");
        Assert.True(gateway.Arrived.Late.Count == 0, string.Join('\n', gateway.Arrived.Late.Take(5)));
    }

    private static double Written(Scrape scrape) => One(scrape, "points_written_total");

    private static double One(Scrape scrape, string what) => scrape.One($"forewarn_exporter_{what}", ("exporter", "influx"));

    private static Task UntilAsync(AgentUnderTest agent, string because, Func<Scrape, bool> holds, TimeSpan? within = null) =>
        Eventually.TrueAsync(async () => holds(await agent.ScrapeAsync()), within ?? TimeSpan.FromSeconds(40), because, () => agent.Program.Errors);
}
