using System.Collections.Immutable;
using Forewarn.Controller.Jobs;
using Forewarn.Controller.Schedulers;
using Forewarn.Daemon.Recovery;
using Forewarn.Daemon.Tests.Fleet;
using Forewarn.Daemon.Topology;
using Forewarn.Model;
using Forewarn.TestKit;
using Microsoft.Extensions.Logging.Abstractions;

namespace Forewarn.Daemon.Tests.Recovery;

public class WokenHostTests
{
    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_card_that_falls_ill_wakes_the_loop_and_what_stands_still_is_told_to_the_watchdog()
    {
        var cluster = new CountedCluster();
        await using var served = await ServedFleet.StartAsync(parts: time =>
            new(cluster, new(), new TopologyWatch(new(), null, time, NullLogger.Instance), static (_, _) => Task.FromResult(CheckpointReading.Failed)));
        await served.TellAsync(ServedFleet.Report("n1"));
        served.Recovery!.Start();
        await Eventually.TrueAsync(() => cluster.Reads == 1, Ample, "it looks at its start");

        var ill = ServedFleet.Device("GPU-a", "card-a", HealthState.Failing);
        await served.TellAsync(ServedFleet.Report("n1", sequence: 2) with { Devices = [ill] });
        await Eventually.TrueAsync(() => cluster.Reads == 2, Ample, "it looks again, though no time has passed");

        Assert.Null(served.Recovery.Stuck());
        cluster.Hang();
        served.Recovery.Runner.Wake();
        await Eventually.TrueAsync(() => cluster.Reads == 3, Ample, "it asks a scheduler that does not answer");
        served.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("the look at the scheduler stands still", served.Recovery.Stuck());
    }

    [Fact]
    public async Task A_first_reading_of_the_wiring_that_breaks_off_costs_a_minute_and_not_the_loop()
    {
        var (cluster, asked) = (new CountedCluster(), 0);
        await using var served = await ServedFleet.StartAsync(parts: time => new(
            cluster, new(),
            new TopologyWatch(new(), _ => ++asked == 1 ? throw new InvalidDataException("nobody thought of this") : Task.FromResult<(TopologyReading?, string)>((null, "")), time, NullLogger.Instance),
            static (_, _) => Task.FromResult(CheckpointReading.Failed)));
        served.Recovery!.Start();
        await Eventually.TrueAsync(() => served.Recovery.Trouble.Contains("nobody thought of this", StringComparison.Ordinal), Ample, "it is told");
        Assert.Equal(0, cluster.Reads);
        await Eventually.TrueAsync(
            () =>
            {
                served.Time.Advance(TimeSpan.FromSeconds(10));
                return cluster.Reads > 0;
            },
            Ample, "it looks");
        Assert.Equal("", served.Recovery.Trouble);
    }

    /// <summary>An empty cluster that counts how often it is read, and may cease to answer.</summary>
    private sealed class CountedCluster : IScheduler
    {
        private volatile bool _hangs;
        private int _reads;

        public string Name => "counted";

        public int Reads => Volatile.Read(ref _reads);

        public void Hang() => _hangs = true;

        public async Task<ClusterReading> ReadAsync(CancellationToken cancellation)
        {
            Interlocked.Increment(ref _reads);
            if (_hangs) await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellation);
            return new(new() { At = ServedFleet.Now, Nodes = ImmutableDictionary<string, ClusterNode>.Empty, Jobs = ImmutableDictionary<string, ClusterJob>.Empty }, "", []);
        }

        public Task<string?> DoAsync(SchedulerAct act, CancellationToken cancellation) => Task.FromResult<string?>("nothing is done here");
    }
}
