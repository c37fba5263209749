using Forewarn.Predict.History;

namespace Forewarn.Predict.Tests.History;

public class RollingSumTests
{
    private static readonly DateTimeOffset Start = TestNode.Start;
    private readonly RollingSum _sum = new(TimeSpan.FromMinutes(1));

    [Fact]
    public void A_steady_rate_is_told_exactly()
    {
        for (var second = 0.0; second <= 600; second += 0.5)
        {
            _sum.Add(1, Start + TimeSpan.FromSeconds(second));
            if (second > 70) Assert.InRange(_sum.Total(Start + TimeSpan.FromSeconds(second)), 119, 121);
        }
    }

    [Fact]
    public void One_event_stays_for_the_window_and_leaves_within_a_twelfth_of_it()
    {
        var at = Start + TimeSpan.FromSeconds(1.5);
        _sum.Add(1, at);
        Assert.Equal(1, _sum.Total(at + TimeSpan.FromSeconds(54)));
        Assert.InRange(_sum.Total(at + TimeSpan.FromSeconds(60)), 0.01, 0.99);
        Assert.Equal(0, _sum.Total(at + TimeSpan.FromSeconds(65)));
    }

    [Fact]
    public void Large_amounts_do_not_swallow_small_ones()
    {
        _sum.Add(1e12, Start);
        for (var i = 0; i < 100; i++) _sum.Add(1, Start);
        Assert.Equal(1e12 + 100, _sum.Total(Start));
    }

    [Fact]
    public void A_jump_forward_empties_it_and_an_older_time_counts_as_now()
    {
        _sum.Add(7, Start);
        Assert.Equal(0, _sum.Total(Start + TimeSpan.FromDays(3000)));
        _sum.Add(2, Start);
        Assert.Equal(2, _sum.Total(Start));
        Assert.Equal(2, _sum.Total(Start + TimeSpan.FromDays(3000)));
    }

    [Fact]
    public void What_is_taken_back_was_added_last_and_is_never_more_than_was_added()
    {
        _sum.Add(3, Start);
        _sum.Add(2, Start + TimeSpan.FromSeconds(20));
        _sum.Withdraw(4, Start + TimeSpan.FromSeconds(26));
        Assert.Equal(1, _sum.Total(Start + TimeSpan.FromSeconds(26)));
        Assert.Equal(0, _sum.Total(Start + TimeSpan.FromSeconds(70)));
        _sum.Withdraw(5, Start + TimeSpan.FromSeconds(70));
        Assert.Equal(0, _sum.Total(Start + TimeSpan.FromSeconds(70)));
    }

    [Fact]
    public void On_a_clock_that_is_ahead_the_same_leaves_as_much_later()
    {
        var ahead = TimeSpan.FromDays(30);
        _sum.Add(3, Start);
        _sum.Add(2, Start + TimeSpan.FromSeconds(20));
        var shifted = _sum.Shifted(ahead);
        Assert.Equal(5, shifted.Total(Start + ahead + TimeSpan.FromSeconds(25)));
        Assert.Equal(0, shifted.Total(Start + ahead + TimeSpan.FromSeconds(90)));
        Assert.Equal(0, new RollingSum(TimeSpan.FromHours(1)).Shifted(ahead).Total(Start));
    }
}
