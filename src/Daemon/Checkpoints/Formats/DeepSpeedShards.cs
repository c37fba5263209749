using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// The files that DeepSpeed lays into one tag's folder (deepspeed/runtime/engine.py, pipe/module.py): <c>mp_rank_MM_model_states.pt</c>; with ZeRO
/// <c>[bf16_]zero_pp_rank_D_mp_rank_MM_optim_states.pt</c> for each data-parallel rank, and with stage 3 as many <c>…_model_states.pt</c>; with pipelines
/// <c>layer_LL-model_TT-model_states.pt</c>; with experts <c>layer_L_expert_E_mp_rank_MM_model_states.pt</c> and <c>expp_rank_X_mp_rank_MM_optim_states.pt</c>.
/// </summary>
internal static partial class DeepSpeedShards
{
    private const string Optimizer = "_optim_states.pt";
    private const string Model = "_model_states.pt";

    public static bool AreIn(IEnumerable<TreeEntry> direct) => direct.Any(entry =>
        entry.Name.EndsWith(Optimizer, StringComparison.Ordinal) || entry.Name.EndsWith(Model, StringComparison.Ordinal));

    public static void Judge(CheckpointInquiry inquiry, string folder)
    {
        var files = inquiry.FilesIn(folder).ToArray();
        if (!files.Any(file => file.Name.EndsWith(Model, StringComparison.Ordinal)))
            inquiry.Refuse(CheckpointTree.Join(folder, "mp_rank_00" + Model), CheckpointDefectKind.Missing, "is missing: there is no model state");
        _ = RankGrid.Judge(inquiry, files.Select(file => file.Path), Ranks());
        var partitions = files.Where(file => Partition().IsMatch(file.Name)).ToArray();
        if (inquiry.Order.Ranks is { } told && partitions.Length > 0 && partitions.Length != told)
        {
            inquiry.Refuse(CheckpointTree.Join(folder, "."), CheckpointDefectKind.Missing, string.Create(
                CultureInfo.InvariantCulture, $"has optimizer states of {partitions.Length} processes, not of {told}"));
        }

        Even(inquiry, partitions);
    }

    // ZeRO cuts the flat optimizer state into equal parts (stage_1_and_2.py pads it for that), so one of half the usual size is not whole.
    private static void Even(CheckpointInquiry inquiry, TreeEntry[] partitions)
    {
        if (partitions.Length < 3) return;
        var usual = partitions.Select(file => file.Bytes).Order().ElementAt(partitions.Length / 2);
        foreach (var small in partitions.Where(file => file.Bytes < usual / 2 && file.Bytes > 0))
        {
            inquiry.Refuse(small.Path, CheckpointDefectKind.TooSmall, string.Create(
                CultureInfo.InvariantCulture, $"has {small.Bytes} bytes where the other ranks' have {usual}"));
        }
    }

    [GeneratedRegex(
        @"(?:^|/|_)zero_pp_rank_(?<dp>\d+)_mp_rank_(?<mp>\d+)_|(?:^|/)mp_rank_(?<mp>\d+)_model|(?:^|/)layer_\d+-model_(?<tp>\d+)-"
        + @"|(?:^|/)layer_\d+_expert_(?<expert>\d+)_mp_rank_(?<mp>\d+)_|(?:^|/)expp_rank_(?<ep>\d+)_mp_rank_(?<mp>\d+)_",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ranks();

    [GeneratedRegex(@"^(?:\w+_)?zero_pp_rank_\d+_mp_rank_\d+_optim_states\.pt$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Partition();
}
