using Forewarn.Daemon.Probes;

namespace Forewarn.Daemon.Tests.Probes;

public class RestartPolicyTests
{
    private readonly RestartPolicy _policy = new();
    private TimeSpan _now;

    [Fact]
    public void A_probe_that_lives_ten_seconds_each_time_is_replaced_at_once_each_time()
        => Assert.All(Enumerable.Range(0, 100), _ => Assert.Equal(TimeSpan.Zero, Dies(after: 10)));

    [Fact]
    public void A_probe_that_dies_young_waits_twice_as_long_each_time_and_the_fifth_death_holds()
    {
        Assert.Equal([0.25, 0.5, 1, 2, 30], Enumerable.Range(0, 5).Select(_ => Dies(after: 1).TotalSeconds));
        Assert.True(_policy.IsHolding);
    }

    [Fact]
    public void After_a_hold_one_early_death_holds_again()
    {
        for (var i = 0; i < 5; i++) Dies(after: 1);
        Assert.Equal(30, Dies(after: 1).TotalSeconds);
        Assert.Equal(30, Dies(after: 4.9).TotalSeconds);
    }

    [Fact]
    public void After_a_hold_a_probe_that_lived_is_trusted_again()
    {
        for (var i = 0; i < 5; i++) Dies(after: 1);
        Assert.Equal(0, Dies(after: 5).TotalSeconds);
        Assert.False(_policy.IsHolding);
        Assert.Equal(0.25, Dies(after: 1).TotalSeconds);
    }

    [Fact]
    public void A_long_life_forgives_the_short_ones_before_it()
    {
        Dies(after: 1);
        Dies(after: 1);
        _now += TimeSpan.FromSeconds(60);
        _policy.Settled();
        Assert.Equal(0.25, Dies(after: 1).TotalSeconds);
    }

    [Fact]
    public void Deaths_every_six_seconds_hold_too_since_they_never_stop()
        => Assert.Equal([0, 0, 0, 0, 30], Enumerable.Range(0, 5).Select(_ => Dies(after: 6).TotalSeconds));

    [Fact]
    public void Doubling_ends_at_its_limit_and_never_overflows()
    {
        var (first, longest) = (TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));
        Assert.Equal(first, RestartPolicy.Doubled(first, 0, longest));
        Assert.Equal(TimeSpan.FromSeconds(256), RestartPolicy.Doubled(first, 8, longest));
        Assert.All((int[])[9, 19, 20, 63, 64, 1000, int.MaxValue], times => Assert.Equal(longest, RestartPolicy.Doubled(first, times, longest)));
    }

    /// <summary>The probe lives so long and dies; the next one starts after the wait that is returned.</summary>
    private TimeSpan Dies(double after)
    {
        _now += TimeSpan.FromSeconds(after);
        var wait = _policy.AfterDeath(_now, TimeSpan.FromSeconds(after));
        _now += wait;
        return wait;
    }
}
