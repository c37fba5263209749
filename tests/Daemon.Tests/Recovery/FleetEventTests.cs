using System.Net;
using System.Text.Json;
using Forewarn.Controller.Coordination;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Guards;
using Forewarn.Controller.Recovery;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Cli;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Recovery;

/// <summary>What the controller sees and does, as whoever follows it hears it.</summary>
public class FleetEventTests
{
    [Fact(Timeout = 60_000)]
    public async Task A_move_is_told_as_it_happens_and_who_comes_back_misses_nothing_and_hears_nothing_twice()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Auto);
        using var first = await Follower.OpenAsync(fleet.Served.Socket, null);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => fleet.Move is not null);
        var heard = new List<JsonElement>();
        while (heard.Count == 0 || heard[^1].GetProperty("kind").GetString() != "move") heard.Add(await first.NextOfTheJournalAsync());
        var mark = first.Last!;
        first.Dispose(); // and much happens meanwhile

        await fleet.UntilAsync(() => fleet.Move is { Step: RecoveryStep.Closed });
        using var again = await Follower.OpenAsync(fleet.Served.Socket, mark);
        while (!heard[^1].GetProperty("text").GetString()!.StartsWith("Recovered: ", StringComparison.Ordinal)) heard.Add(await again.NextOfTheJournalAsync());
        var lines = heard.Select(one => EventMark.Parse(one.GetProperty("id").GetString()!)!.Value.Line).ToList();
        Assert.Equal(lines.Order().Distinct(), lines);
        Assert.Equal("incident", heard[0].GetProperty("kind").GetString());
        var kinds = heard.Select(one => one.GetProperty("kind").GetString()).ToHashSet();
        Assert.Superset(new HashSet<string?> { "incident", "decision", "drain", "act", "move" }, kinds);

        // All that the journal has comes to who asks from its beginning: the same, in the same order.
        using var late = await Follower.OpenAsync(fleet.Served.Socket, "0");
        foreach (var one in heard) Assert.Equal(one.GetProperty("text").GetString(), (await late.NextOfTheJournalAsync()).GetProperty("text").GetString());
    }

    [Fact]
    public void A_node_that_stands_in_another_state_is_told_and_kept_for_who_comes_back()
    {
        var events = new FleetEvents(ServedFleet.Now);
        var before = events.Newest;
        events.Tell([new("n1", HealthState.Healthy, HealthState.Unknown, IsSilent: true), new("n2", null, HealthState.Failing, IsSilent: false)], ServedFleet.Now);
        var (changes, isWhole) = events.Changes(before);
        Assert.True(isWhole);
        Assert.Equal(["Unknown, was Healthy: not heard any more", "Failing"], changes.Select(one => one.What.Text));
        Assert.Equal(["n2"], events.Changes(before with { Change = 1 }).Changes.Select(one => one.What.Node));
        Assert.False(events.Changes(before with { Run = 7 }).IsWhole); // of another run: nobody knows what was told there
    }

    [Fact]
    public void What_is_older_than_what_is_kept_is_a_gap()
    {
        var events = new FleetEvents(ServedFleet.Now);
        var before = events.Newest;
        for (var i = 0; i < 70; i++) events.Tell([.. Enumerable.Range(0, 1000).Select(number => new NodeStateChange($"n{number}", null, HealthState.Failing, false))], ServedFleet.Now);
        Assert.False(events.Changes(before).IsWhole);
        Assert.True(events.Changes(before with { Change = 69_000 }).IsWhole);
        Assert.Equal(1000, events.Changes(before with { Change = 69_000 }).Changes.Count);
    }

    [Fact(Timeout = 60_000)]
    public async Task After_a_restart_the_journal_is_gone_on_with_and_the_gap_is_told()
    {
        using var folder = new TemporaryFolder();
        await using var served = await ServedFleet.StartAsync(folder);
        using var follower = await Follower.OpenAsync(served.Socket, "0-5-17");
        var told = (await follower.NextAsync())!.Value;
        Assert.Equal("gap", told.Name);
        Assert.Contains("/v1/nodes", told.Data.GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Null(follower.Last);
    }

    [Fact(Timeout = 60_000)]
    public async Task Who_does_not_read_is_cut_off_when_he_is_too_far_behind()
    {
        var events = new FleetEvents(ServedFleet.Now);
        using var listener = events.Listen();
        for (var i = 0; i < 5; i++) events.Tell([.. Enumerable.Range(0, 1000).Select(number => new NodeStateChange($"n{number}", null, HealthState.Failing, false))], ServedFleet.Now);
        await Eventually.TrueAsync(() => listener.CutOff.IsCancellationRequested, TimeSpan.FromSeconds(20), "he is cut off");
        var read = 0;
        while (listener.Told.TryRead(out _)) read++;
        Assert.Equal(4096, read);
        Assert.False(await listener.Told.WaitToReadAsync());
    }

    [Fact]
    public async Task What_is_no_mark_of_this_stream_is_refused_and_so_is_who_shows_no_token()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream") { Headers = { { "Last-Event-ID", "yesterday" } } };
        using var strange = await fleet.Served.OverSocket.SendAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, strange.StatusCode);
        using var stranger = await fleet.Served.Client.GetAsync("/v1/events/stream");
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
    }

    [Theory]
    [InlineData("7", 7L, 0L, 0L)]
    [InlineData("7-3-1700000000000", 7L, 3L, 1700000000000L)]
    public void A_mark_reads_back_what_it_says(string text, long line, long change, long run)
    {
        Assert.Equal(new EventMark(line, change, run), EventMark.Parse(text));
        if (run > 0) Assert.Equal(text, EventMark.Parse(text).ToString());
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("7-3")]
    [InlineData("")]
    public void What_is_no_mark_is_none(string text) => Assert.Null(EventMark.Parse(text));

    [Fact(Timeout = 60_000)]
    public async Task The_command_line_lists_and_follows()
    {
        await using var fleet = await JoinedFleet.StartAsync(ActionMode.Observe);
        fleet.Announce("n3");
        await fleet.UntilAsync(() => !fleet.State.Decisions.IsEmpty);
        var listed = await Command.RunAsync(["fleet", "events", "--socket", fleet.Served.Socket]);
        Assert.Contains("  incident  incident 1 n3: row-remap-failed on GPU-n3-3: Failing\n", listed.Output, StringComparison.Ordinal);
        Assert.Contains("  decision  incident 1 n3 job 41: Refused by mode: ", listed.Output, StringComparison.Ordinal);
        var json = await Command.RunAsync(["fleet", "events", "--json", "-n", "1", "--socket", fleet.Served.Socket]);
        using var document = JsonDocument.Parse(json.Output);
        Assert.Single(document.RootElement.GetProperty("events").EnumerateArray());

        using var stop = new CancellationTokenSource();
        var following = Command.RunAsync(["fleet", "events", "--follow", "--json", "--socket", fleet.Served.Socket], cancellation: stop.Token);
        await Eventually.TrueAsync(async () => (await fleet.Served.OverSocket.GetStringAsync("/metrics")).Contains("forewarn_controller_event_streams 1\n", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "it follows", () => "");
        fleet.Host.Runner.Order(new(OrderKind.Hold, "uid 0 (root)", "new fans", Node: "n7"));
        await Eventually.TrueAsync(() => fleet.State.Kept.ContainsKey("n7"), TimeSpan.FromSeconds(5), "the order is written");
        using (var seen = await Follower.OpenAsync(fleet.Served.Socket, "0"))
        {
            while ((await seen.NextAsync())!.Value.Data.GetProperty("kind").GetString() != "order")
            {
                // What came before.
            }
        }

        await stop.CancelAsync();
        var followed = await following;
        Assert.Equal(0, followed.Code);
        Assert.Contains("\"kind\":\"incident\"", followed.Output, StringComparison.Ordinal);
    }

    private sealed class Follower : IDisposable
    {
        private readonly HttpClient _client;
        private readonly StreamReader _lines;

        private Follower(HttpClient client, Stream stream) => (_client, _lines) = (client, new StreamReader(stream));

        public string? Last { get; private set; }

        public static async Task<Follower> OpenAsync(string socket, string? last)
        {
            var client = ServedNode.Through(socket);
            var request = new HttpRequestMessage(HttpMethod.Get, "/v1/events/stream");
            if (last is not null) request.Headers.Add("Last-Event-ID", last);
            var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
            answer.EnsureSuccessStatusCode();
            var follower = new Follower(client, await answer.Content.ReadAsStreamAsync());
            Assert.Equal(": forewarn controller events", await follower._lines.ReadLineAsync());
            return follower;
        }

        public async Task<(string Name, JsonElement Data)?> NextAsync()
        {
            var (name, data) = ("", "");
            while (await _lines.ReadLineAsync() is { } line)
            {
                if (line.StartsWith("event: ", StringComparison.Ordinal)) name = line[7..];
                else if (line.StartsWith("id: ", StringComparison.Ordinal)) Last = line[4..];
                else if (line.StartsWith("data: ", StringComparison.Ordinal)) data = line[6..];
                if (line.Length == 0 && data.Length > 0) return (name, JsonDocument.Parse(data).RootElement);
            }

            return null;
        }

        /// <summary>The next one but those of nodes, whose states others watch at the same time.</summary>
        public async Task<JsonElement> NextOfTheJournalAsync()
        {
            while (true)
            {
                if ((await NextAsync())!.Value.Data is var told && told.GetProperty("kind").GetString() != "node") return told;
            }
        }

        public void Dispose()
        {
            _lines.Dispose();
            _client.Dispose();
        }
    }
}
