using Forewarn.Controller.Reports;
using Forewarn.Daemon.Cli;
using Forewarn.Daemon.Configuration;
using Forewarn.Daemon.Fleet;
using Forewarn.Daemon.Roles;
using Forewarn.Daemon.Tests.Efficiency;
using Forewarn.Daemon.Tests.Exporters.Influx;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Fleet;

/// <summary>A disk that hangs, breaks or is full of somebody's reports, and a clock that is set.</summary>
public sealed class FleetDiskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ManualTimeProvider _time = new(ServedFleet.Now);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_commit_that_hangs_delays_no_answer_that_needs_only_reading()
    {
        await using var writer = Writer();
        var keeper = await KeeperAsync(writer, ServedFleet.Report("n7", transitions: [4]), ServedFleet.Report());
        using var awake = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var hung = Task.Run(() => writer.Ask(_ => Hang(begun, awake), 0));
        begun.Wait(TimeSpan.FromSeconds(30));
        var taken = await keeper.TakeAsync(ServedFleet.Report(sequence: 2) with { HistoryOf = ["card-a"] }).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System);
        Assert.Equal("transition 4", Assert.Single(Assert.Single(taken!.Value.Reply.Histories).Transitions).Text);
        awake.Set();
        await hung;
    }

    [Fact]
    public async Task A_reading_that_hangs_is_answered_without_and_asked_for_again()
    {
        await using var writer = Writer();
        var keeper = await KeeperAsync(writer, ServedFleet.Report("n7", transitions: [4]), ServedFleet.Report());
        using var awake = new ManualResetEventSlim();
        using var begun = new ManualResetEventSlim();
        var hung = writer.ReadAsync(_ => Hang(begun, awake), 0);
        begun.Wait(TimeSpan.FromSeconds(30));
        var waiting = Enumerable.Range(2, 40).Select(sequence => keeper.TakeAsync(ServedFleet.Report(sequence: sequence) with { HistoryOf = ["card-a"] })).ToArray();
        await Eventually.TrueAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(1));
                return Task.FromResult(waiting.All(one => one.IsCompleted) && hung.IsCompleted);
            },
            TimeSpan.FromSeconds(30), "nobody waits any longer");
        Assert.All(waiting, one => Assert.Empty(one.Result!.Value.Reply.Histories));
        awake.Set();
        await Eventually.TrueAsync(
            async () => (await keeper.TakeAsync(ServedFleet.Report(sequence: 99) with { HistoryOf = ["card-a"] }))!.Value.Reply.Histories.Length == 1, TimeSpan.FromSeconds(30), "it is read again");
    }

    [Fact]
    public async Task A_defect_of_ours_costs_what_it_was_met_at_and_the_next_report_is_stored()
    {
        var log = new LogLines();
        await using var writer = new FleetWriter(new FleetStoreFile(_folder.Path, log, _time).Open, log, _time);
        var keeper = await KeeperAsync(writer);
        Assert.Equal(0, writer.Ask<int>(_ => throw new InvalidOperationException("made by the test"), 0));
        Assert.Contains("a defect of Forewarn", writer.Refusal, StringComparison.Ordinal);
        Assert.Single(log.With("broken off by a defect"));
        Assert.Equal(0, (await keeper.TakeAsync(ServedFleet.Report(transitions: [4])))!.Value.Reply.Taken);
        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(4, (await keeper.TakeAsync(ServedFleet.Report(sequence: 2, transitions: [4])))!.Value.Reply.Taken);
        Assert.Null(writer.Refusal);
    }

    [Fact]
    public async Task The_watch_goes_on_after_a_defect()
    {
        var log = new LogLines { Breaks = "not heard any more" };
        await using var writer = Writer();
        var keeper = await KeeperAsync(writer, ServedFleet.Report());
        await using var watch = new FleetWatch(keeper, TimeSpan.FromDays(365), log, _time);
        watch.Start();
        await TurnsUntilAsync(() => log.With("broken off by a defect").Count == 1);
        await TurnsUntilAsync(() => log.With("not heard any more").Count == 1);
        Assert.Null(watch.Stuck());
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_is_no_empty_fleet_but_the_end_of_the_controller()
    {
        Directory.CreateDirectory(Path.Join(_folder.Path, "state", "fleet.db"));
        var failure = await Assert.ThrowsAsync<FleetStoreException>(() => ServedFleet.StartAsync(_folder));
        Assert.False(failure.IsDamaged);

        var configuration = _folder.Write("forewarn.conf",
            $"[Fleet]\nSocket={_folder.Path}/c.sock\nStateDir={_folder.Path}/state\nSiteKeyFile={ServedFleet.Secret(_folder, "key", ServedFleet.SiteKey)}\n");
        Assert.Equal(ExitCode.Failed, await ControllerRole.RunAsync(new() { Paths = ConfigurationPaths.Named(configuration), Overrides = [] }, CancellationToken.None));
    }

    [Fact]
    public async Task A_file_that_is_broken_inside_is_moved_aside_and_of_those_only_the_newest_stay()
    {
        await using (var first = await ServedFleet.StartAsync(_folder)) await first.TellAsync(ServedFleet.Report(transitions: [.. Enumerable.Range(1, 400).Select(number => (long)number)]));
        var file = Path.Join(_folder.Path, "state", "fleet.db");
        var bytes = File.ReadAllBytes(file);
        bytes.AsSpan(8192).Fill(0x5a); // behind the first pages, so that it is opened as if it were well
        File.WriteAllBytes(file, bytes);
        for (var year = 2020; year < 2025; year++) _folder.Write($"state/fleet.db.corrupt-{year}0101T000000Z", "");

        await using var again = await ServedFleet.StartAsync(_folder);
        Assert.Equal(3, (await again.TellAsync(ServedFleet.Report(transitions: [3]))).Taken);
        Assert.Equal(
            ["fleet.db.corrupt-20230101T000000Z", "fleet.db.corrupt-20240101T000000Z", $"fleet.db.corrupt-{ServedFleet.Now:yyyyMMdd'T'HHmmss'Z'}"],
            Directory.GetFiles(Path.Join(_folder.Path, "state"), "fleet.db.corrupt-*Z").Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_one_node_fills_is_bounded_whatever_it_reports()
    {
        using var store = FleetStore.Open(Path.Join(_folder.Path, "fleet.db"));
        for (var i = 0; i < 41; i++) store.Commit([Entry(i)]);
        var newest = store.Newest("n1", 30_000);
        Assert.Equal(20_000, newest.Count);
        Assert.Equal(41 * 500, newest[0].Id);
        var told = store.Histories(["serial-0", "serial-10495"], "n2", "s");
        Assert.Equal([0, 1], told.Select(one => one.Nodes.Length)); // the oldest of 10,496 made up cards is not known any more

        FleetEntry Entry(int number) => new()
        {
            Heard = ServedFleet.Now.AddSeconds(number),
            Report = ServedFleet.Report() with { Devices = [.. Enumerable.Range(number * 256, 256).Select(card => ServedFleet.Device($"GPU-{card}", $"serial-{card}", HealthState.Healthy))] },
            Transitions = [.. Enumerable.Range((number * 500) + 1, 500).Select(id => (new ReportedTransition(id, HealthEventKind.FindingRaised, "node", ServedFleet.Now, "x"), ""))],
        };
    }

    [Fact]
    public async Task A_clock_that_is_set_makes_no_node_silent_and_hides_no_silence()
    {
        var clock = new SteppedClock(_time);
        await using var writer = Writer();
        var keeper = await KeeperAsync(writer, clock, ServedFleet.Report());
        clock.Step = TimeSpan.FromHours(1);
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Empty(keeper.State.Silent(keeper.Now));
        clock.Step = TimeSpan.FromHours(-1);
        _time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(["n1"], keeper.State.Silent(keeper.Now));
    }

    private FleetWriter Writer() => new(new FleetStoreFile(_folder.Path, NullLogger.Instance, _time).Open, NullLogger.Instance, _time);

    private Task<FleetKeeper> KeeperAsync(FleetWriter writer, params AgentReport[] reports) => KeeperAsync(writer, _time, reports);

    private static async Task<FleetKeeper> KeeperAsync(FleetWriter writer, TimeProvider time, params AgentReport[] reports)
    {
        var keeper = new FleetKeeper(writer, TimeSpan.FromSeconds(30), time);
        keeper.Recall();
        writer.Start();
        foreach (var report in reports) await keeper.TakeAsync(report);
        return keeper;
    }

    private Task TurnsUntilAsync(Func<bool> holds) => Eventually.TrueAsync(
        () =>
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            return Task.FromResult(holds());
        },
        TimeSpan.FromSeconds(30), "the watch has looked");

    private static int Hang(ManualResetEventSlim begun, ManualResetEventSlim awake)
    {
        begun.Set();
        awake.Wait();
        return 1;
    }
}
