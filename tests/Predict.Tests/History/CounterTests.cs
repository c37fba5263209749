using Forewarn.Model;

namespace Forewarn.Predict.Tests.History;

public class CounterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TestNode _node = new(1);

    private CounterTests Count(double value, double after = 1, SignalId signal = SignalId.EccCorrected, SampleGroup lane = SampleGroup.Fast)
    {
        _node.Now += TimeSpan.FromSeconds(after);
        _node.Read(0, lane, Reading.Of(signal, value));
        return this;
    }

    private double Growth(TimeSpan window, SignalId signal = SignalId.EccCorrected) => _node.Card(0).Increase(signal, window, _node.Now);

    [Fact]
    public void What_it_shows_first_is_no_growth()
    {
        Count(1_000_000);
        Assert.Equal(0, Growth(Minute));
        Count(1_000_003);
        Assert.Equal(3, Growth(Minute));
    }

    [Fact]
    public void A_fall_is_a_beginning_and_never_a_burst()
    {
        Count(500).Growth(Minute);
        Count(510).Count(4).Count(6);
        Assert.Equal(12, Growth(Minute));
    }

    [Fact]
    public void At_a_reset_no_counter_grows_whatever_it_shows()
    {
        Count(100).Growth(Minute);
        _node.Reset(0);
        Count(17_000);
        Assert.Equal(0, Growth(Minute));
        Count(17_001);
        Assert.Equal(1, Growth(Minute));
    }

    [Fact]
    public void Under_another_driver_a_counter_may_count_otherwise()
    {
        _node.Node.DriverIs("nvml", "535.1", _node.Now);
        Count(100).Growth(Minute);
        _node.Node.DriverIs("nvml", "570.1", _node.Now);
        Count(17_000);
        Assert.Equal(0, Growth(Minute));
    }

    [Fact]
    public void A_counter_that_wraps_grows_between_two_wraps()
    {
        Count(4_000_000_000, signal: SignalId.PcieSent).Growth(Minute, SignalId.PcieSent);
        Count(4_000_000_100, signal: SignalId.PcieSent).Count(5, signal: SignalId.PcieSent).Count(25, signal: SignalId.PcieSent);
        Assert.Equal(120, Growth(Minute, SignalId.PcieSent));
        Assert.Equal(default, _node.Card(0).CountersBegan);
    }

    [Fact]
    public void Growth_across_a_gap_counts_once_and_into_windows_as_long_as_the_gap_alone()
    {
        Count(100).Growth(Minute);
        Growth(Hour);
        Count(101).Count(3701, after: 3000);
        Assert.Equal((0, 3601), (Growth(Minute), Growth(Hour)));
        Count(3702);
        Assert.Equal((1, 3602), (Growth(Minute), Growth(Hour)));
    }

    [Fact]
    public void A_slow_lane_and_a_slow_site_have_no_gaps()
    {
        for (var i = 0; i < 10; i++) Count(100 + i, after: 61, lane: SampleGroup.Slow).Growth(Minute);
        Assert.InRange(Growth(Minute), 0.9, 2);
        for (var i = 0; i < 20; i++) Count(200 + i, after: 30, signal: SignalId.PcieReplays).Growth(TimeSpan.FromSeconds(10), SignalId.PcieReplays);
        Assert.Equal(1, Growth(TimeSpan.FromSeconds(10), SignalId.PcieReplays));
    }

    [Fact]
    public void The_first_question_is_answered_with_what_is_known_to_lie_in_the_window()
    {
        Count(100);
        for (var i = 1; i <= 300; i++) Count(100 + i);
        Assert.Equal((0, 300), (Growth(Minute), Growth(Hour)));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-1)]
    public void What_no_counter_can_show_is_refused(double value)
    {
        Count(100).Growth(Minute);
        Count(value);
        Assert.Equal((NoDataReason.Invalid, 1), (_node.Card(0).Last(SignalId.EccCorrected).Absence, _node.Card(0).Refused));
        Count(102);
        Assert.Equal(2, Growth(Minute));
        Assert.Equal(default, _node.Card(0).CountersBegan);
    }

    [Fact]
    public void A_gauge_may_be_below_zero()
    {
        _node.Read(0, SignalId.TemperatureMargin, -3);
        Assert.True(_node.Card(0).TryGet(SignalId.TemperatureMargin, out var margin));
        Assert.Equal((-3, 0), (margin, _node.Card(0).Refused));
    }

    [Fact]
    public void A_clock_that_is_set_back_neither_heaps_growth_up_nor_loses_it()
    {
        Count(0);
        for (var i = 1; i <= 100; i++) Count(i).Growth(Minute);
        _node.Now -= TimeSpan.FromHours(2);
        for (var i = 101; i <= 400; i++)
        {
            Count(i);
            Assert.InRange(_node.Card(0).Increase(SignalId.EccCorrected, Minute, Judging()), 58, 62);
        }
    }

    [Fact]
    public void A_clock_that_is_set_forward_makes_no_burst()
    {
        Count(0);
        for (var i = 1; i <= 100; i++) Count(i).Growth(Minute);
        Count(101, after: 86_400);
        Assert.Equal(0, Growth(Minute));
    }

    [Fact]
    public void Counters_that_all_begin_anew_together_mean_a_driver_that_was_loaded()
    {
        var node = new TestNode(2);
        for (var card = 0; card < 2; card++) node.Read(card, SignalId.Energy, 100);
        node.Pass(10);
        node.Reset(0).Read(0, SignalId.Energy, 1).Pass(5);
        Assert.True(node.Node.DriverLoaded < TestNode.Start);
        node.Reset(1).Read(1, SignalId.Energy, 1).Ask();
        Assert.Equal((node.Now, true), (node.Node.DriverLoaded, node.Node.IsInGrace));
    }

    private DateTimeOffset Judging() => _node.Card(0).Sampled;
}
