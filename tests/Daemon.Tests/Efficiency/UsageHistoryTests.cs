using System.Text.Json;
using Forewarn.Daemon.Efficiency;

namespace Forewarn.Daemon.Tests.Efficiency;

public class UsageHistoryTests
{
    private const double Midnight = 20_000 * 86_400.0;

    private readonly UsageHistory _history = new();

    [Fact]
    public void What_crosses_a_minute_is_split_where_it_ends()
    {
        _history.Add(Busy(10), Midnight + 55, Midnight + 65);
        Assert.Equal([5.0, 5.0], Stored(0).Minutes.Select(minute => minute.Sums[1]));
        Assert.Equal([10.0], Stored(0).Hours.Select(hour => hour.Sums[1]));
        Assert.Equal(10, _history.Total.Busy, 9);
    }

    [Fact]
    public void What_crosses_an_hour_is_split_too()
    {
        _history.Add(Busy(150), Midnight + 3500, Midnight + 3650);
        Assert.Equal([100.0, 50.0], Stored(0).Hours.Select(hour => hour.Sums[1]));
        Assert.Equal([40.0, 60.0, 50.0], Stored(0).Minutes.Select(minute => minute.Sums[1]));
    }

    [Theory]
    [InlineData(3599, 3600, 3600)]
    [InlineData(3600, 3540, 3600)] // a minute has begun: the first of the sixty is the 61st
    [InlineData(7139, 60, 3600)]
    [InlineData(7140, 0, 3600)]
    [InlineData(86_399, 0, 3600)]
    [InlineData(86_400, 0, 0)]
    public void A_window_is_the_stretch_that_runs_and_the_full_ones_before_it(int now, double hour, double day)
    {
        for (var i = 0; i < 3600; i++) _history.Add(Busy(1), Midnight + i, Midnight + i + 1);
        Assert.Equal(hour, _history.Over(UsageWindow.Hour, Midnight + now).Busy, 6);
        Assert.Equal(day, _history.Over(UsageWindow.Day, Midnight + now).Busy, 6);
    }

    [Fact]
    public void A_day_is_kept_in_84_buckets()
    {
        for (var i = 0; i < 3 * 86_400; i += 30) _history.Add(Busy(30), Midnight + i, Midnight + i + 30);
        var stored = Stored(0);
        Assert.Equal((60, 24), (stored.Minutes.Count, stored.Hours.Count));
        Assert.Equal(86_400, _history.Over(UsageWindow.Day, Midnight + (3 * 86_400) - 1).Busy, 3);
        Assert.Equal(3 * 86_400, _history.Total.Busy, 3);
    }

    [Fact]
    public void What_was_stored_comes_back_beside_what_is_new_and_does_not_count_as_done_since()
    {
        _history.Add(Busy(30), Midnight, Midnight + 30);
        var later = new UsageHistory();
        later.Add(Busy(20), Midnight + 40, Midnight + 60);
        later.Restore(Stored(0), Midnight + 70);
        Assert.Equal(50, later.Over(UsageWindow.Hour, Midnight + 70).Busy, 9);
        Assert.Equal(50, later.Over(UsageWindow.Day, Midnight + 70).Busy, 9);
        Assert.Equal(20, later.Total.Busy, 9);
    }

    [Fact]
    public void Where_the_wall_clock_was_set_the_stored_follows_it()
    {
        _history.Add(Busy(30), Midnight, Midnight + 30);
        var stored = Stored(2 * 3600);
        Assert.Equal((long)(Midnight / 60) + 120, Assert.Single(stored.Minutes).Number);
        Assert.Equal((long)(Midnight / 3600) + 2, Assert.Single(stored.Hours).Number);
    }

    [Fact]
    public void What_lies_after_now_is_not_restored()
    {
        _history.Add(Busy(30), Midnight + 7200, Midnight + 7230);
        var earlier = new UsageHistory();
        earlier.Restore(Stored(0), Midnight);
        earlier.Add(Busy(5), Midnight, Midnight + 5);
        Assert.Equal(5, earlier.Over(UsageWindow.Day, Midnight + 7300).Busy, 9);
    }

    // As the file has it, in the order of time.
    private StoredHistory Stored(double shift)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes)) _history.WriteTo(json, shift);
        var stored = JsonSerializer.Deserialize(bytes.ToArray(), StoredAccountsJson.Default.StoredHistory)!;
        return new([.. stored.Minutes.OrderBy(minute => minute.Number)], [.. stored.Hours.OrderBy(hour => hour.Number)]);
    }

    private static UsageSums Busy(double seconds) => new() { Measured = seconds, Busy = seconds };
}
