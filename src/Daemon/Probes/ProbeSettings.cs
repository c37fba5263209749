using System.Globalization;

namespace Forewarn.Daemon.Probes;

/// <summary>
/// What the agent tells a probe on its command line, as <c>key=value</c> words: they can be read in <c>ps</c>, and no parser library has
/// to be loaded for them.
/// </summary>
internal sealed record ProbeSettings
{
    /// <summary>Name of the source, for example <c>nvml</c>.</summary>
    public required string Source { get; init; }

    /// <summary>Number of this probe; it stands in each frame.</summary>
    public required uint Generation { get; init; }

    /// <summary>File of the call slots.</summary>
    public required string Slots { get; init; }

    /// <summary>File name or path of the vendor library.</summary>
    public required string Library { get; init; }

    /// <summary>Directory that stands for <c>/</c>.</summary>
    public string Root { get; init; } = "/";

    public TimeSpan Fast { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan Slow { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan Inventory { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Processes { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan FastDeadline { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan SlowDeadline { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan StartDeadline { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Whether performance counters are read that not every profiler can share.</summary>
    public bool Profiling { get; init; }

    /// <summary>PCI address of the one device to touch; null for all.</summary>
    public string? Only { get; init; }

    /// <summary>PCI addresses that must not be touched.</summary>
    public IReadOnlyList<string> Except { get; init; } = [];

    public bool Touches(string pciAddress) => Only is null ? !Except.Contains(pciAddress) : Only == pciAddress;

    public IEnumerable<string> ToArguments()
    {
        yield return "probe";
        yield return Source;
        yield return $"generation={Generation}";
        yield return $"slots={Slots}";
        yield return $"library={Library}";
        yield return $"root={Root}";
        yield return $"fast={Milliseconds(Fast)}";
        yield return $"slow={Milliseconds(Slow)}";
        yield return $"inventory={Milliseconds(Inventory)}";
        yield return $"processes={Milliseconds(Processes)}";
        yield return $"fast-deadline={Milliseconds(FastDeadline)}";
        yield return $"slow-deadline={Milliseconds(SlowDeadline)}";
        yield return $"start-deadline={Milliseconds(StartDeadline)}";
        if (Profiling) yield return "profiling=yes";
        if (Only is not null) yield return $"only={Only}";
        if (Except.Count > 0) yield return $"except={string.Join(',', Except)}";
    }

    /// <summary>Null when the words are not those of <see cref="ToArguments"/>.</summary>
    public static ProbeSettings? Parse(ReadOnlySpan<string> arguments)
    {
        if (arguments.Length < 2) return null;
        var words = new Dictionary<string, string>();
        foreach (var word in arguments[2..])
        {
            var equals = word.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0) return null;
            words[word[..equals]] = word[(equals + 1)..];
        }

        if (!uint.TryParse(words.GetValueOrDefault("generation"), CultureInfo.InvariantCulture, out var generation)) return null;
        var settings = new ProbeSettings
        {
            Source = arguments[1],
            Generation = generation,
            Slots = words.GetValueOrDefault("slots", ""),
            Library = words.GetValueOrDefault("library", ""),
            Root = words.GetValueOrDefault("root", ""),
            Fast = Duration("fast"),
            Slow = Duration("slow"),
            Inventory = Duration("inventory"),
            Processes = Duration("processes"),
            FastDeadline = Duration("fast-deadline"),
            SlowDeadline = Duration("slow-deadline"),
            StartDeadline = Duration("start-deadline"),
            Profiling = words.GetValueOrDefault("profiling") == "yes",
            Only = words.GetValueOrDefault("only"),
            Except = words.GetValueOrDefault("except", "").Split(',', StringSplitOptions.RemoveEmptyEntries),
        };
        // Whatever was missing, unreadable or of another version makes other words than it was given.
        return new HashSet<string>(settings.ToArguments()).SetEquals(["probe", .. arguments[1..]]) && settings.IsComplete ? settings : null;

        TimeSpan Duration(string key)
            => double.TryParse(words.GetValueOrDefault(key), CultureInfo.InvariantCulture, out var value) && value > 0 && value <= LongestMilliseconds
                ? TimeSpan.FromMilliseconds(value)
                : TimeSpan.Zero;
    }

    private bool IsComplete => Source.Length > 0 && Slots.Length > 0 && Library.Length > 0 && Root.Length > 0
        && new[] { Fast, Slow, Inventory, Processes, FastDeadline, SlowDeadline, StartDeadline }.All(duration => duration > TimeSpan.Zero);

    /// <summary>What a call slot can carry as a deadline.</summary>
    private const double LongestMilliseconds = int.MaxValue;

    private static string Milliseconds(TimeSpan duration) => duration.TotalMilliseconds.ToString(CultureInfo.InvariantCulture);
}
