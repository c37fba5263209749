using System.Globalization;
using Forewarn.EndToEnd.Tests.Kit;
using Forewarn.TestKit;

namespace Forewarn.EndToEnd.Tests;

/// <summary>Events are on the disk before they are told, and a disk that refuses stops nothing.</summary>
public sealed class EventStoreTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [MountFact]
    public async Task A_full_disk_stops_neither_alarms_nor_sampling_and_loses_no_event()
    {
        await using var disk = await SmallDisk.MountAsync("size=8m");
        await using var agent = await AgentUnderTest.StartAsync("h100-8", $"Agent.StateDir={disk.Path}");
        await agent.UntilAllMeasuredAsync();
        await HappensAsync(agent, 3, 48, durable: true);
        disk.Fill();
        // The log of the store may have room for some more.
        var code = 200;
        await Eventually.TrueAsync(
            async () =>
            {
                await HappensAsync(agent, 5, ++code, durable: null);
                return (await agent.ScrapeAsync()).One("forewarn_event_store_up") == 0;
            },
            TimeSpan.FromSeconds(60), "the disk refuses");
        var held = await HappensAsync(agent, 6, 79, durable: false);
        var (before, refused) = ((await agent.DeviceAsync(0)).LastSample, await agent.ScrapeAsync());
        Assert.InRange(refused.One("forewarn_event_store_events_held"), 1, 10_000);
        await agent.UntilDeviceAsync(0, TimeSpan.FromSeconds(4), "sampling goes on", device => device.LastSample > before);

        disk.Empty();
        await Eventually.TrueAsync(
            async () => (await agent.ScrapeAsync()).One("forewarn_event_store_events_held") == 0, TimeSpan.FromSeconds(45), "all is stored", () => agent.Program.Errors);
        var scrape = await agent.ScrapeAsync();
        Assert.Equal((1, 0), (scrape.One("forewarn_event_store_up"), scrape.One("forewarn_event_store_events_lost_total")));
        Assert.True((await agent.EventsAsync()).Single(happened => happened.Id == held.Id).Durable);
    }

    // A file system that is written to cannot be made read-only by hand: as after the reboot at which the kernel found it ill, the agent finds it so.
    [MountFact]
    public async Task A_read_only_disk_stops_neither_alarms_nor_sampling_and_loses_no_event()
    {
        await using var disk = await SmallDisk.MountAsync("size=8m");
        using var folder = new TemporaryFolder();
        var start = new AgentStart { Folder = folder, Settings = [$"Agent.StateDir={disk.Path}"] };
        List<long> told = [];
        await using (var before = await AgentUnderTest.StartAsync(start))
        {
            await before.UntilAllMeasuredAsync();
            told.Add((await HappensAsync(before, 3, 48, durable: true)).Id);
        }

        await disk.RemountAsync("ro");
        await using (var agent = await AgentUnderTest.StartAsync(start))
        {
            await agent.UntilAllMeasuredAsync();
            told.Add((await HappensAsync(agent, 5, 95, durable: false)).Id);
            told.Add((await HappensAsync(agent, 6, 79, durable: false)).Id);
            await agent.UntilDeviceAsync(6, TimeSpan.FromSeconds(10), "the alarm is raised", device => device.Assessment?.State == "Failed");
            var (sampled, refused) = ((await agent.DeviceAsync(0)).LastSample, await agent.ScrapeAsync());
            Assert.Equal((0, 0), (refused.One("forewarn_event_store_up"), refused.One("forewarn_event_store_events_lost_total")));
            Assert.InRange(refused.One("forewarn_event_store_events_held"), 2, 10_000);
            await agent.UntilDeviceAsync(0, TimeSpan.FromSeconds(4), "sampling goes on", device => device.LastSample > sampled);

            await disk.RemountAsync("rw");
            await Eventually.TrueAsync(
                async () => (await agent.ScrapeAsync()).One("forewarn_event_store_events_held") == 0, TimeSpan.FromSeconds(45), "all is stored", () => agent.Program.Errors);
            var scrape = await agent.ScrapeAsync();
            Assert.Equal((1, 0), (scrape.One("forewarn_event_store_up"), scrape.One("forewarn_event_store_events_lost_total")));
            Assert.Equal(told, await StoredAsync(agent, told));
        }

        await using var after = await AgentUnderTest.StartAsync(start);
        Assert.Equal(told, await StoredAsync(after, told));
    }

    [Fact]
    public async Task Events_survive_a_kill_and_numbers_go_on()
    {
        using var folder = new TemporaryFolder();
        var start = new AgentStart { Folder = folder };
        long last;
        await using (var agent = await AgentUnderTest.StartAsync(start))
        {
            await agent.UntilAllMeasuredAsync();
            last = (await HappensAsync(agent, 3, 79, durable: true)).Id;
            agent.Program.Signal(Processes.Kill);
            await agent.Program.Ended;
        }

        await using var again = await AgentUnderTest.StartAsync(start);
        Assert.Contains(await again.EventsAsync(), happened => happened.Id == last && happened.Code == 79);
        await again.UntilAllMeasuredAsync();
        Assert.True((await HappensAsync(again, 4, 48, durable: true)).Id > last);
    }

    [Fact]
    public async Task A_broken_file_is_moved_aside_and_is_an_event()
    {
        using var folder = new TemporaryFolder();
        folder.Write("state/events.db", new string('x', 10_000));
        await using var agent = await AgentUnderTest.StartAsync(new AgentStart { Folder = folder });
        await Eventually.TrueAsync(
            async () => (await agent.EventsAsync("?device=node")).Any(happened => happened.Text.Contains("events.db.corrupt-", StringComparison.Ordinal)), Soon, "it is told");
        Assert.Single(Directory.GetFiles(Path.Join(folder.Path, "state"), "events.db.corrupt-*Z"));
    }

    [Fact]
    public async Task SQLite_is_loaded_by_the_agent_alone()
    {
        await using var agent = await AgentUnderTest.StartAsync();
        await agent.UntilAllMeasuredAsync();
        Assert.True(Maps(agent.Pid), "the agent stores no events");
        Assert.False(Maps(agent.MainProbe!.Value), "the probe carries SQLite");
    }

    private static bool Maps(int pid) => File.ReadAllText($"/proc/{pid.ToString(CultureInfo.InvariantCulture)}/maps").Contains("libe_sqlite3.so", StringComparison.Ordinal);

    /// <summary>Which of these events are on the disk, each as often as it is listed.</summary>
    private static async Task<IEnumerable<long>> StoredAsync(AgentUnderTest agent, List<long> told)
        => (await agent.EventsAsync("?limit=5000")).Where(happened => happened.Durable && told.Contains(happened.Id)).Select(happened => happened.Id).Order();

    private static async Task<EventAnswer> HappensAsync(AgentUnderTest agent, int index, int xid, bool? durable)
    {
        await agent.InjectAsync(string.Create(CultureInfo.InvariantCulture, $"gpu {index} xid {xid} \"a test\""));
        EventAnswer? seen = null;
        await Eventually.TrueAsync(
            async () => (seen = (await agent.EventsAsync()).LastOrDefault(happened => happened.Index == index && happened.Code == xid && (durable ?? happened.Durable) == happened.Durable)) is not null,
            Soon, $"Xid {xid} of card {index} is told", () => agent.Program.Errors);
        return seen!;
    }
}
