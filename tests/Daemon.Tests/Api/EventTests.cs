using System.Net;
using System.Text.Json;
using Forewarn.Daemon.Pipeline;
using Forewarn.Daemon.Tests.Store;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Api;

public class EventTests
{
    [Fact]
    public async Task Events_as_a_list()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Post(5);
        node.Writer.Turn();
        var list = await ListAsync(served, "?limit=2");
        Assert.Equal("v1", list.GetProperty("api").GetString());
        Assert.Equal([4, 5], Numbers(list));
        Assert.Equal(5, list.GetProperty("last_id").GetInt64());
        Assert.Equal([2, 3], Numbers(await ListAsync(served, "?after=1&limit=2")));
        Assert.Empty(Numbers(await ListAsync(served, "?kind=ProbeDied")));
        Assert.Empty(Numbers(await ListAsync(served, "?since=2026-03-02")));
    }

    [Theory]
    [InlineData("?limit=0", "limit=0 is not a number from 1 to 5000")]
    [InlineData("?kind=Nonsense", "kind=Nonsense is none of DriverError")]
    [InlineData("?since=yesterday", "since=yesterday is not a time")]
    [InlineData("?after=-1", "after=-1 is not a number")]
    public async Task A_question_that_is_not_understood_says_why(string query, string why)
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        var answer = await served.OverSocket.GetAsync("/v1/events" + query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(why, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [MountFact]
    public async Task What_the_disk_refused_is_listed_as_not_durable()
    {
        await using var disk = await SmallDisk.MountAsync("ro,size=1m");
        using var node = new StoredNode(disk.Path, new ManualTimeProvider());
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Post();
        node.Writer.Turn();
        var list = await ListAsync(served, "");
        var happened = Assert.Single(list.GetProperty("events").EnumerateArray());
        Assert.False(happened.GetProperty("durable").GetBoolean());
        Assert.NotEmpty(list.GetProperty("not_stored").GetString()!);
        // Whoever begins to listen now is told of it as well, without a number to come back with.
        using var reader = await EventReader.OpenAsync(served.Socket, 0);
        var told = await reader.NextAsync();
        Assert.Equal((node.LastId, null), (told!.Number, told.Id));
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_comes_back_under_load_misses_nothing_and_hears_nothing_twice()
    {
        const int events = 20_000;
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Writer.Start();
        var posting = Task.Run(() =>
        {
            for (var i = 0; i < events; i += 20)
            {
                node.Post(20);
                // As the queue before it does, which is bounded: not more than the store can hold.
                SpinWait.SpinUntil(() => node.Writer.Meter.Held < 5000);
            }
        });
        var (heard, last, random) = (new List<long>(), 0L, new Random(1));
        while (heard.Count < events)
        {
            using var reader = await EventReader.OpenAsync(served.Socket, last);
            for (var left = random.Next(1, 2000); left > 0 && heard.Count < events && await reader.NextAsync() is { } told; left--) heard.Add(told.Id!.Value);
            last = reader.Last!.Value;
        }

        await posting;
        Assert.Equal(Enumerable.Range(1, events).Select(id => (long)id), heard);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_does_not_read_is_cut_off_and_slows_nobody()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Writer.Start();
        using var asleep = await EventReader.OpenAsync(served.Socket, 0);
        await Eventually.TrueAsync(() => node.Stream.Listeners == 1, TimeSpan.FromSeconds(10), "the sleeper is heard");
        using var awake = await EventReader.OpenAsync(served.Socket, 0);
        await Eventually.TrueAsync(() => node.Stream.Listeners == 2, TimeSpan.FromSeconds(10), "the reader is heard");
        var numbers = new List<long>();
        while (node.Stream.Listeners > 1)
        {
            Assert.True(numbers.Count < 20_000, "the sleeper is never cut off");
            node.Post(1, new string('x', 4000));
            numbers.Add((await awake.NextAsync())!.Number);
        }

        Assert.Equal(Enumerable.Range(1, numbers.Count).Select(id => (long)id), numbers);
        node.Post();
        Assert.Equal(numbers.Count + 1, (await awake.NextAsync())!.Number);
        // It wakes up, reads what is left and comes back for the rest.
        while (await asleep.NextAsync() is not null)
        {
            // What it had been sent.
        }

        using var again = await EventReader.OpenAsync(served.Socket, asleep.Last);
        Assert.Equal(asleep.Last!.Value + 1, (await again.NextAsync())!.Number);
    }

    [Fact(Timeout = 20_000)]
    public async Task An_event_that_goes_on_is_told_as_an_update()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        using var reader = await EventReader.OpenAsync(served.Socket, 0);
        node.Writer.Start();
        node.Post();
        Assert.Equal(("message", 1L), (await reader.NextAsync() is { } first ? (first.Name, first.Id!.Value) : default));
        node.Writer.Post(new EventBatch { Events = [new EventRecord(1, SomeEvents.Xid(45, 900), IsNew: false)] });
        var update = (await reader.NextAsync())!;
        Assert.Equal(("update", null, 1L, 900), (update.Name, update.Id, update.Number, update.Data.GetProperty("count").GetInt32()));
    }

    [Fact(Timeout = 20_000)]
    public async Task Who_comes_back_hears_what_went_on_meanwhile()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Post(3);
        node.Writer.Turn();
        using (var reader = await EventReader.OpenAsync(served.Socket, 0))
        {
            for (var i = 0; i < 3; i++) await reader.NextAsync();
            Assert.Equal(3, reader.Last);
        }

        node.Writer.Post(new EventBatch { Events = [new EventRecord(2, SomeEvents.Xid(45, 900), IsNew: false)] });
        node.Post();
        node.Writer.Turn();
        using var again = await EventReader.OpenAsync(served.Socket, 3);
        Assert.Equal(("message", 4L), (await again.NextAsync() is { } next ? (next.Name, next.Id!.Value) : default));
        var update = (await again.NextAsync())!;
        Assert.Equal(("update", null, 2L, 900), (update.Name, update.Id, update.Number, update.Data.GetProperty("count").GetInt32()));
    }

    [Fact(Timeout = 20_000)]
    public async Task Only_what_was_asked_for_is_streamed()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Writer.Start();
        using var reader = await EventReader.OpenAsync(served.Socket, 0, "?device=node");
        node.Post();
        node.Writer.Post(SomeEvents.Batch((2, SomeEvents.Xid(0) with { Device = null })));
        Assert.Equal(2, (await reader.NextAsync())!.Number);
    }

    [Fact(Timeout = 20_000)]
    public async Task A_question_for_the_head_alone_is_answered_at_once()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        using var answer = await served.OverSocket.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/v1/events/stream"));
        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact(Timeout = 20_000)]
    public async Task The_seventeenth_who_follows_is_asked_to_come_otherwise()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        var readers = new List<EventReader>();
        for (var i = 0; i < 16; i++) readers.Add(await EventReader.OpenAsync(served.Socket, null));
        await Eventually.TrueAsync(() => node.Stream.Listeners == 16, TimeSpan.FromSeconds(10), "all are heard");
        var answer = await served.OverSocket.GetAsync("/v1/events/stream");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        foreach (var reader in readers) reader.Dispose();
        await Eventually.TrueAsync(() => node.Stream.Listeners == 0, TimeSpan.FromSeconds(10), "who goes makes room");
    }

    [Fact(Timeout = 20_000)]
    public async Task A_reader_of_a_store_that_is_lost_begins_anew()
    {
        using var node = new StoredNode();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        node.Post(2);
        node.Writer.Turn();
        using var reader = await EventReader.OpenAsync(served.Socket, 4711);
        Assert.Equal(1, (await reader.NextAsync())!.Number);
    }

    private static async Task<JsonElement> ListAsync(ServedNode served, string query)
        => JsonDocument.Parse(await served.OverSocket.GetStringAsync("/v1/events" + query)).RootElement;

    private static List<int> Numbers(JsonElement list) => [.. list.GetProperty("events").EnumerateArray().Select(happened => happened.GetProperty("id").GetInt32())];
}
