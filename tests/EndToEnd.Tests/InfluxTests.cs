using System.Net;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>The agent writing to the InfluxDB that Debian ships, through its troubles.</summary>
[Collection(TimedAlone.Name)]
public sealed class InfluxTests : IDisposable
{
    private const string Power = "forewarn_device_power_watts";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [DebianFact("influxd", "influxdb")]
    public async Task A_server_that_is_gone_for_a_minute_in_mid_run_has_every_point_once_in_the_end()
    {
        await using var database = await InfluxDatabase.StartAsync(withUsers: true);
        await using var agent = await StartAsync(database.Url,
            $"Influx.User={InfluxDatabase.Writer}", $"Influx.PasswordFile={_folder.Write("password", InfluxDatabase.Password + "\n")}");
        await using var sweeps = SweepRecorder.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);

        await database.KillAsync();
        await UntilAsync(agent, "points wait on disk", scrape => One(scrape, "spool_batches") >= 60, TimeSpan.FromSeconds(120)); // one each second
        await database.StartAgainAsync();
        await UntilAsync(agent, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && One(scrape, "up") == 1, TimeSpan.FromSeconds(90));
        await sweeps.AssertAtMostTwoSweepsLostAsync();

        Assert.True(One(await agent.ScrapeAsync(), "retries_total") > 0);
        Assert.Equal(0, (await agent.ScrapeAsync()).All("forewarn_exporter_points_dropped_total").Sum());
        await AssertAllThereOnceAsync(agent, database);
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_server_that_is_slow_loses_answers_and_refuses_for_a_while_has_every_point_once_in_the_end()
    {
        await using var database = await InfluxDatabase.StartAsync();
        await using var gateway = TroubledGateway.Before(database);
        await using var agent = await StartAsync(gateway.Url);
        await using var sweeps = SweepRecorder.Start(agent);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);

        gateway.Order(new() { Late = TimeSpan.FromSeconds(3) }, times: 3);
        gateway.Order(new() { AnswerIsLost = true }, times: 2);
        gateway.Order(new() { Refusal = HttpStatusCode.InternalServerError }, times: 3);
        gateway.Order(new() { Refusal = HttpStatusCode.TooManyRequests, RetryAfter = "4" }, times: 2);
        await UntilAsync(agent, "every trouble is over and everything has arrived",
            scrape => gateway.IsQuiet && One(scrape, "spool_batches") == 0 && One(scrape, "up") == 1, TimeSpan.FromSeconds(120));
        await sweeps.AssertAtMostTwoSweepsLostAsync();

        var scrape = await agent.ScrapeAsync();
        // Each refusal. What was lost on a connection that had been used before is sent again by the HTTP client itself, and counted by nobody.
        Assert.InRange(One(scrape, "retries_total"), 5, 20);
        Assert.Equal(0, scrape.All("forewarn_exporter_points_dropped_total").Sum());
        await AssertAllThereOnceAsync(agent, database);
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
        await using var next = await StartAsync(database.Url);
        await UntilAsync(next, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && Written(scrape) > waiting);
        await AssertAllThereOnceAsync(next, database, agents: 2);
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_field_of_another_type_costs_its_own_points_alone()
    {
        await using var database = await InfluxDatabase.StartAsync();
        await database.WriteAsync($"{Power} value=\"text\""); // in the shard of now: a number is refused there
        await using var agent = await StartAsync(database.Url);
        await UntilAsync(agent, "points arrive", scrape => Written(scrape) > 5000);
        var scrape = await agent.ScrapeAsync();

        Assert.True(scrape.One("forewarn_exporter_points_dropped_total", ("reason", "refused")) >= 8);
        Assert.Equal(1, One(scrape, "up"));
        Assert.Contains("field type conflict", agent.Program.Errors, StringComparison.Ordinal);
        Assert.Contains(Power, agent.Program.Errors, StringComparison.Ordinal);
        Assert.NotEmpty(await database.TimesAsync("forewarn_device_temperature_celsius", 3));
        Assert.Empty(await database.TimesAsync(Power, 3));
    }

    [DebianFact("influxd", "influxdb")]
    public async Task A_certificate_that_is_not_believed_holds_the_points_until_it_is()
    {
        var (right, wrong) = (new TestAuthority(_folder, "right"), new TestAuthority(_folder, "wrong"));
        var trusted = _folder.Write("ca.pem", wrong.AuthorityPem);
        await using var database = await InfluxDatabase.StartAsync(authority: right);
        await using var agent = await StartAsync(database.Url, $"Influx.CaFile={trusted}");
        await agent.UntilLoggedAsync("name the authority's PEM file in CaFile", TimeSpan.FromSeconds(30));
        await UntilAsync(agent, "points wait on disk", scrape => One(scrape, "spool_batches") >= 2 && Written(scrape) == 0);

        File.WriteAllText(trusted, right.AuthorityPem); // looked at again a minute after it was refused
        await UntilAsync(agent, "everything has arrived", scrape => One(scrape, "spool_batches") == 0 && Written(scrape) > 0, TimeSpan.FromSeconds(90));
        await AssertAllThereOnceAsync(agent, database);
    }

    private Task<AgentUnderTest> StartAsync(string url, params string[] settings) => AgentUnderTest.StartAsync(new AgentStart
    {
        Folder = _folder,
        Settings = ["Influx.Enabled=yes", $"Influx.Url={url}", "Influx.Interval=1s", "Sampling.Slow=10s", .. settings],
    });

    /// <summary>As many points as the agent says that were taken, and those of a card one after the other, from first to last, but for the pauses between agents.</summary>
    private static async Task AssertAllThereOnceAsync(AgentUnderTest agent, InfluxDatabase database, int agents = 1)
    {
        var (before, found, after) = (0.0, 0L, 0.0);
        await Eventually.TrueAsync(
            async () =>
            {
                // Between two intervals, so that nothing arrives while it is counted.
                before = Written(await agent.ScrapeAsync());
                found = await database.CountAsync();
                after = Written(await agent.ScrapeAsync());
                return before == after && found == after;
            },
            TimeSpan.FromSeconds(20), "what was taken is what is there", () => $"{before} points were taken before {found} were counted, and {after} after it");

        foreach (var index in Enumerable.Range(0, AgentUnderTest.Gpus))
        {
            var times = await database.TimesAsync(Power, index);
            Assert.True(times.Count >= 5, $"card {index} has {times.Count} points");
            var apart = times.Zip(times.Skip(1), (earlier, later) => later - earlier).ToList();
            Assert.All(apart, milliseconds => Assert.True(milliseconds > 0));
            // Samples and snapshots are a second apart each: a snapshot that was late costs one sample, on a busy machine two.
            Assert.True(apart.Count(milliseconds => milliseconds > 3500) < agents, $"card {index} has points {string.Join(", ", apart)} ms apart");
        }
    }

    private static double Written(Scrape scrape) => One(scrape, "points_written_total");

    private static double One(Scrape scrape, string what) => scrape.One($"forewarn_exporter_{what}", ("exporter", "influx"));

    private static Task UntilAsync(AgentUnderTest agent, string because, Func<Scrape, bool> holds, TimeSpan? within = null) =>
        Eventually.TrueAsync(async () => holds(await agent.ScrapeAsync()), within ?? TimeSpan.FromSeconds(40), because, () => agent.Program.Errors);
}
