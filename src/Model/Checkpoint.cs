using System.Collections.Immutable;

namespace Forewarn.Model;

/// <summary>What a job wrote to go on from, as it was found on the file system.</summary>
public sealed record Checkpoint
{
    /// <summary>The folder or file.</summary>
    public required string Path { get; init; }

    /// <summary>Name of its format: <c>megatron</c>, <c>deepspeed</c>, <c>plain</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The step that its name tells; null when it tells none.</summary>
    public long? Step { get; init; }

    /// <summary>When the last of its files was written, by the file server's clock.</summary>
    public required DateTimeOffset Time { get; init; }

    /// <summary>Bytes in its files.</summary>
    public required long Bytes { get; init; }

    /// <summary>Number of its files.</summary>
    public required int Files { get; init; }

    /// <summary>Whether it is whole.</summary>
    public required CheckpointCompleteness Completeness { get; init; }

    /// <summary>What speaks against it, file by file; empty when it is complete.</summary>
    public ImmutableArray<CheckpointDefect> Defects { get; init; } = [];
}
