using Forewarn.Daemon.Roles;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Roles;

public class ProgressWatchTests
{
    private readonly ManualTimeProvider _time = new();
    private long _host;
    private long? _assessed;

    [Fact]
    public void Loops_that_turn_are_fine_however_seldom_they_are_looked_at()
    {
        var watch = Watch();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(15));
            _host++;
            Assert.Null(watch.Stuck());
        }
    }

    [Fact]
    public void A_supervisor_that_stands_still_for_more_than_ten_seconds_is_named()
    {
        var watch = Watch();
        Assert.True(watch.HasTurned());
        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.True(watch.HasTurned());
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("the supervisor of source nvml stands still", watch.Stuck());
        _host++;
        Assert.Null(watch.Stuck());
    }

    [Fact]
    public void An_assessment_that_has_nothing_to_do_does_not_stand_still()
    {
        var watch = Watch();
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            _host++;
            Assert.Null(watch.Stuck());
        }
    }

    [Fact]
    public void An_assessment_with_samples_before_it_that_takes_none_is_named()
    {
        var watch = Watch();
        _assessed = 5;
        Assert.Null(watch.Stuck());
        Advance(6);
        Assert.Null(watch.Stuck());
        Advance(6);
        Assert.Equal("the assessment stands still", watch.Stuck());
        _assessed = 6;
        Assert.Null(watch.Stuck());
        Advance(6);
        _assessed = null;
        Assert.Null(watch.Stuck());
    }

    private void Advance(int seconds)
    {
        _time.Advance(TimeSpan.FromSeconds(seconds));
        _host++;
    }

    private ProgressWatch Watch() => new([("nvml", () => _host)], () => _assessed, _time);
}
