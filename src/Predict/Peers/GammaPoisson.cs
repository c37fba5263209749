namespace Forewarn.Predict.Peers;

/// <summary>
/// Rates of rare events: a gamma prior for the rate, counts that are Poisson, hence a gamma posterior. Gives the chance that the true rate is above a
/// number, which a bare count over time does not.
/// </summary>
internal static class GammaPoisson
{
    // An exponential prior: one event's worth of belief in the usual rate.
    private const double PriorEvents = 1;

    private const double Enough = 1e-12;
    private const int MostTerms = 10_000;

    /// <summary>The chance that the rate exceeds <paramref name="times"/> the usual one, after so many events in so long.</summary>
    /// <param name="events">What was counted.</param>
    /// <param name="hours">Over how long.</param>
    /// <param name="usual">The rate of comparable cards, an hour; above 0.</param>
    /// <param name="times">How many times that.</param>
    public static double ChanceAbove(double events, double hours, double usual, double times)
        => UpperTail(PriorEvents + Math.Max(0, events), times * (PriorEvents + (usual * Math.Max(0, hours))));

    /// <summary>Q(shape, x): the upper tail of a gamma distribution of unit rate. By its series where that converges soon, else by the continued fraction.</summary>
    public static double UpperTail(double shape, double x)
    {
        if (x <= 0) return 1;
        var front = Math.Exp((shape * Math.Log(x)) - x - LogGamma(shape));
        return x < shape + 1 ? 1 - Math.Min(1, front * Series(shape, x)) : Math.Min(1, front * Fraction(shape, x));
    }

    /// <summary>ln Γ(x) for x &gt; 0: Stirling's series, shifted to where five terms are right to 10⁻¹².</summary>
    public static double LogGamma(double x)
    {
        var shift = 0.0;
        for (; x < 10; x++) shift += Math.Log(x);
        var (inverse, square) = (1 / x, 1 / (x * x));
        var series = inverse * ((1.0 / 12) - (square * ((1.0 / 360) - (square * ((1.0 / 1260) - (square * ((1.0 / 1680) - (square / 1188))))))));
        return ((x - 0.5) * Math.Log(x)) - x + (0.5 * Math.Log(2 * Math.PI)) + series - shift;
    }

    private static double Series(double shape, double x)
    {
        var (term, sum) = (1 / shape, 1 / shape);
        for (var n = 1; n < MostTerms && term > sum * Enough; n++) sum += term *= x / (shape + n);
        return sum;
    }

    /// <summary>Lentz's way to evaluate the continued fraction from its front.</summary>
    private static double Fraction(double shape, double x)
    {
        const double tiny = 1e-300;
        var b = x + 1 - shape;
        var (c, d) = (1 / tiny, 1 / b);
        var value = d;
        for (var n = 1; n < MostTerms; n++)
        {
            var a = -n * (n - shape);
            b += 2;
            d = (a * d) + b;
            d = 1 / (Math.Abs(d) < tiny ? tiny : d);
            c = b + (a / c);
            if (Math.Abs(c) < tiny) c = tiny;
            value *= c * d;
            if (Math.Abs((c * d) - 1) < Enough) break;
        }

        return value;
    }
}
