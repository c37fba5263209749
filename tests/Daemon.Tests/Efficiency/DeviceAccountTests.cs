using System.Collections.Immutable;
using Forewarn.Daemon.Efficiency;
using Forewarn.Daemon.Tests.Probes;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Efficiency;

public class DeviceAccountTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly NodeAccounts _node;
    private readonly MeasuredCard _card;

    public DeviceAccountTests()
    {
        _node = new NodeAccounts(_time);
        _card = new MeasuredCard(_time, _node);
    }

    [Fact]
    public void The_first_sample_says_nothing_about_the_time_before_it()
    {
        _card.Read(MeasuredCard.Busy(1));
        Assert.Equal(default, _card.Hour);
        Assert.True(_card.Account.HasBegun);
    }

    [Fact]
    public void Utilisation_is_summed_over_time()
    {
        _card.Read(MeasuredCard.Busy(0.5));
        _card.ReadFor(10, MeasuredCard.Busy(0.5));
        _card.ReadFor(10, MeasuredCard.Busy(0));
        Assert.Equal((20, 5, 10, 0), Rounded(_card.Hour));
        Assert.Equal(0.25, _card.Hour.MeanUtilization!.Value, 9);
        Assert.Equal(_card.Hour, _card.Account.History.Total);
    }

    [Theory]
    [InlineData(127, 0)]
    [InlineData(128, 10)]
    [InlineData(60000, 10)]
    public void Idle_with_memory_held_is_the_waste(double mebibytes, double held)
    {
        _card.Read(MeasuredCard.Holding(0, mebibytes));
        _card.ReadFor(10, MeasuredCard.Holding(0, mebibytes));
        Assert.Equal((10, 0, 10, held), Rounded(_card.Hour));
    }

    [Fact]
    public void Memory_held_by_a_busy_card_is_no_waste()
    {
        _card.Read(MeasuredCard.Holding(0.01, 60000));
        _card.ReadFor(10, MeasuredCard.Holding(0.01, 60000));
        Assert.Equal(0, _card.Hour.IdleHeld);
    }

    [Theory]
    [InlineData(600, -1, 0)] // what the driver reserves is in it
    [InlineData(2000, -1, 10)]
    [InlineData(600, 400, 10)] // its processes are known
    public void An_older_driver_counts_its_own_memory_as_used(double used, long byProcesses, double held)
    {
        _card.Workloads = [MeasuredCard.Job("7", byProcesses < 0 ? -1 : byProcesses * (long)MeasuredCard.Mebibyte)];
        Reading[] readings = [MeasuredCard.Busy(0), Reading.Of(SignalId.MemoryUsed, used * MeasuredCard.Mebibyte),
            Reading.None(SignalId.MemoryReserved, NoDataReason.SymbolMissing)];
        _card.Read(readings);
        _card.ReadFor(10, readings);
        Assert.Equal(held, _card.Hour.IdleHeld, 9);
    }

    [Fact]
    public void Without_utilisation_nothing_is_idle_or_busy_and_the_energy_is_still_known()
    {
        Reading[] readings = [Reading.None(SignalId.UtilizationGpu, NoDataReason.NotSupported), Reading.Of(SignalId.Power, 300),
            Reading.Of(SignalId.MemoryUsed, 60000 * MeasuredCard.Mebibyte)];
        _card.Read(readings);
        _card.ReadFor(10, readings);
        Assert.Equal((0, 0, 0, 0), Rounded(_card.Hour));
        Assert.False(_card.Account.HasBegun);
        Assert.Null(_card.Hour.MeanUtilization);
        Assert.Null(_card.Hour.JoulesPerBusySecond);
        Assert.Equal(300, _card.Hour.MeanWatts!.Value, 9);
    }

    [Fact]
    public void A_gap_is_neither_idle_nor_busy()
    {
        _card.Read(MeasuredCard.Busy(0));
        _time.Advance(TimeSpan.FromSeconds(5));
        _card.Read(MeasuredCard.Busy(0)); // as long as may be
        _time.Advance(TimeSpan.FromSeconds(5.001));
        _card.Read(MeasuredCard.Busy(0));
        Assert.Equal((5, 0, 5, 0), Rounded(_card.Hour));
        _card.ReadFor(1, MeasuredCard.Busy(1));
        Assert.Equal((6, 1, 5, 0), Rounded(_card.Hour));
    }

    [Fact]
    public void A_longer_period_makes_a_longer_gap()
    {
        _node.LongestGap = TimeSpan.FromSeconds(150);
        _card.Read(MeasuredCard.Busy(1));
        _time.Advance(TimeSpan.FromSeconds(150));
        _card.Read(MeasuredCard.Busy(1));
        Assert.Equal(150, _card.Hour.Busy, 9);
    }

    [Fact]
    public void Two_samples_at_one_time_count_once()
    {
        _card.Read(MeasuredCard.Busy(1));
        _card.ReadFor(1, MeasuredCard.Busy(1));
        _card.Read(MeasuredCard.Busy(1));
        Assert.Equal(1, _card.Hour.Measured, 9);
    }

    [Fact]
    public void Energy_is_the_card_s_own_counter()
    {
        _card.Read(MeasuredCard.Busy(0.5), Reading.Of(SignalId.Power, 100), Reading.Of(SignalId.Energy, 1000));
        _time.Advance(TimeSpan.FromSeconds(2));
        _card.Read(MeasuredCard.Busy(0.5), Reading.Of(SignalId.Power, 900), Reading.Of(SignalId.Energy, 1700));
        Assert.Equal((700, 2, 350, 700), (_card.Hour.Joules, _card.Hour.Powered, _card.Hour.MeanWatts, _card.Hour.JoulesPerBusySecond));
    }

    [Theory]
    [InlineData(1700, 2)] // a reset card: its counter may be higher already
    [InlineData(10, 1)]
    public void A_counter_that_started_again_is_not_subtracted(double counter, int generation)
    {
        _card.Read(MeasuredCard.Busy(1), Reading.Of(SignalId.Power, 100), Reading.Of(SignalId.Energy, 1000));
        _card.CounterGeneration = generation;
        _time.Advance(TimeSpan.FromSeconds(2));
        _card.Read(MeasuredCard.Busy(1), Reading.Of(SignalId.Power, 300), Reading.Of(SignalId.Energy, counter));
        Assert.Equal(600, _card.Hour.Joules, 9);
    }

    [Fact]
    public void Without_power_and_counter_the_energy_is_not_known()
    {
        _card.Read(MeasuredCard.Busy(1));
        _card.ReadFor(3, MeasuredCard.Busy(1), Reading.None(SignalId.Power, NoDataReason.NotSupported));
        Assert.Equal((0, 0), (_card.Hour.Joules, _card.Hour.Powered));
        Assert.Null(_card.Hour.MeanWatts);
    }

    [Fact]
    public void A_value_that_is_no_number_was_not_read()
    {
        _card.Read(MeasuredCard.Busy(1));
        _card.ReadFor(3, MeasuredCard.Busy(double.NaN), Reading.Of(SignalId.Power, double.PositiveInfinity));
        Assert.Equal(default, _card.Hour);
    }

    [Theory]
    [InlineData(SignalId.ClockEventHardwareThermal, 3)]
    [InlineData(SignalId.ClockEventSoftwareThermal, 3)]
    [InlineData(SignalId.ClockEventHardwareSlowdown, 3)]
    [InlineData(SignalId.ClockEventHardwarePowerBrake, 3)]
    [InlineData(SignalId.ClockEventSoftwarePowerCap, 0)]
    [InlineData(SignalId.ClockEventIdle, 0)]
    public void Throttled_is_what_heat_and_brake_hold_down(SignalId reason, double seconds)
    {
        _card.Read(MeasuredCard.Busy(1));
        _card.ReadFor(3, MeasuredCard.Busy(1), Reading.Of(reason, 1));
        _card.ReadFor(3, MeasuredCard.Busy(1), Reading.Of(reason, 0));
        Assert.Equal(seconds, _card.Hour.Throttled, 9);
    }

    [Fact]
    public void A_job_has_the_time_of_its_device()
    {
        _card.Workloads = [MeasuredCard.Job("4711", step: "batch"), MeasuredCard.Job("4711", step: "0")];
        _card.Read(MeasuredCard.Holding(0, 60000));
        _card.ReadFor(10, MeasuredCard.Holding(0, 60000));
        _card.Workloads = [];
        _card.ReadFor(10, MeasuredCard.Busy(0));
        Assert.Equal((10, 0, 10, 10), Rounded(Assert.Single(Jobs()).History.Total));
        Assert.Equal(_node.Clock.Now - 10, Jobs()[0].LastSeen, 6);
    }

    [Fact]
    public void Jobs_that_share_a_device_share_its_time_in_equal_parts()
    {
        _card.Workloads = [MeasuredCard.Job("1", 100), MeasuredCard.Job("2", 90000)];
        _card.Read(MeasuredCard.Busy(0.8), Reading.Of(SignalId.Power, 400));
        _card.ReadFor(10, MeasuredCard.Busy(0.8), Reading.Of(SignalId.Power, 400));
        Assert.Equal(2, Jobs().Count);
        Assert.All(Jobs(), job => Assert.Equal((5, 4, 0, 0), Rounded(job.History.Total)));
        Assert.All(Jobs(), job => Assert.Equal(2000, job.History.Total.Joules, 6));
        Assert.Equal(10, _card.Hour.Measured, 9);
    }

    [Fact]
    public void Memory_that_moves_within_a_job_allocates_nothing()
    {
        Reading[] readings = MeasuredCard.Holding(0.5, 60000);
        ImmutableArray<DeviceWorkload>[] lists = [[MeasuredCard.Job("1", 100)], [MeasuredCard.Job("1", 200)]];
        (_card.Workloads, var turn, var arrived) = (lists[0], 0, _time.GetTimestamp());
        Read();
        Read();
        Assert.Equal(0, Allocated.By(Read));

        void Read()
        {
            _card.Workloads = lists[turn++ % 2];
            _card.ReadAt(arrived += TimeSpan.TicksPerSecond, readings);
        }
    }

    [Fact]
    public void A_job_on_two_devices_has_the_time_of_both()
    {
        var other = new MeasuredCard(_time, _node) { Workloads = [MeasuredCard.Job("1")] };
        _card.Workloads = [MeasuredCard.Job("1")];
        _card.Read(MeasuredCard.Busy(1));
        other.Read(MeasuredCard.Busy(0));
        _time.Advance(TimeSpan.FromSeconds(2));
        _card.Read(MeasuredCard.Busy(1));
        other.Read(MeasuredCard.Busy(0));
        Assert.Equal((4, 2, 2, 0), Rounded(Assert.Single(Jobs()).History.Total));
    }

    [Fact]
    public void A_job_that_made_room_is_taken_up_again_when_its_device_speaks()
    {
        _card.Workloads = [MeasuredCard.Job("old")];
        _card.Read(MeasuredCard.Busy(1));
        _card.ReadFor(2, MeasuredCard.Busy(1));
        for (var i = 0; i < JobAccounts.Most; i++) _node.Jobs.Open(MeasuredCard.Job($"new{i}").Workload, _node.Clock.Now);
        Assert.Equal(1, _node.Jobs.Forgotten);
        _card.ReadFor(3, MeasuredCard.Busy(1));
        Assert.Equal(3, Jobs().Single(job => job.Workload.Id == "old").History.Total.Measured, 9);
    }

    [Fact]
    public void A_sample_costs_no_memory()
    {
        _card.Workloads = [MeasuredCard.Job("1"), MeasuredCard.Job("2")];
        Reading[] readings = [.. MeasuredCard.Holding(0.5, 6000), Reading.Of(SignalId.Energy, 1)];
        long arrived = 0;
        _card.ReadAt(arrived, readings);
        Assert.Equal(0, Allocated.By(() => _card.ReadAt(arrived += TimeSpan.TicksPerSecond, readings)));
        Assert.True(_card.Account.History.Total.Busy > 2000);
    }

    private static (double, double, double, double) Rounded(UsageSums sums) =>
        (Math.Round(sums.Measured, 6), Math.Round(sums.Busy, 6), Math.Round(sums.Idle, 6), Math.Round(sums.IdleHeld, 6));

    private IReadOnlyList<JobAccount> Jobs() => _node.Jobs.All;
}
