using Forewarn.Daemon.Sampling;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Sampling;

public class LaneClockTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly LaneClock _clock;

    public LaneClockTests() => _clock = new LaneClock(TimeSpan.FromSeconds(1), _time);

    [Fact]
    public void Turns_stand_on_a_grid_however_long_a_sweep_takes()
    {
        Assert.Equal(0.9, SweepOf(0.1));
        Assert.Equal(0.6, SweepOf(0.4));
        Assert.Equal(1, SweepOf(0));
    }

    [Fact]
    public void A_late_sweep_does_not_shift_the_later_ones()
    {
        Assert.Equal(0.7, SweepOf(1.3));
        Assert.Equal(0.9, SweepOf(0.1));
    }

    [Fact]
    public void Missed_turns_are_left_out_and_not_made_up_for()
    {
        Assert.Equal(0.5, SweepOf(10.5));
        Assert.Equal(1, SweepOf(0));
    }

    [Fact]
    public void A_sweep_that_ends_on_a_turn_waits_for_the_next()
        => Assert.Equal(1, SweepOf(1));

    [Fact]
    public void There_is_no_drift_in_a_year_of_fifty_millisecond_turns()
    {
        var clock = new LaneClock(TimeSpan.FromMilliseconds(50), _time);
        _time.Advance(TimeSpan.FromDays(365) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(49), clock.UntilNext());
    }

    /// <summary>A sweep that takes so long, then the wait, in seconds.</summary>
    private double SweepOf(double seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        var wait = _clock.UntilNext();
        _time.Advance(wait);
        return wait.TotalSeconds;
    }
}
