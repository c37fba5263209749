using System.Runtime.CompilerServices;
using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Tests.Peers;

public class PeerStateTests
{
    private static readonly PeerSheet Sheet = PeerSheet.Of(PeerSignal.Temperature);

    private PeerState _state;
    private DateTimeOffset _now = TestNode.Start;

    [Fact]
    public void A_state_is_64_bytes_and_a_rate_32()
    {
        Assert.Equal((64, PeerState.Size), (Unsafe.SizeOf<PeerState>(), 64));
        Assert.Equal((32, CounterRate.Size), (Unsafe.SizeOf<CounterRate>(), 32));
    }

    [Fact]
    public void Minutes_are_averaged_by_hand()
    {
        Minute(1);
        Minute(0);
        Minute(3);
        Assert.Equal(3, _state.Filled);
        Assert.Equal((1 * 0.81) + (3 * 0.1), _state.Average, 1e-6); // 1; then 0.9·1 + 0.1·0; then 0.9·0.9 + 0.1·3
        Assert.Equal(4.0 / 3, _state.Mean(3), 1e-6);
        Assert.Equal(1.5, _state.Mean(2), 1e-6);
        Assert.Equal((0.0, 3.0), (_state.Smallest(3), _state.Largest(3)));
        Assert.Equal(double.NaN, _state.Mean(4));
    }

    [Fact]
    public void A_minute_is_the_mean_of_its_samples()
    {
        for (var i = 0; i <= 60; i++)
        {
            _state.Take(i % 2 == 0 ? 4 : 2, _now, Sheet);
            _now += TimeSpan.FromSeconds(1);
        }

        Assert.Equal(1, _state.Filled);
        Assert.Equal(((31 * 4) + (30 * 2)) / 61.0, _state.Mean(1), 0.002); // half precision
    }

    [Fact]
    public void A_gap_begins_the_minute_anew()
    {
        for (var i = 0; i < 59; i++) Second(10);
        _now += Sheet.Gap + TimeSpan.FromSeconds(1);
        for (var i = 0; i < 60; i++) Second(2);
        Assert.Equal(0, _state.Filled);
        Second(2);
        Assert.Equal((1, 2.0), (_state.Filled, _state.Mean(1)));
    }

    [Fact]
    public void Ten_minutes_are_kept()
    {
        for (var i = 0; i < 25; i++) Minute(i);
        Assert.Equal((10, 15.0, 24.0), (_state.Filled, _state.Smallest(10), _state.Largest(10)));
    }

    [Fact]
    public void A_habit_is_learned_in_half_an_hour_and_a_step_from_it_found_in_minutes()
    {
        for (var i = 0; i < 29; i++) Minute(5 + (i % 2));
        Assert.False(_state.HasHabit);
        Minute(5.5);
        Assert.True(_state.HasHabit);
        Assert.Equal(5.5, _state.Offset, 0.05);
        for (var i = 0; i < 5000; i++) Minute(5 + (i % 2));
        Assert.Equal(0, _state.Cusum.Up);

        // 6 °C above, in units of the least spread of 1.5 °C: 4 − ½ a minute, 15 in five minutes.
        for (var i = 0; i < 4; i++) Minute(11.5);
        Assert.True(_state.Cusum.Up < Cusum.Limit);
        Minute(11.5);
        Assert.True(_state.Cusum.Up >= Cusum.Limit);
    }

    [Fact]
    public void A_fault_does_not_become_habit()
    {
        for (var i = 0; i < 60; i++) Minute(0);
        for (var i = 0; i < 3000; i++) Minute(20);
        Assert.Equal(0, _state.Offset, 0.1);
        Assert.True(_state.Cusum.Up >= Cusum.Limit);
    }

    private void Second(double residual)
    {
        _now += TimeSpan.FromSeconds(1);
        _state.Take(residual, _now, Sheet);
    }

    private void Minute(double residual)
    {
        var filled = 0;
        for (; filled == 0; _now += TimeSpan.FromSeconds(1)) filled = _state.Take(residual, _now, Sheet) ? 1 : 0;
    }
}
