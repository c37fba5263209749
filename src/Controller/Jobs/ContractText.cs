using System.Collections.Immutable;
using System.Globalization;

namespace Forewarn.Controller.Jobs;

/// <summary>
/// Reads a contract out of a job's comment: words <c>key=value</c> behind <c>forewarn:</c>, up to a <c>;</c> or the end; and out of what the site declares for such jobs. The comment is
/// a stranger's text: each number is bounded by the site, each word that is wrong is named and left out, and the rest counts.
/// </summary>
public static class ContractText
{
    private const string Mark = "forewarn:";
    private const string Off = "forewarn=off";

    // Own figure: sixteen for each card of the largest site that we know of.
    private const int MostRanks = 1_000_000;

    private static readonly string[] Asking = ["signal", "to", "on-request"];

    // kill(1): what a signal's name may be here. KILL and STOP cannot be caught, so they cannot ask for anything.
    private static readonly ImmutableHashSet<string> Signals = ["USR1", "USR2", "TERM", "INT", "HUP", "CONT", "URG"];

    /// <summary>
    /// Word by word the owner's holds, and the site's where he says nothing. A word of his that is wrong leaves none: what was meant by it is not known, and the site's may be against it.
    /// </summary>
    /// <param name="comment">The job's comment.</param>
    /// <param name="bounds">What the site lets a job declare.</param>
    /// <param name="complaints">Gets a line for each word that was left out.</param>
    /// <param name="site">What the site declares for such a job; null for nothing.</param>
    /// <param name="user">Whose job it is.</param>
    /// <param name="job">Its number.</param>
    public static JobContract Read(string comment, ContractBounds bounds, ICollection<string> complaints, SiteContract? site = null, string user = "", string job = "")
    {
        var own = Own(comment);
        if (own is null && site is null) return JobContract.Undeclared;
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        if (site is not null)
        {
            foreach (var complaint in Take(Of(site, user, job), words, bounds)) complaints.Add($"the site's contract {site.Name}: {complaint}");
        }

        // How it is asked is one thing: a site's signal to where the owner's own goes, or with an answer that he did not mean, may end the job.
        if (own?.Any(IsAsking) == true) Array.ForEach(Asking, word => words.Remove(word));
        foreach (var complaint in Take(own ?? [], words, bounds)) complaints.Add(complaint);
        var contract = new JobContract { IsDeclared = true, Site = site?.Name ?? "" };
        return words.Aggregate(contract, (read, word) => Apply(read, word.Key, word.Value, bounds) ?? read);
    }

    /// <summary>What is wrong with what a site declares, a line each.</summary>
    public static IEnumerable<string> Complaints(SiteContract site, ContractBounds bounds) => Take(Of(site, "user", "1"), new(StringComparer.Ordinal), bounds);

    /// <summary>Null where nothing is declared.</summary>
    private static string[]? Own(string comment)
    {
        var start = comment.IndexOf(Mark, StringComparison.Ordinal);
        if (start >= 0) return Split(comment[(start + Mark.Length)..].Split(';')[0]);
        return comment.Split(' ', ';', ',').Contains(Off) ? ["off"] : null;
    }

    private static bool IsAsking(string word) => Array.Exists(Asking, key => word == key || word.StartsWith($"{key}=", StringComparison.Ordinal));

