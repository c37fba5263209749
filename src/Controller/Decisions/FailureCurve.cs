using Forewarn.Model;

namespace Forewarn.Controller.Decisions;

/// <summary>
/// The chance of failure within any time, out of the three horizons that are told. Between two of them the hazard is taken as constant, and beyond
/// the last as it was before it: the least that can be assumed.
/// </summary>
public static class FailureCurve
{
    private static readonly (double Hours, Func<FailureProbability, double> Chance)[] Horizons =
    [
        (1, static told => told.OneHour),
        (24, static told => told.OneDay),
        (168, static told => told.SevenDays),
    ];

    /// <summary>0 to 1; 1 for what has failed already, 0 for no time at all.</summary>
    public static double Within(this FailureProbability told, TimeSpan time)
    {
        if (told.OneHour >= 1) return 1;
        if (time <= TimeSpan.Zero) return 0;
        var (hours, risk, slope) = (0.0, 0.0, 0.0);
        foreach (var horizon in Horizons)
        {
            // A longer horizon that is told as the safer one is a slip of whoever told it; the risk never falls.
            var there = Math.Max(risk, -Math.Log(1 - Math.Clamp(horizon.Chance(told), 0, 1)));
            slope = (there - risk) / (horizon.Hours - hours);
            if (time.TotalHours <= horizon.Hours) return 1 - Math.Exp(-(risk + (slope * (time.TotalHours - hours))));
            (hours, risk) = (horizon.Hours, there);
        }

        return 1 - Math.Exp(-(risk + (slope * (time.TotalHours - hours))));
    }
}
