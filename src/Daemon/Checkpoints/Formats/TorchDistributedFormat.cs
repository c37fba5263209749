namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>A folder that torch.distributed.checkpoint wrote; FSDP of Lightning, NeMo 2, TorchTitan and many others do so.</summary>
internal sealed class TorchDistributedFormat : ICheckpointFormat
{
    public string Name => "torch-distributed";

    public bool Owns(string name, IReadOnlyList<TreeEntry> direct) => TorchShards.AreIn(direct);

    public void Judge(CheckpointInquiry inquiry)
    {
        foreach (var folder in inquiry.Folders.Where(folder => TorchShards.AreIn(inquiry.FilesIn(folder)))) TorchShards.Judge(inquiry, folder);
    }
}
