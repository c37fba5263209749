using System.Globalization;

namespace Forewarn.Daemon.Cli;

/// <summary>Numbers as a person reads them.</summary>
internal static class Quantity
{
    /// <summary>Shown for what is not known; never a zero.</summary>
    public const string Unknown = "–";

    private static readonly CultureInfo Plain = CultureInfo.InvariantCulture;

    /// <summary><c>0.4 s</c>, <c>12 s</c>, <c>4 min</c>, <c>3 h 12 min</c>, <c>3 d 4 h</c>.</summary>
    public static string Duration(TimeSpan span) => span switch
    {
        { TotalSeconds: < 0 } => "0 s",
        { TotalSeconds: < 9.95 } => string.Create(Plain, $"{span.TotalSeconds:0.0} s"),
        { TotalSeconds: < 100 } => string.Create(Plain, $"{(int)span.TotalSeconds} s"),
        { TotalMinutes: < 60 } => string.Create(Plain, $"{(int)span.TotalMinutes} min"),
        { TotalHours: < 24 } => string.Create(Plain, $"{span.Hours} h {span.Minutes} min"),
        _ => string.Create(Plain, $"{span.Days} d {span.Hours} h"),
    };

    /// <summary>The same for a narrow column: its largest part alone.</summary>
    public static string Age(TimeSpan span) => span switch
    {
        { TotalHours: < 1 } => Duration(span).Replace(" min", "m", StringComparison.Ordinal).Replace(" s", "s", StringComparison.Ordinal),
        { TotalHours: < 48 } => string.Create(Plain, $"{(int)span.TotalHours}h"),
        _ => string.Create(Plain, $"{span.Days}d"),
    };

    /// <summary>The time of day, and the date where it was not within the last 24 hours.</summary>
    public static string Moment(DateTimeOffset time, DateTimeOffset now, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(time, zone)
        .ToString(now - time < TimeSpan.FromHours(24) ? "HH:mm:ss" : "yyyy-MM-dd HH:mm", Plain);

    /// <summary><c>61.2/79.6</c>, without the tenths from 100 GiB on.</summary>
    public static string Gibibytes(double used, double total)
    {
        const double gibibyte = 1L << 30;
        var format = total >= 100 * gibibyte ? "0" : "0.0";
        return (used / gibibyte).ToString(format, Plain) + "/" + (total / gibibyte).ToString(format, Plain);
    }

    /// <summary><c>12 J</c>, <c>4.2 Wh</c>, <c>312 Wh</c>, <c>5.6 kWh</c>.</summary>
    public static string Energy(double joules) => (joules / 3600) switch
    {
        < 1 => Whole(joules, " J"),
        < 9.95 and var hours => hours.ToString("0.0", Plain) + " Wh",
        < 999.5 and var hours => Whole(hours, " Wh"),
        var hours => (hours / 1000).ToString("0.0", Plain) + " kWh",
    };

    /// <summary><c>812 B</c>, <c>4.2 KiB</c>, <c>312 MiB</c>, <c>1.8 TiB</c>.</summary>
    public static string Bytes(double bytes)
    {
        string[] units = [" B", " KiB", " MiB", " GiB", " TiB", " PiB"];
        var unit = 0;
        for (; bytes >= 1024 && unit < units.Length - 1; unit++) bytes /= 1024;
        return bytes.ToString(unit > 0 && bytes < 9.95 ? "0.0" : "0", Plain) + units[unit];
    }

    public static string Gibibytes(double bytes) => (bytes / (1L << 30)).ToString("0.0", Plain);

    public static string Whole(double value, string unit = "") => value.ToString("0", Plain) + unit;

    public static string Exact(double value) => value.ToString("R", Plain);
}