    private static string[] Split(string text) => text.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries);

    private static string[] Of(SiteContract site, string user, string job) => Array.ConvertAll(Split(site.Words), word => word.StartsWith("dir=", StringComparison.Ordinal)
        ? word.Replace("%u", user, StringComparison.Ordinal).Replace("%j", job, StringComparison.Ordinal) : word);

    private static List<string> Take(string[] told, Dictionary<string, string> words, ContractBounds bounds)
    {
        var complaints = new List<string>();
        foreach (var word in told)
        {
            var cut = word.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = cut < 0 ? (word, "") : (word[..cut], word[(cut + 1)..]);
            if (Apply(JobContract.Undeclared, key, value, bounds) is not null)
            {
                words[key] = value;
                continue;
            }

            words.Remove(key);
            if (key == "off") words[key] = ""; // whatever stands behind it: to do nothing is never what was not meant
            complaints.Add($"{word}: {Expected(key, bounds)}");
        }

        return complaints;
    }

    private static JobContract? Apply(JobContract contract, string key, string value, ContractBounds bounds) => key switch
    {
        "off" when value.Length == 0 => contract with { IsOff = true },
        "dir" when value.StartsWith('/') && !value.Split('/').Contains("..") && bounds.Allows(value.TrimEnd('/')) => contract with { Directory = value.TrimEnd('/') },
        "format" when value.Length is > 0 and <= 32 && value.All(char.IsAsciiLetterOrDigit) => contract with { Format = value },
        "signal" when value == "none" => contract,
        "signal" when Signals.Contains(value) => contract with { Signal = value, AnswersRequests = true },
        "to" when Word<SignalTarget>(value) is { } target => contract with { Target = target },
        "on-request" when value.StartsWith("pause:", StringComparison.Ordinal) && Time(value["pause:".Length..], bounds.LongestPause) is { } pause
            => contract with { OnRequest = OnRequest.Pause, Pause = pause, AnswersRequests = true },
        "on-request" when value != "pause" && Word<OnRequest>(value) is { } then => contract with { OnRequest = then, AnswersRequests = true },
        "on-failure" when Word<OnFailure>(value) is { } then => contract with { OnFailure = then },
        "interval" when Time(value, bounds.LongestInterval) is { } time => contract with { Interval = time },
        "cost" when Time(value, bounds.LongestCheckpoint) is { } time => contract with { CheckpointCost = time },
        "load" when Time(value, bounds.LongestLoad) is { } time => contract with { LoadCost = time },
        "ranks" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var ranks) && ranks is > 0 and <= MostRanks => contract with { Ranks = ranks },
        "restarts" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= bounds.MostRestarts
            => contract with { Restarts = count },
        _ => null,
    };

    private static string Expected(string key, ContractBounds bounds) => key switch
    {
        "off" => "stands alone",
        "dir" when !bounds.Folders.IsEmpty => $"an absolute path without .. beneath {string.Join(" or ", bounds.Folders)}",
        "dir" => "an absolute path without ..",
        "format" => "a name of letters and digits",
        "signal" => $"none, or one of {string.Join(' ', Signals.Order(StringComparer.Ordinal))}",
        "to" => "steps, batch or full",
        "on-request" => $"exit, continue or pause:TIME up to {bounds.LongestPause}",
        "on-failure" => "restart or leave",
        "interval" => $"a time up to {bounds.LongestInterval}, such as 30m",
        "cost" => $"a time up to {bounds.LongestCheckpoint}, such as 40s",
        "load" => $"a time up to {bounds.LongestLoad}, such as 5m",
        "ranks" => "the number of processes that write a checkpoint",
        "restarts" => string.Create(CultureInfo.InvariantCulture, $"a count up to {bounds.MostRestarts}"),
        _ => "no such word; known are off dir format ranks signal to on-request on-failure interval cost load restarts",
    };

    private static T? Word<T>(string value)
        where T : struct, Enum
        => value.Length > 0 && value.All(char.IsAsciiLetterLower) && Enum.TryParse<T>(value, ignoreCase: true, out var word) ? word : null;

    private static TimeSpan? Time(string value, TimeSpan longest)
    {
        if (value.Length < 2 || !double.TryParse(value.AsSpan(0, value.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)) return null;
        var seconds = value[^1] switch
        {
            's' => number,
            'm' => number * 60,
            'h' => number * 3600,
            _ => double.NaN,
        };
        return seconds > 0 && seconds <= longest.TotalSeconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
