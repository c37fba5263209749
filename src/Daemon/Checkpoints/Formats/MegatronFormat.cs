using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// Megatron-LM: <c>iter_NNNNNNN</c> beside <c>latest_checkpointed_iteration.txt</c>, which is written when all ranks are done and without which nothing is
/// loaded. In the folder either <c>mp_rank_TT[_PPP][_EEE]/model_optim_rng.pt</c> for each model-parallel rank, or a distributed checkpoint with
/// <c>metadata.json</c> and, where that says so, <c>common.pt</c> (megatron/training/checkpointing.py, megatron/core/dist_checkpointing).
/// </summary>
internal sealed partial class MegatronFormat : ICheckpointFormat
{
    private const string Tracker = "latest_checkpointed_iteration.txt";
    private const string Description = "metadata.json";
    private const string Model = "model_optim_rng.pt";
    private const int MostDescription = 1 << 20;

    public string Name => "megatron";

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => FolderName().IsMatch(name) || direct.Any(entry => RankFolder().IsMatch(entry.Name + "/"));

    public void Judge(CheckpointInquiry inquiry)
    {
        Committed(inquiry);
        if (inquiry.Has("common.pt")) inquiry.Needs(Description, "it is written last, and says what the rest is");
        if (inquiry.Has(Description)) Described(inquiry);
        else if (TorchShards.AreIn(inquiry.FilesIn(""))) TorchShards.Judge(inquiry, "");
        else Ranks(inquiry);
    }

    private static void Committed(CheckpointInquiry inquiry)
    {
        if (inquiry.TrackerBeside?.Invoke(Tracker) is not { } tracker) return;
        if (tracker.Step is { } named && inquiry.Step is { } step && step <= named) return;
        inquiry.Refuse(".", CheckpointDefectKind.NotCommitted, tracker.IsAbsent
            ? $"{tracker.Words}: no checkpoint was finished, and none would be loaded"
            : $"is not finished: {tracker.Words}");
    }

    private static void Described(CheckpointInquiry inquiry)
    {
        string? sharded, common;
        try
        {
            using var description = JsonDocument.Parse(inquiry.Text(Description, MostDescription) ?? "");
            (sharded, common) = (Field(description, "sharded_backend"), Field(description, "common_backend"));
        }
        catch (JsonException)
        {
            return; // The look into the file itself says so.
        }

        if (common == "torch") inquiry.Needs("common.pt", $"{Description} says that it holds what all ranks share");
        if (sharded == "zarr") inquiry.Notes.Add("zarr: only that its files are there and not empty is known");
        else TorchShards.Judge(inquiry, "");
    }

    private static void Ranks(CheckpointInquiry inquiry)
    {
        var paths = inquiry.Entries.Where(entry => entry.IsFile && RankFolder().IsMatch(entry.Path)).Select(entry => entry.Path).ToArray();
        if (paths.Length == 0)
        {
            inquiry.Refuse(Model, CheckpointDefectKind.Missing, "is missing: there is neither a rank's folder nor a distributed checkpoint");
            return;
        }

        _ = RankGrid.Judge(inquiry, paths, RankFolder());
        var folders = paths.Select(path => path[..path.IndexOf('/', StringComparison.Ordinal)]).Distinct().ToArray();
        foreach (var folder in folders) inquiry.Needs($"{folder}/{Model}", "every rank's folder has it");
        if (inquiry.Order.Ranks is { } told && told % folders.Length != 0)
        {
            inquiry.Refuse(".", CheckpointDefectKind.Missing, string.Create(
                CultureInfo.InvariantCulture, $"has the folders of {folders.Length} model-parallel ranks, of which {told} processes are no multiple"));
        }
    }

    private static string? Field(JsonDocument document, string name) =>
        document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    [GeneratedRegex(@"^iter_\d{7,}$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();

    [GeneratedRegex(@"^mp_rank_(?<tp>\d{2,})(?:_(?<pp>\d{3}))?(?:_(?<ep>\d{3}))?/", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RankFolder();
}
