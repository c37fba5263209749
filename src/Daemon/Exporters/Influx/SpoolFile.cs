using System.Globalization;

namespace Forewarn.Daemon.Exporters.Influx;

/// <summary>
/// The name of a batch on disk says all that is known of it without opening it: <c>0000000000000042-1767225600000-1873.lp.gz</c>, which is
/// its place in the order, when its points were taken (ms since 1970) and how many they are. zcat(1) shows them.
/// </summary>
internal sealed record SpoolFile(long Sequence, DateTimeOffset Taken, int Points, long Bytes)
{
    public const string Suffix = ".lp.gz";

    /// <summary>Of a file that was still being written.</summary>
    public const string Draft = ".new";

    public string Name => string.Create(CultureInfo.InvariantCulture, $"{Sequence:d16}-{Taken.ToUnixTimeMilliseconds()}-{Points}{Suffix}");

    /// <summary>Null for a name that is none of ours.</summary>
    public static SpoolFile? Of(string name, long bytes)
    {
        if (!name.EndsWith(Suffix, StringComparison.Ordinal)) return null;
        var parts = name[..^Suffix.Length].Split('-');
        return parts is [{ Length: 16 } sequence, var taken, var points]
            && TryNumber(sequence, out var first) && TryNumber(taken, out var second) && TryNumber(points, out var third)
            && second <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() && third <= int.MaxValue
            ? new(first, DateTimeOffset.FromUnixTimeMilliseconds(second), (int)third, bytes)
            : null;
    }

    private static bool TryNumber(string text, out long number) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number);
}
