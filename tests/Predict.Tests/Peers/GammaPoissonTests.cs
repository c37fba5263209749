using Forewarn.Predict.Peers;

namespace Forewarn.Predict.Tests.Peers;

public class GammaPoissonTests
{
    [Theory]
    [InlineData(0.5, 0.57236494292470)] // ln √π
    [InlineData(1, 0)]
    [InlineData(5, 3.17805383034795)] // ln 24
    [InlineData(10, 12.8018274800815)] // ln 362,880
    [InlineData(101, 363.739375555563)] // ln 100!
    public void The_logarithm_of_the_gamma_function(double x, double expected) => Assert.Equal(expected, GammaPoisson.LogGamma(x), 1e-9);

    /// <summary>Of a whole shape the tail is a Poisson sum that can be done by hand: Q(n, x) = e^−x · Σ x^k/k! for k below n.</summary>
    [Theory]
    [InlineData(1, 2)]
    [InlineData(2, 3)]
    [InlineData(4, 0.5)]
    [InlineData(11, 5.71)]
    [InlineData(30, 60)]
    [InlineData(500, 450)]
    public void The_tail_is_a_Poisson_sum(int shape, double x)
    {
        var (term, sum) = (Math.Exp(-x), 0.0);
        for (var k = 0; k < shape; k++)
        {
            sum += term;
            term *= x / (k + 1);
        }

        Assert.Equal(sum, GammaPoisson.UpperTail(shape, x), 1e-9);
    }

    [Fact]
    public void Without_any_event_the_chance_is_that_of_the_prior()
    {
        Assert.Equal(Math.Exp(-5), GammaPoisson.ChanceAbove(0, 0, 0.1, 5), 1e-12);
        Assert.True(GammaPoisson.ChanceAbove(0, 100, 0.1, 5) < Math.Exp(-50));
    }

    [Fact]
    public void By_hand()
        // Two events in ten hours where one in ten hours is usual: shape 3, 5 · (1 + 1) = 10: e^−10 · (1 + 10 + 50).
        => Assert.Equal(61 * Math.Exp(-10), GammaPoisson.ChanceAbove(2, 10, 0.1, 5), 1e-12);

    [Fact]
    public void Of_healthy_cards_hardly_one_in_ten_thousand_is_called_fast_and_of_ten_times_the_rate_most()
    {
        var random = new Random(11);
        var (healthy, fast) = (0, 0);
        for (var card = 0; card < 10_000; card++)
        {
            if (GammaPoisson.ChanceAbove(Poisson(random, 2.4), 24, 0.1, 5) >= 0.999) healthy++;
            if (GammaPoisson.ChanceAbove(Poisson(random, 24), 24, 0.1, 5) >= 0.9) fast++;
        }

        Assert.Equal(0, healthy);
        Assert.InRange(fast, 5_000, 10_000);
    }

    private static int Poisson(Random random, double mean)
    {
        var (count, product) = (-1, 1.0);
        for (var floor = Math.Exp(-mean); product > floor; count++) product *= random.NextDouble();
        return count;
    }
}
