using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Tests.Peers;

public class PeerStatesTests
{
    [Fact]
    public void What_is_saved_comes_back_byte_for_byte_and_goes_on()
    {
        var fleet = new Fleet(3) { IsBusy = true, Heat = 4 };
        fleet.Run(1300);
        var bytes = new byte[PeerStates.SavedSize];
        Assert.Equal(bytes.Length, fleet.Histories[2].Peers.Save(bytes));
        var restored = new PeerStates();
        Assert.True(restored.Load(bytes));
        var again = new byte[PeerStates.SavedSize];
        restored.Save(again);
        Assert.Equal(bytes, again);
        Assert.Equal(10, restored[PeerSignal.Temperature].Filled);
        Assert.Equal(fleet.Histories[2].Peers[PeerSignal.Temperature].Average, restored[PeerSignal.Temperature].Average);
        Assert.True(PeerStates.SavedSize <= 512);
    }

    [Fact]
    public void Bytes_of_another_layout_or_length_change_nothing()
    {
        var states = new PeerStates();
        var bytes = new byte[PeerStates.SavedSize];
        states.Save(bytes);
        bytes[0]++;
        bytes[100] = 200;
        Assert.False(states.Load(bytes));
        Assert.False(states.Load(bytes.AsSpan(1)));
        Assert.False(states.Load([]));
        var after = new byte[PeerStates.SavedSize];
        states.Save(after);
        Assert.Equal(0, after[100]);
    }

    [Fact]
    public void A_new_driver_or_new_counters_start_all_anew()
    {
        var fleet = new Fleet(3) { IsBusy = true };
        fleet.Run(700);
        Assert.Equal(10, fleet.Histories[0].Peers[PeerSignal.Clock].Filled);
        fleet.Node.DriverLoaded = fleet.Now;
        fleet.Run(2);
        Assert.All(fleet.Histories, card => Assert.Equal(0, card.Peers[PeerSignal.Clock].Filled));
        fleet.Run(700);
        fleet.CounterGeneration++;
        fleet.Run(2);
        Assert.All(fleet.Histories, card => Assert.Equal(0, card.Peers[PeerSignal.Clock].Filled));
    }

    [Fact]
    public void A_counter_counts_what_grows_and_forgets_half_in_a_day()
    {
        var rate = default(CounterRate);
        var now = TestNode.Start;
        rate.Take(100, now);
        rate.Take(106, now += TimeSpan.FromMinutes(6));
        Assert.Equal((6.0, 0.1), (rate.Events, rate.Hours), new Near());
        for (var i = 0; i < 240; i++) rate.Take(106, now += TimeSpan.FromMinutes(6));
        Assert.Equal(3, rate.Events, 1e-6);
    }

    [Fact]
    public void A_counter_that_fell_or_was_not_read_counts_nothing()
    {
        var rate = default(CounterRate);
        var now = TestNode.Start;
        rate.Take(100, now);
        rate.Take(40, now += TimeSpan.FromMinutes(1));
        rate.Take(9000, now += TimeSpan.FromHours(2));
        Assert.Equal((0.0, 0.0), (rate.Events, rate.Hours));
    }

    private sealed class Near : IEqualityComparer<(double, double)>
    {
        public bool Equals((double, double) x, (double, double) y) => Math.Abs(x.Item1 - y.Item1) < 1e-9 && Math.Abs(x.Item2 - y.Item2) < 1e-9;

        public int GetHashCode((double, double) obj) => 0;
    }
}
