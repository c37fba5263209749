using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Checkpoints.Contents;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>
/// A checkpoint beside the one before it, of the same format: what was there is there again, and not half as large. Of names that tell ranks this alone shows that the last rank
/// is missing. Who was told the number of ranks need not compare.
/// </summary>
internal static partial class PreviousCheckpoint
{
    public static void Compare(CheckpointInquiry inquiry, string name, IReadOnlyList<TreeEntry> entries)
    {
        if (inquiry.Order.Ranks is not null) return;
        var step = StepName.Of(name);
        var now = ByName(inquiry.Entries, inquiry.Step);
        var before = ByName(entries, step);
        foreach (var (key, then) in before.Where(entry => !now.ContainsKey(entry.Key) && !IsListed(entry.Value.Path)))
        {
            var path = inquiry.Step is { } own ? key.Replace("#", own.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal) : then.Path;
            inquiry.Refuse(
                path, CheckpointDefectKind.Missing,
                $"is missing: {ShownName.Of(name)} has it (where the job has fewer processes than then, tell their number: --ranks)");
        }

        if (now.Count != before.Count) return; // Shards of another number have another size.
        foreach (var (key, entry) in now)
        {
            if (entry.Bytes == 0 || !before.TryGetValue(key, out var then) || entry.Bytes >= then.Bytes / 2) continue;
            inquiry.Refuse(entry.Path, CheckpointDefectKind.TooSmall, string.Create(
                CultureInfo.InvariantCulture, $"has {entry.Bytes} bytes, in {ShownName.Of(name)} it has {then.Bytes}"));
        }
    }

    private static Dictionary<string, TreeEntry> ByName(IReadOnlyList<TreeEntry> entries, long? step)
    {
        var found = new Dictionary<string, TreeEntry>();
        foreach (var entry in entries.Where(entry => entry.IsFile && ContentCheck.IsState(entry.Path))) found[StepName.Without(entry.Path, step)] = entry;
        return found;
    }

    /// <summary>Shards of which an index or their own names tell how many there are.</summary>
    private static bool IsListed(string path) => Listed().IsMatch(path);

    [GeneratedRegex(@"\.distcp$|-\d+-of-\d+\.", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Listed();
}
