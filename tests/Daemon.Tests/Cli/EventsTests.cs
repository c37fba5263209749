using System.Text.Json;
using Forewarn.Daemon.Tests.Api;
using Forewarn.Daemon.Tests.Store;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Cli;

public class EventsTests
{
    [Fact]
    public async Task Events_as_lines()
    {
        using var node = Filled();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        var events = await Command.RunAsync(["events", "--socket", served.Socket]);
        Assert.Equal((0, ""), (events.Code, events.Error));
        Golden.Matches("Cli/golden/events.txt", events.Output);
    }

    [Fact]
    public async Task Events_as_json()
    {
        using var node = Filled();
        await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints);
        var events = await Command.RunAsync(["events", "--json", "--limit", "1", "--socket", served.Socket]);
        Golden.Matches("Cli/golden/events.json", events.Output);
    }

    [Theory]
    [InlineData("--kind", "probedied", 1)]
    [InlineData("--device", "1650323", 2)]
    [InlineData("--device", "node", 1)]
    [InlineData("--device", "0", 0)]
    [InlineData("--limit", "2", 2)]
    [InlineData("--since", "2026-03-01T12:08", 1)]
    public async Task Some_of_them(string option, string value, int lines)
    {
        using var node = Filled();
        await using var served = await ServedNode.StartAsync(new HandMadeNode().WithDevices(1), events: node.Endpoints);
        var events = await Command.RunAsync(["events", option, value, "--socket", served.Socket]);
        Assert.Equal(lines == 0 ? "nothing of that kind happened\n" : lines.ToString(System.Globalization.CultureInfo.InvariantCulture),
            lines == 0 ? events.Output : events.Output.Count(letter => letter == '\n').ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("--since", "soon", "--since takes a duration such as 2h, or a time such as 2026-03-01T12:00")]
    [InlineData("--kind", "DriverEror", "there is no \"DriverEror\"")]
    [InlineData("--limit", "0", "--limit takes a number from 1 to 5000")]
    public async Task What_is_mistyped_is_named(string option, string value, string complaint)
    {
        var events = await Command.RunAsync(["events", option, value]);
        Assert.Equal(2, events.Code);
        Assert.Contains(complaint, events.Error, StringComparison.Ordinal);
    }

    [Fact(Timeout = 30_000)]
    public async Task Who_follows_over_a_restart_of_the_agent_misses_nothing()
    {
        using var folder = new TemporaryFolder();
        var socket = Path.Join(folder.Path, "agent.sock");
        using var stop = new CancellationTokenSource();
        await using var complaints = new SharedWriter();
        Task<Command> following;
        using (var node = new StoredNode(folder.Path))
        {
            await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints, socket: socket);
            node.Post();
            node.Writer.Turn();
            following = Command.RunAsync(["events", "--follow", "--json", "--socket", socket], complaints: complaints, cancellation: stop.Token);
            await Eventually.TrueAsync(() => node.Stream.Listeners == 1, TimeSpan.FromSeconds(10), "the command follows");
            node.Post(2);
            node.Writer.Turn();
            node.Stream.Complete();
            await served.StopAsync();
        }

        using (var node = new StoredNode(folder.Path))
        {
            node.Post(2); // before anybody listens
            node.Writer.Turn();
            await using var served = await ServedNode.StartAsync(new HandMadeNode(), events: node.Endpoints, socket: socket);
            await Eventually.TrueAsync(() => node.Stream.Listeners == 1, TimeSpan.FromSeconds(10), "the command is back");
            node.Post();
            node.Writer.Turn();
            await Eventually.TrueAsync(() => complaints.ToString().Contains("back", StringComparison.Ordinal), TimeSpan.FromSeconds(10), "it says that it is back");
            node.Stream.Complete();
            await Eventually.TrueAsync(() => complaints.ToString().Split("; waiting").Length > 2, TimeSpan.FromSeconds(10), "the command has read all");
            await stop.CancelAsync();
            var followed = await following;
            Assert.Equal(0, followed.Code);
            Assert.Equal([1L, 2, 3, 4, 5, 6], followed.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Number));
            Assert.StartsWith("forewarn: the agent ended the stream; waiting for it\nforewarn: the agent is back; going on after event 3\n", followed.Error, StringComparison.Ordinal);
        }
    }

    private static long Number(string line)
    {
        using var document = JsonDocument.Parse(line);
        return document.RootElement.GetProperty("id").GetInt64();
    }

    private static StoredNode Filled()
    {
        var node = new StoredNode();
        var noon = SomeEvents.Noon;
        node.Writer.Post(SomeEvents.Batch(
            (1, SomeEvents.Xid(45, 318) with { Text = "Xid 45: preemptive cleanup, due to previous errors" }),
            (2, SomeEvents.Xid(0) with { Kind = HealthEventKind.ProbeDied, Device = null, Text = "probe nvml was killed by SIGSEGV", LastSeen = noon.AddMinutes(7) }),
            (3, SomeEvents.Xid(79) with { Text = "Xid 79: GPU has fallen off the bus", LastSeen = noon.AddMinutes(9) })));
        node.Writer.Turn();
        return node;
    }
}
