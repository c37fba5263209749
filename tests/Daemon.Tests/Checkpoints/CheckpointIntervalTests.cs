using Forewarn.Daemon.Checkpoints;

namespace Forewarn.Daemon.Tests.Checkpoints;

public class CheckpointIntervalTests
{
    [Theory]
    // By hand: 1,024 GPUs are 128 nodes; 86,400 / (128 · 0.0065) = 103,846 s between failures; sqrt(2 · 60 · 103,846) = 3,530 s.
    [InlineData(60, 128, 0.0065, 3530)]
    // One node, 2.34 failures in 1,000 node-days, 30 s a checkpoint: sqrt(2 · 30 · 36,923,077) = 47,068 s.
    [InlineData(30, 1, 0.00234, 47068)]
    public void The_best_interval_is_Young_and_Dalys(double cost, double nodes, double rate, double seconds) =>
        Assert.Equal(seconds, new CheckpointInterval(cost, CheckpointInterval.MeanTime(nodes, rate), 0).Best, 1.0);

    [Fact]
    public void Where_a_checkpoint_takes_half_the_time_between_failures_nothing_helps()
    {
        var figures = new CheckpointInterval(600, 1000, 60);
        Assert.True(figures.IsHopeless);
        Assert.Equal(1000, figures.Best);
    }

    [Theory]
    [InlineData(30, 50_000, 388)]
    [InlineData(60, 10_000, 600)]
    [InlineData(5, 3_600, 120)]
    public void The_estimate_is_within_five_hundredths_of_a_simulation(double cost, double mean, double restart)
    {
        var figures = new CheckpointInterval(cost, mean, restart);
        foreach (var interval in (double[])[figures.Best / 3, figures.Best, 3 * figures.Best])
        {
            var simulated = Simulate(figures, interval, 200_000);
            Assert.InRange(figures.EffectiveShare(interval), 0.95 * simulated, 1.05 * simulated);
        }
    }

    [Theory]
    [InlineData(30, 50_000)]
    [InlineData(60, 10_000)]
    public void Neither_more_nor_less_often_is_better(double cost, double mean)
    {
        var figures = new CheckpointInterval(cost, mean, 300);
        Assert.True(figures.EffectiveShare(figures.Best) > figures.EffectiveShare(figures.Best / 2));
        Assert.True(figures.EffectiveShare(figures.Best) > figures.EffectiveShare(figures.Best * 2));
    }

    /// <summary>Works, writes, fails at random and restarts, a failure in the restart included; the share of the time that was not lost.</summary>
    private static double Simulate(CheckpointInterval figures, double interval, int segments)
    {
        var random = new Random(1);
        double clock = 0, next = Exponential();
        for (var done = 0; done < segments;)
        {
            if (clock + interval + figures.Cost <= next)
            {
                clock += interval + figures.Cost;
                done++;
                continue;
            }

            // The restart may itself be hit: it begins anew.
            do
            {
                clock = next;
                next = clock + Exponential();
            }
            while (clock + figures.Restart > next);

            clock += figures.Restart;
        }

        return segments * interval / clock;

        double Exponential() => -figures.MeanTimeToFailure * Math.Log(1 - random.NextDouble());
    }
}
