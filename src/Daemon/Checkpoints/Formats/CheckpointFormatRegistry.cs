namespace Forewarn.Daemon.Checkpoints.Formats;

/// <summary>Every format, the most particular first: a folder is of the first that owns it.</summary>
internal static class CheckpointFormatRegistry
{
    public static IReadOnlyList<ICheckpointFormat> All { get; } =
        [new MegatronFormat(), new DeepSpeedFormat(), new PaddleFormat(), new HuggingFaceFormat(), new TorchDistributedFormat(), PlainFormat.Instance];
}
