using System.Globalization;
using System.IO.Enumeration;
using System.Text.RegularExpressions;
using Forewarn.Daemon.Checkpoints.Contents;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// What no framework that is known laid down: single files such as <c>step_100.pt</c>, each of them a checkpoint, or folders with a number in their name that hold such files,
/// one for each rank where the names say <c>rankN</c>.
/// </summary>
internal sealed partial class PlainFormat : ICheckpointFormat
{
    public static readonly PlainFormat Instance = new();

    private static readonly string[] UsualPatterns = ["*.pt", "*.pth", "*.ckpt", "*.safetensors", "*.pdparams"];

    public string Name => "plain";

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => StepName.Of(name) is not null && direct.Any(entry => entry.IsFile && ContentCheck.IsState(entry.Path));

    /// <summary>True for a file that is a checkpoint of its own.</summary>
    public static bool IsFile(string name, string? pattern) => pattern is not null
        ? FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false)
        : Array.Exists(UsualPatterns, usual => FileSystemName.MatchesSimpleExpression(usual, name, ignoreCase: false));

    public void Judge(CheckpointInquiry inquiry)
    {
        _ = ShardSeries.Judge(inquiry, needsIndex: false);
        var shards = inquiry.Entries.Where(entry => entry.IsFile && Rank().IsMatch(entry.Path)).Select(entry => entry.Path).ToArray();
        var ranks = RankGrid.Judge(inquiry, shards, Rank()).GetValueOrDefault("rank");
        if (inquiry.Order.Ranks is { } told && shards.Length > 0 && ranks != told)
            inquiry.Refuse(".", CheckpointDefectKind.Missing, string.Create(CultureInfo.InvariantCulture, $"has files of {ranks} ranks, not of {told}"));
    }

    [GeneratedRegex(@"rank[_-]?(?<rank>\d+)[^/]*$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rank();
}
