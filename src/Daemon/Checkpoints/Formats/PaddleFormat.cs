using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// PaddlePaddle: PaddleNLP's <c>checkpoint-N</c> with <c>model_state[.tpTT_ppPP].pdparams</c> and <c>optimizer[.tpTT_ppPP_shardSS].pdopt</c>, or in its
/// unified form safetensors with indices for weights and optimizer; and what paddle.distributed.save_state_dict writes: <c>RANK_N.distcp</c> and, last, <c>N.metadata</c>.
/// </summary>
internal sealed partial class PaddleFormat : ICheckpointFormat
{
    private const string UnifiedOptimizer = "optimizer.safetensors.index.json";

    private static readonly string[] Suffixes = [".pdparams", ".pdopt", ".pdstate"];

    public string Name => "paddle";

    public static bool IsShard(string path) => Shard().IsMatch(path);

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => direct.Any(entry =>
        Array.Exists(Suffixes, suffix => entry.Name.EndsWith(suffix, StringComparison.Ordinal)) || entry.Name == UnifiedOptimizer || IsShard(entry.Name));

    public void Judge(CheckpointInquiry inquiry)
    {
        if (inquiry.Name.StartsWith(HuggingFaceFormat.FolderPrefix, StringComparison.Ordinal)) TrainerState.Judge(inquiry);
        _ = ShardSeries.Judge(inquiry, needsIndex: true);
        _ = RankGrid.Judge(inquiry, inquiry.FilesIn("").Select(file => file.Path), Ranks());
        foreach (var folder in inquiry.Folders) Distributed(inquiry, folder);
        if (!inquiry.Entries.Any(entry => entry.IsFile && IsWeights(entry.Name)))
            inquiry.Refuse("model_state.pdparams", CheckpointDefectKind.Missing, "is missing: there are no weights in any form that is known");
    }

    private static bool IsWeights(string name) =>
        name.EndsWith(".pdparams", StringComparison.Ordinal) || name.EndsWith(".safetensors", StringComparison.Ordinal) || IsShard(name);

    private static void Distributed(CheckpointInquiry inquiry, string folder)
    {
        var shards = inquiry.FilesIn(folder).Where(file => IsShard(file.Name)).ToLookup(file => Shard().Match(file.Name).Groups["save"].Value, file => file.Name);
        foreach (var save in shards)
        {
            var index = CheckpointTree.Join(folder, $"{save.Key}.metadata");
            if (!inquiry.Has(index))
            {
                inquiry.Refuse(index, CheckpointDefectKind.NotCommitted, "is missing: it is written when all ranks have written their shards");
                continue;
            }

            if (ShardNames.Read(inquiry, index, IsShard) is not { } named) continue;
            if (named.Count == 0) inquiry.Refuse(index, CheckpointDefectKind.Invalid, "names no shard");
            foreach (var missing in named.Except(save))
                inquiry.Refuse(CheckpointTree.Join(folder, missing), CheckpointDefectKind.Missing, $"is missing: {save.Key}.metadata names it");
        }
    }

    [GeneratedRegex(@"(?:^|/)\d+_(?<save>\d+)\.distcp$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Shard();

    [GeneratedRegex(@"\.(?:tp(?<tp>\d+))?_?(?:pp(?<pp>\d+))?_?(?:shard(?<shard>\d+))?\.pd\w+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ranks();
}
