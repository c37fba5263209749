using System.Globalization;

namespace Forewarn.Daemon.Configuration;

/// <summary>Durations as a person writes them: a whole number and ms, s, m, h or d.</summary>
internal static class DurationText
{
    // From large to small: Format takes the first that divides.
    private static readonly (string Name, long Ticks)[] Units =
    [
        ("d", TimeSpan.TicksPerDay), ("h", TimeSpan.TicksPerHour), ("m", TimeSpan.TicksPerMinute),
        ("s", TimeSpan.TicksPerSecond), ("ms", TimeSpan.TicksPerMillisecond),
    ];

    /// <summary>Reads one; false when it is none, or is longer than a TimeSpan holds.</summary>
    public static bool TryParse(string text, out TimeSpan value)
    {
        value = default;
        var digits = text.AsSpan().IndexOfAnyExceptInRange('0', '9');
        if (digits <= 0 || !long.TryParse(text.AsSpan(0, digits), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return false;
        }

        foreach (var (name, ticks) in Units)
        {
            if (text.AsSpan(digits).SequenceEqual(name) && count <= long.MaxValue / ticks)
            {
                value = TimeSpan.FromTicks(count * ticks);
                return true;
            }
        }

        return false;
    }

    /// <summary>Writes one in the largest unit that divides it.</summary>
    public static string Format(TimeSpan value)
    {
        var (name, ticks) = value == TimeSpan.Zero ? Units[3] : Array.Find(Units, unit => value.Ticks % unit.Ticks == 0);
        return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / ticks}{name}");
    }
}
