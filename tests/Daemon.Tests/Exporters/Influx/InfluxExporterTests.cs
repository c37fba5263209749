using Forewarn.Daemon.Exporters.Influx;
using Forewarn.Daemon.Pipeline;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Exporters.Influx;

/// <summary>The exporter as a whole, between a node's view and a server.</summary>
public sealed class InfluxExporterTests : IDisposable
{
    private readonly ManualTimeProvider _time = new();
    private readonly TemporaryFolder _folder = new();
    private readonly LogLines _log = new();
    private readonly ScrapedNode _node = new();
    private readonly DeviceView _card;

    public InfluxExporterTests() => _card = _node.AddMeasured(ScrapedNode.Card(0), Reading.Of(SignalId.Power, 0));

    private DeliveryView Meter => _node.View.Deliveries[^1];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Every_interval_the_newest_samples_arrive()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        await using var exporter = Start(server.Url);
        for (var i = 1; i <= 5; i++) await SweepAsync(i);
        await Eventually.TrueAsync(() => Meter.HeldPoints == 0, TimeSpan.FromSeconds(10), "all has arrived");

        Assert.Equal([1, 2, 3, 4, 5], Powers(server));
        Assert.Equal(server.Points.Count, Meter.Written);
        Assert.Equal(Meter.Taken, AccountedFor());
        Assert.Equal(("influx", null), (exporter.Name, Meter.Trouble));
    }

    [Fact]
    public async Task What_had_not_arrived_when_the_agent_ended_is_sent_by_the_next_one()
    {
        Uri url;
        await using (var gone = await ScriptedServer.StartAsync(_time)) url = gone.Url;
        await using (Start(url))
        {
            for (var i = 1; i <= 5; i++) await SweepAsync(i);
        }

        Assert.NotEmpty(Directory.GetFiles(Path.Join(_folder.Path, "spool")));
        await using var server = await ScriptedServer.StartAsync(_time, url.Port);
        await using var next = Start(url);
        await Eventually.TrueAsync(() => Meter is { HeldPoints: 0, Written: > 0 }, TimeSpan.FromSeconds(10), "what lay in the spool has arrived");
        await SweepAsync(6);
        await Eventually.TrueAsync(() => Task.FromResult(Meter.HeldPoints == 0), TimeSpan.FromSeconds(10), "all has arrived",
            () => string.Join('\n', _log.All));

        Assert.Equal([1, 2, 3, 4, 5, 6], Powers(server));
        Assert.Null(server.Contradiction);
        Assert.Equal(server.Points.Count, Meter.Taken);
        Assert.Equal(Meter.Taken, AccountedFor());
    }

    [Fact]
    public async Task A_server_that_never_answers_holds_up_no_snapshot_and_memory_stays_bounded()
    {
        var never = new TaskCompletionSource();
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, _) => new Reply(204) { Before = never.Task };
        await using (Start(server.Url, spoolMax: 16 * 1024))
        {
            for (var i = 1; i <= 80; i++) await SweepAsync(i);
            Assert.InRange(Meter.SpoolBytes, 1, 16 * 1024);
            Assert.True(Meter.Dropped(DropReason.SpoolFull) > 0);
            Assert.Equal(0, Meter.Written);
            await Eventually.TrueAsync(() => Meter.Taken == AccountedFor(), TimeSpan.FromSeconds(10), "no point is unaccounted for");
        }

        never.SetResult();
    }

    [Fact]
    public async Task A_disk_that_hangs_holds_up_no_snapshot_and_loses_none()
    {
        // What the agent before was writing when the power went: read at the start, and here nobody ever writes the other end.
        var hanging = Path.Join(Directory.CreateDirectory(Path.Join(_folder.Path, "spool")).FullName, "0000000000000001-1767225600000-7.lp.gz.new");
        await using (var mkfifo = RealProgram.Start("mkfifo", [hanging])) Assert.Equal(0, await mkfifo.Ended);
        await using var server = await ScriptedServer.StartAsync(_time);
        await using var exporter = Start(server.Url);
        try
        {
            for (var i = 1; i <= 8; i++) await SweepAsync(i);
            Assert.Empty(server.Received);
            Assert.Equal(Meter.Taken, Meter.HeldPoints);
            Assert.NotEqual(default, Meter.OldestHeld);
        }
        finally
        {
            await File.WriteAllTextAsync(hanging, "no batch"); // the disk is back
        }

        await Eventually.TrueAsync(() => Meter is { HeldPoints: 0, Written: > 0 }, TimeSpan.FromSeconds(10), "all has arrived");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8], Powers(server));
        Assert.Equal(7, Meter.Dropped(DropReason.SpoolDamaged));
        Assert.Equal(Meter.Taken, AccountedFor());
    }

    [Fact]
    public async Task What_it_does_is_told_by_scrape()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (_, _) => new Reply(401, "{\"error\":\"authorization failed\"}");
        await using var exporter = Start(server.Url);
        await SweepAsync(1);
        await Eventually.TrueAsync(() => Meter.Trouble is not null, TimeSpan.FromSeconds(10), "the server has refused");

        Assert.Contains("forewarn_exporter_up{exporter=\"influx\"} 0", _node.Samples("forewarn_exporter_up"));
        Assert.Contains("forewarn_exporter_points_written_total{exporter=\"influx\"} 0", _node.Samples("forewarn_exporter_points_written"));
        Assert.Equal(4, _node.Samples("forewarn_exporter_points_dropped_total").Length);
        Assert.Single(_node.Samples("forewarn_exporter_oldest_held_timestamp_seconds"));
        Assert.Empty(_node.Samples("forewarn_exporter_last_success"));
        Assert.Contains("forewarn_exporter_request_duration_seconds_count{exporter=\"influx\"} 1", _node.Samples("forewarn_exporter_request"));
    }

    [Fact]
    public async Task A_defect_costs_a_minute_and_not_the_exporter()
    {
        await using var server = await ScriptedServer.StartAsync(_time);
        server.Script = (request, _) => request == 1 ? new Reply(500) : null;
        _log.Breaks = "points wait, the next attempt"; // what is said of the 500 breaks the sender off
        await using var exporter = Start(server.Url);
        await SweepAsync(1);
        await Eventually.TrueAsync(() => _log.With("by a defect of Forewarn").Count == 1, TimeSpan.FromSeconds(10), "the defect is told");
        await Eventually.TrueAsync(() => Meter.Trouble?.Text.Contains("defect", StringComparison.Ordinal) == true, TimeSpan.FromSeconds(10), "and shown");
        for (var i = 2; i <= 9; i++) await SweepAsync(i);
        await Eventually.TrueAsync(() => Meter is { HeldPoints: 0, Trouble: null }, TimeSpan.FromSeconds(10), "all has arrived");
        Assert.Equal([1, 2, 3, 4, 5, 6, 7, 8, 9], Powers(server));
    }

    private InfluxExporter Start(Uri url, long spoolMax = 1 << 20)
    {
        var options = SendingNode.Options(url, _folder) with { SpoolMax = spoolMax };
        var exporter = new InfluxExporter(options, _node.View, () => 0.5, _time, _log);
        exporter.Start();
        return exporter;
    }

    /// <summary>A sample with this value, and the next interval; returns when the collector has taken it.</summary>
    private async Task SweepAsync(double power)
    {
        var sample = ScrapedNode.SampleOf(Reading.Of(SignalId.Power, power));
        sample.Time = ScrapedNode.Noon.AddSeconds(power);
        _card.Apply(sample);
        var before = AccountedFor();
        await Eventually.TrueAsync(
            () =>
            {
                if (AccountedFor() > before) return Task.FromResult(true);
                _time.Advance(TimeSpan.FromSeconds(10));
                return Task.FromResult(false);
            },
            TimeSpan.FromSeconds(10), "a snapshot was taken", () => string.Join('\n', _log.All));
    }

    private long AccountedFor() => Meter.Written + Meter.HeldPoints + Enum.GetValues<DropReason>().Sum(reason => Meter.Dropped(reason));

    private static IEnumerable<double> Powers(ScriptedServer server) => server.Received.SelectMany(write => write.Lines)
        .Where(line => line.StartsWith("forewarn_device_power_watts", StringComparison.Ordinal)).Select(line => LinePoint.Parse(line).Value).Distinct();
}
