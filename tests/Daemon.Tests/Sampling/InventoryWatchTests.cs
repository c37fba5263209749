using Forewarn.Daemon.Probes;
using Forewarn.Daemon.Sampling;
using Forewarn.Model;

namespace Forewarn.Daemon.Tests.Sampling;

public sealed class InventoryWatchTests : IDisposable
{
    private readonly LaneBench _bench;
    private readonly List<string> _calls = [];

    public InventoryWatchTests()
    {
        var source = new DoubleSource("0000:18:00.0", "0000:5d:00.0");
        _bench = new LaneBench(source, SampleGroup.Slow);
        source.During = name => _calls.Add($"{name}: {(_bench.Slots.Read(ProbeLane.Slow) is { } call ? $"{call.Device} {call.Call}" : "unannounced")}");
    }

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Every_call_is_announced()
    {
        _bench.Devices.Answered(1, hasValues: false);
        var watch = Watch();
        watch.HasChanged();
        _bench.Time.Advance(_bench.Settings.Inventory);
        watch.HasChanged();
        Assert.Equal(
            [
                "count: - count", "parts 0: 0000:18:00.0 parts", "refind 1: 0000:5d:00.0 refind",
                "count: - count", "parts 0: 0000:18:00.0 parts", "refind 1: 0000:5d:00.0 refind", "identity 0: 0000:18:00.0 identity",
            ],
            _calls);
    }

    [Fact]
    public void A_card_that_was_cut_into_other_parts_is_a_change()
    {
        var watch = Watch();
        Assert.False(watch.HasChanged());
        _bench.Source.Recut.Add(0);
        Assert.True(watch.HasChanged());
    }

    [Fact]
    public void Another_number_of_devices_is_a_change_and_no_answer_is_none()
    {
        var watch = Watch();
        Assert.False(watch.HasChanged());
        _bench.Source.Count = -1;
        Assert.False(watch.HasChanged());
        _bench.Source.Count = 1;
        Assert.True(watch.HasChanged());
    }

    [Fact]
    public void A_device_without_a_handle_that_gives_one_is_a_change()
    {
        var source = new DoubleSource("0000:18:00.0");
        source.Unreachable.Add(0);
        using var bench = new LaneBench(source, SampleGroup.Slow);
        var watch = new InventoryWatch(source, bench.Devices, bench.Guard, bench.Settings, bench.Time);
        Assert.False(watch.HasChanged());
        source.Refindable.Add(0);
        Assert.True(watch.HasChanged());
    }

    [Fact]
    public void A_lost_device_that_answers_again_goes_on_with_its_new_handle_and_is_no_change()
    {
        var watch = Watch();
        _bench.Devices.Answered(1, hasValues: false);
        _bench.Source.Refindable.Add(1);
        Assert.False(watch.HasChanged());
    }

    [Fact]
    public void Who_a_device_is_is_looked_at_on_the_long_period_only()
    {
        var watch = Watch();
        _bench.Source.Renamed.Add(1);
        Assert.False(watch.HasChanged());
        _bench.Time.Advance(_bench.Settings.Inventory);
        Assert.True(watch.HasChanged());
    }

    [Fact]
    public void A_device_that_does_not_answer_is_not_asked_who_it_is_but_costs_a_new_session_once_a_period()
    {
        var watch = Watch();
        _bench.Devices.Answered(0, hasValues: false);
        Assert.False(watch.HasChanged());
        _bench.Time.Advance(_bench.Settings.Inventory);
        Assert.True(watch.HasChanged());
        Assert.DoesNotContain(_calls, call => call.StartsWith("identity", StringComparison.Ordinal));
    }

    [Fact]
    public void A_device_that_still_gave_a_handle_and_then_gives_none_is_a_change()
    {
        var watch = Watch();
        _bench.Devices.Answered(1, hasValues: false);
        _bench.Source.Refindable.Add(1);
        Assert.False(watch.HasChanged());
        _bench.Source.Refindable.Clear();
        Assert.True(watch.HasChanged());
    }

    [Fact]
    public void A_driver_that_does_not_count_is_a_change_only_when_no_device_would_show_it()
    {
        var source = new DoubleSource("0000:18:00.0") { Count = -1 };
        source.Unreachable.Add(0);
        using var bench = new LaneBench(source, SampleGroup.Slow);
        Assert.True(new InventoryWatch(source, bench.Devices, bench.Guard, bench.Settings, bench.Time).HasChanged());
    }

    private InventoryWatch Watch() => new(_bench.Source, _bench.Devices, _bench.Guard, _bench.Settings, _bench.Time);
}
