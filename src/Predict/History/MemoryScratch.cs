namespace Forewarn.Predict.History;

/// <summary>Room to write one memory after the other: what nine devices remember goes through the same buffers, every five minutes.</summary>
public sealed class MemoryScratch
{
    /// <summary>A whole memory.</summary>
    internal MemoryWriter Whole { get; } = new();

    /// <summary>One of its parts.</summary>
    internal MemoryWriter Part { get; } = new();

    /// <summary>One signal of a part.</summary>
    internal MemoryWriter One { get; } = new();
}
