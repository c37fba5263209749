using System.Collections.Immutable;
using Forewarn.Daemon.Efficiency;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Efficiency;

/// <summary>One card whose samples a test makes, on a clock that the test moves.</summary>
internal sealed class MeasuredCard(ManualTimeProvider time, NodeAccounts node)
{
    public const double Mebibyte = 1 << 20;

    private readonly Sample _sample = new();

    public DeviceAccount Account { get; } = new();

    public ImmutableArray<DeviceWorkload> Workloads { get; set; } = [];

    public int CounterGeneration { get; set; } = 1;

    public UsageSums Hour => Account.History.Over(UsageWindow.Hour, node.Clock.Now);

    public UsageSums Day => Account.History.Over(UsageWindow.Day, node.Clock.Now);

    public static DeviceWorkload Job(string id, long memory = -1, string step = "0", int user = 1000) =>
        new(new Workload { Manager = WorkloadOrigin.Slurm, Id = id, Step = step, User = user }, 1, memory);

    public static Reading Busy(double utilization) => Reading.Of(SignalId.UtilizationGpu, utilization);

    public static Reading[] Holding(double utilization, double mebibytes) =>
        [Busy(utilization), Reading.Of(SignalId.MemoryUsed, mebibytes * Mebibyte), Reading.Of(SignalId.MemoryReserved, 551 * Mebibyte)];

    /// <summary>A sample now.</summary>
    public void Read(params ReadOnlySpan<Reading> readings) => ReadAt(time.GetTimestamp(), readings);

    /// <summary>A sample that arrived at this monotonic timestamp.</summary>
    public void ReadAt(long arrived, params ReadOnlySpan<Reading> readings)
    {
        _sample.Clear();
        (_sample.Arrived, _sample.CounterGeneration) = (arrived, CounterGeneration);
        foreach (var reading in readings) Assert.True(_sample.Add(reading));
        Account.Take(_sample, Workloads, node);
    }

    /// <summary>A sample each second, for so many seconds from now.</summary>
    public void ReadFor(int seconds, params ReadOnlySpan<Reading> readings)
    {
        for (var i = 0; i < seconds; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Read(readings);
        }
    }
}
