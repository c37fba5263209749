using System.Globalization;

namespace Forewarn.Daemon.Schedulers.Slurm;

/// <summary>What <c>scontrol show config</c> prints: slurmctld's own settings, <c>Key = value</c> a line, below a line with its clock.</summary>
internal sealed class SlurmConfigText
{
    private const string ClockMark = "Configuration data as of ";

    // SLURM_TIME_FORMAT can ask for another form: then the clock is not told.
    private const string ClockForm = "yyyy-MM-dd'T'HH:mm:ss";

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private SlurmConfigText()
    {
    }

    /// <summary>slurmctld's clock when it answered, to a second; null where it is not told.</summary>
    public DateTimeOffset? Clock { get; private init; }

    /// <summary>A setting; empty where it is not set, or this version has none of that name.</summary>
    public string this[string key] => _values.GetValueOrDefault(key, "");

    /// <param name="text">The output.</param>
    /// <param name="zone">In which scontrol writes times.</param>
    public static SlurmConfigText Read(string text, TimeZoneInfo zone)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var read = new SlurmConfigText { Clock = lines.FirstOrDefault()?.StartsWith(ClockMark, StringComparison.Ordinal) == true ? Time(lines[0][ClockMark.Length..], zone) : null };
        foreach (var line in lines)
        {
            if (line.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var cut)) continue;
            var value = line[(cut + 1)..].Trim();
            read._values.TryAdd(line[..cut].TrimEnd(), value == "(null)" ? "" : value);
        }

        return read;
    }

    /// <summary>The words of a list.</summary>
    public string[] Words(string key) => this[key].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The number with which a value begins, such as <c>300 sec</c>; null where it begins with none.</summary>
    public long? Number(string key) => long.TryParse(this[key].Split(' ')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static DateTimeOffset? Time(string text, TimeZoneInfo zone)
        => DateTime.TryParseExact(text, ClockForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && !zone.IsInvalidTime(local)
            ? new DateTimeOffset(local, zone.GetUtcOffset(local)) : null;
}
