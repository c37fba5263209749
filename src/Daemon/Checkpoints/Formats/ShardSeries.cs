using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// Weights in several files: <c>model-00001-of-00003.safetensors</c> and an <c>….index.json</c> whose <c>weight_map</c> names the file of each tensor
/// (Transformers, PaddleNLP).
/// </summary>
internal static partial class ShardSeries
{
    public const string IndexSuffix = ".index.json";

    private const int MostIndex = 64 << 20;

    /// <summary>Every index's files and every numbered series must be whole. True when there is a series.</summary>
    /// <param name="inquiry">The checkpoint.</param>
    /// <param name="needsIndex">Whether a series has an index in this format.</param>
    public static bool Judge(CheckpointInquiry inquiry, bool needsIndex)
    {
        foreach (var index in inquiry.FilesIn("").Where(file => file.Name.EndsWith(IndexSuffix, StringComparison.Ordinal))) Indexed(inquiry, index.Path);
        var series = inquiry.FilesIn("").Select(file => Numbered().Match(file.Name)).Where(match => match.Success).GroupBy(match => (
            Stem: match.Groups["stem"].Value, Of: match.Groups["of"].Value, Ending: match.Groups["ending"].Value)).Select(one => one.Key).ToArray();
        foreach (var (stem, of, ending) in series)
        {
            Whole(inquiry, stem, of, ending);
            if (needsIndex) inquiry.Needs(stem + ending + IndexSuffix, "the series has no index without it");
        }

        return series.Length > 0;
    }

    private static void Indexed(CheckpointInquiry inquiry, string index)
    {
        if (inquiry.Text(index, MostIndex) is not { } text) return;
        using var document = Contents.JsonFile.Parse(System.Text.Encoding.UTF8.GetBytes(text));
        if (document is null) return; // The look into the file itself says so.
        if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("weight_map", out var map) || map.ValueKind != JsonValueKind.Object)
        {
            inquiry.Refuse(index, CheckpointDefectKind.Invalid, "has no weight_map");
            return;
        }

        var files = map.EnumerateObject().Select(tensor => tensor.Value).Where(file => file.ValueKind == JsonValueKind.String).Select(file => file.GetString()!);
        foreach (var file in files.Distinct()) inquiry.Needs(file, $"{index} names it");
    }

    private static void Whole(CheckpointInquiry inquiry, string stem, string of, string ending)
    {
        // More files than are listed at all cannot be there; a forged number is not counted up to.
        if (!int.TryParse(of, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > CheckpointTree.MostEntries)
        {
            inquiry.Refuse($"{stem}-*-of-{of}{ending}", CheckpointDefectKind.Invalid, "tells of more files than any model has");
            return;
        }

        for (var i = 1; i <= count; i++)
        {
            var name = $"{stem}-{i.ToString("D" + of.Length, CultureInfo.InvariantCulture)}-of-{of}{ending}";
            inquiry.Needs(name, "its siblings tell of it");
        }
    }

    [GeneratedRegex(@"^(?<stem>.+)-\d+-of-(?<of>\d+)(?<ending>\.\w+)$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbered();
}
