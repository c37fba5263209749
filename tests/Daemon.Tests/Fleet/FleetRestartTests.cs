using Forewarn.Daemon.Fleet;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Fleet;

public class FleetRestartTests
{
    [Fact]
    public async Task After_a_restart_the_nodes_are_there_and_unknown_until_they_are_heard()
    {
        using var folder = new TemporaryFolder();
        await using (var first = await ServedFleet.StartAsync(folder))
        {
            await first.TellAsync(ServedFleet.Report(sequence: 1, transitions: [4]));
        }

        await using var again = await ServedFleet.StartAsync(folder);
        var state = again.Keeper.State;
        Assert.Equal(2, state.Node("n1")!.Devices.Length);
        again.Time.Advance(TimeSpan.FromSeconds(31));
        Assert.Equal(HealthState.Unknown, state.Health(state.Node("n1")!, again.Time.GetUtcNow()));

        // The number is known for ever, and what was met is not met again.
        var reply = await again.TellAsync(ServedFleet.Report(sequence: 2, transitions: [4, 7]));
        Assert.Equal(7, reply.Taken);
        Assert.Equal(2, (await again.Keeper.NewestAsync("n1", 10)).Count);
        Assert.Equal(HealthState.Healthy, again.Keeper.State.Health(again.Keeper.State.Node("n1")!, again.Time.GetUtcNow()));
    }

    [Fact]
    public async Task A_node_that_lost_its_disk_gets_the_history_of_its_cards()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report(transitions: [4, 5]));

        var reply = await served.TellAsync(ServedFleet.Report(sequence: 2, store: "s2") with { HistoryOf = ["card-a", "card-b", "another's"] });

        Assert.Equal(["card-a", "card-b"], reply.Histories.Select(one => one.Serial)); // of the last nothing is known, and that is an answer
        Assert.Equal(["n1"], reply.Histories[0].Nodes.AsEnumerable());
        Assert.Equal([("n1", "transition 4"), ("n1", "transition 5")], reply.Histories[0].Transitions.Select(one => (one.Node, one.Text)));
        Assert.True(reply.Histories[1].Transitions.IsDefaultOrEmpty);
        Assert.Equal(0, reply.Taken);
        // The answer got lost: asked again it is the same; and only then.
        Assert.Equal(2, (await served.TellAsync(ServedFleet.Report(sequence: 3, store: "s2") with { HistoryOf = ["card-a", "card-b"] })).Histories.Length);
        Assert.True((await served.TellAsync(ServedFleet.Report(sequence: 4, store: "s2"))).Histories.IsDefaultOrEmpty);
    }

    [Fact]
    public async Task An_older_copy_of_a_store_that_was_met_before_is_told_how_far_that_was_taken()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report(transitions: [1, 2, 3, 4, 5, 6, 7, 8]));
        await served.TellAsync(ServedFleet.Report(sequence: 2, store: "s2", transitions: [1]));
        // Its sixth is not the sixth that was met: whoever hears of more than it ever had knows that it must take another name.
        Assert.Equal(8, (await served.TellAsync(ServedFleet.Report(sequence: 3, transitions: [6]))).Taken);
    }

    [Fact]
    public async Task A_card_that_moves_brings_its_past()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n1", transitions: [4]));
        var moved = ServedFleet.Report("n2") with { Devices = [ServedFleet.Device("GPU-a", "card-a", HealthState.Healthy)], HistoryOf = ["card-a"] };
        var history = Assert.Single((await served.TellAsync(moved)).Histories);
        Assert.Equal(("n1", "transition 4"), Assert.Single(history.Transitions) is var one ? (one.Node, one.Text) : default);
        Assert.Equal(["n1", "n2"], history.Nodes.Order());
    }

    [Fact]
    public async Task While_the_disk_refuses_nothing_is_called_taken_and_nothing_is_lost()
    {
        using var folder = new TemporaryFolder();
        await using var served = await ServedFleet.StartAsync(folder);
        await served.TellAsync(ServedFleet.Report(transitions: [1]));
        var state = Path.Join(folder.Path, "state");
        Directory.Move(state, state + "-away"); // its file is gone: nothing that is written would be found again
        Assert.Equal(1, (await served.TellAsync(ServedFleet.Report(sequence: 2, transitions: [2]))).Taken);
        Assert.Contains("forewarn_fleet_store_up 0\n", await served.Client.GetStringAsync("/metrics"), StringComparison.Ordinal);

        Directory.Move(state + "-away", state);
        served.Time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(2, (await served.TellAsync(ServedFleet.Report(sequence: 3, transitions: [2]))).Taken);
        Assert.Equal(2, (await served.Keeper.NewestAsync("n1", 10)).Count);
    }

    [Fact]
    public async Task A_broken_file_is_moved_aside_and_named()
    {
        using var folder = new TemporaryFolder();
        folder.Write("state/fleet.db", new string('x', 8192));
        await using var served = await ServedFleet.StartAsync(folder);
        Assert.Equal(3, (await served.TellAsync(ServedFleet.Report(transitions: [3]))).Taken);
        Assert.Single(Directory.GetFiles(Path.Join(folder.Path, "state"), "fleet.db.corrupt-*Z"));
    }

    [Fact]
    public async Task What_is_old_is_forgotten_with_the_nodes_that_were_not_heard_since()
    {
        await using var served = await ServedFleet.StartAsync();
        await served.TellAsync(ServedFleet.Report("n1", transitions: [1]));
        served.Time.Advance(TimeSpan.FromDays(2));
        await served.TellAsync(ServedFleet.Report("n2", transitions: [1]));
        served.Keeper.Forget(ServedFleet.Now.AddDays(1));
        Assert.Equal(["n2"], served.Keeper.State.Nodes.Keys);
        Assert.Empty(await served.Keeper.NewestAsync("n1", 10));
        Assert.Single(await served.Keeper.NewestAsync("n2", 10));
    }

    [Fact]
    public async Task The_watch_turns_and_says_when_it_does_not()
    {
        var time = new ManualTimeProvider(ServedFleet.Now);
        using var folder = new TemporaryFolder();
        await using var writer = new FleetWriter(new FleetStoreFile(folder.Path, NullLogger.Instance, time).Open, NullLogger.Instance, time);
        var keeper = new FleetKeeper(writer, TimeSpan.FromSeconds(30), time);
        await using var watch = new FleetWatch(keeper, TimeSpan.FromDays(365), NullLogger.Instance, time);
        time.Advance(TimeSpan.FromSeconds(11));
        Assert.Equal("the look at the fleet stands still", watch.Stuck());
        watch.Look();
        Assert.Null(watch.Stuck());
    }
}
