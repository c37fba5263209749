using System.Globalization;
using System.Text.RegularExpressions;
using Forewarn.Model;

namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>
/// The Trainer of Transformers: <c>checkpoint-N</c> with weights (safetensors or <c>pytorch_model.bin</c>, whole or with an index; an adapter; or what FSDP and
/// DeepSpeed write), optimizer, scheduler, <c>rng_state[_RANK].pth</c> and <c>trainer_state.json</c> (transformers/trainer.py, "_save_checkpoint").
/// </summary>
internal sealed partial class HuggingFaceFormat : ICheckpointFormat
{
    public const string FolderPrefix = "checkpoint-";

    private static readonly string[] Weights =
    [
        "model.safetensors", "model.safetensors.index.json", "pytorch_model.bin", "pytorch_model.bin.index.json", "adapter_model.safetensors",
        "adapter_model.bin", "pytorch_model_fsdp.bin",
    ];

    private static readonly string[] Optimizers = ["optimizer.pt", "optimizer.bin"];

    public string Name => "huggingface";

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => FolderName().IsMatch(name) || direct.Any(entry => entry.Name == TrainerState.File);

    public void Judge(CheckpointInquiry inquiry)
    {
        TrainerState.Judge(inquiry);
        var isSeries = ShardSeries.Judge(inquiry, needsIndex: true);
        var deepSpeed = inquiry.Folders.Where(folder => folder.Length > 0 && DeepSpeedShards.AreIn(inquiry.FilesIn(folder))).ToArray();
        var distributed = inquiry.Folders.Where(folder => folder.Length > 0 && TorchShards.AreIn(inquiry.FilesIn(folder))).ToArray();
        foreach (var folder in deepSpeed)
        {
            if (inquiry.Needs(DeepSpeedFormat.Tracker, "DeepSpeed writes it when all ranks are done"))
                DeepSpeedFormat.Committed(inquiry, inquiry.TrackerInside("", DeepSpeedFormat.Tracker), DeepSpeedFormat.Tracker, folder);
            DeepSpeedShards.Judge(inquiry, folder);
        }

        foreach (var folder in distributed) TorchShards.Judge(inquiry, folder);
        var isSharded = deepSpeed.Length + distributed.Length > 0;
        if (!isSharded && !isSeries && !Weights.Any(inquiry.Has))
            inquiry.Refuse(Weights[0], CheckpointDefectKind.Missing, "is missing: there are no weights in any form that is known");
        if (!isSharded && !Optimizers.Any(inquiry.Has)) WithoutOptimizer(inquiry);
        Generators(inquiry);
    }

    private static void WithoutOptimizer(CheckpointInquiry inquiry)
    {
        if (inquiry.Has("scheduler.pt")) inquiry.Refuse(Optimizers[0], CheckpointDefectKind.Missing, "is missing: scheduler.pt is there, and is written after it");
        else inquiry.Notes.Add("no optimizer state: training goes on from the weights with a new optimizer");
    }

    private static void Generators(CheckpointInquiry inquiry)
    {
        var states = inquiry.FilesIn("").Where(file => Generator().IsMatch(file.Name)).Select(file => file.Path).ToArray();
        _ = RankGrid.Judge(inquiry, states, Generator());
        if (inquiry.Order.Ranks is not > 1 || inquiry.Order.Ranks is not { } told || states.Length == told) return;
        inquiry.Refuse("rng_state_*.pth", CheckpointDefectKind.Missing, string.Create(CultureInfo.InvariantCulture, $"{states.Length} processes left theirs, not {told}"));
    }

    [GeneratedRegex(@"^checkpoint-\d+$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex FolderName();

    [GeneratedRegex(@"^rng_state_(?<rank>\d+)\.pth$", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Generator();
}
