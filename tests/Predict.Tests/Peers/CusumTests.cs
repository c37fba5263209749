using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Tests.Peers;

public class CusumTests
{
    [Fact]
    public void It_adds_up_what_exceeds_the_allowance()
    {
        var sums = default(Cusum);
        foreach (var residual in (double[])[1.0, 0.2, 2.0]) sums.Step(residual);
        Assert.Equal(0.5 - 0.3 + 1.5, sums.Up, 1e-6);
        Assert.Equal(0, sums.Down);
        sums.Step(-3);
        Assert.Equal((0f, 2.5f), (sums.Up, sums.Down));
    }

    [Fact]
    public void The_limit_lets_a_healthy_card_be_for_ten_million_steps()
    {
        // Siegmund's approximation of the run length to a false alarm, for both sides together, with an allowance of 1/2.
        var b = Cusum.Limit + 1.166;
        Assert.InRange(Math.Exp(b) - b - 1, 1e7, 2e7);
    }

    /// <summary>Average run lengths to an alarm, two-sided, allowance 1/2: Montgomery, Statistical Quality Control, table 9.3.</summary>
    [Theory]
    [InlineData(4, 0.0, 168)]
    [InlineData(5, 0.0, 465)]
    [InlineData(4, 1.0, 8.38)]
    [InlineData(5, 1.0, 10.4)]
    [InlineData(5, 2.0, 4.01)]
    public void Run_lengths_are_those_of_the_tables(double limit, double shift, double expected)
    {
        var random = new Random(20260301);
        const int runs = 4000;
        var steps = 0L;
        for (var run = 0; run < runs; run++)
        {
            var sums = default(Cusum);
            while (sums.Up < limit && sums.Down < limit)
            {
                sums.Step(shift + Normal(random));
                steps++;
            }
        }

        Assert.Equal(expected, steps / (double)runs, expected * 0.06); // 4,000 runs: one in 10,000 seeds is off by more
    }

    [Fact]
    public void Two_million_healthy_steps_raise_nothing_and_a_step_of_one_deviation_is_found_in_forty()
    {
        var random = new Random(7);
        var sums = default(Cusum);
        var most = 0f;
        for (var i = 0; i < 2_000_000; i++)
        {
            sums.Step(Normal(random));
            most = Math.Max(most, Math.Max(sums.Up, sums.Down));
        }

        Assert.True(most < Cusum.Limit, $"a healthy sum reached {most}");
        var steps = 0;
        for (sums = default; sums.Up < Cusum.Limit; steps++) sums.Step(1 + Normal(random));
        Assert.InRange(steps, 8, 60); // half a deviation a step: 30 by expectation
    }

    [Fact]
    public void After_a_long_fault_it_is_quiet_again_within_minutes()
    {
        var sums = default(Cusum);
        for (var i = 0; i < 10_000; i++) sums.Step(20);
        var steps = 0;
        for (; sums.Up >= Cusum.Limit; steps++) sums.Step(0);
        Assert.InRange(steps, 1, 31);
    }

    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
