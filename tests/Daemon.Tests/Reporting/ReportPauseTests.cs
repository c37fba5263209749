using Forewarn.Daemon.Reporting;

namespace Forewarn.Daemon.Tests.Reporting;

public class ReportPauseTests
{
    private static readonly ReportAnswer Away = new(ReportVerdict.Unreachable, "no connection");

    [Fact]
    public void Waits_grow_to_half_a_minute_and_begin_anew_after_a_success()
    {
        var pause = new ReportPause(() => 1);
        Assert.Equal([1, 2, 4, 8, 16, 30, 30], Enumerable.Range(0, 7).Select(_ => pause.After(Away).TotalSeconds));
        Assert.Equal(11, pause.Beat().TotalSeconds);
        Assert.Equal(1, pause.After(Away).TotalSeconds);
    }

    [Fact]
    public void A_wait_is_anything_up_to_that_but_never_nothing()
    {
        var pause = new ReportPause(() => 0);
        Assert.All(Enumerable.Range(0, 7), _ => Assert.Equal(0.1, pause.After(Away).TotalSeconds));
        Assert.Equal((9, 0), (pause.Beat().TotalSeconds, pause.Start().TotalSeconds));
    }

    [Fact]
    public void What_needs_somebody_is_not_tried_in_haste() =>
        Assert.Equal(30, new ReportPause(() => 1).After(new(ReportVerdict.Unknown)).TotalSeconds);

    [Theory]
    [InlineData(20, 22)]
    [InlineData(0, 1)]
    [InlineData(86400, 660)] // ten minutes, and a tenth more
    public void At_least_as_long_as_was_asked_for_within_reason(int asked, double seconds) =>
        Assert.Equal(seconds, new ReportPause(() => 1).After(new(ReportVerdict.Throttled) { RetryAfter = TimeSpan.FromSeconds(asked) }).TotalSeconds);
}
