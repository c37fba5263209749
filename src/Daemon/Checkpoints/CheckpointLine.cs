using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>One line of what the child says; it has one of these.</summary>
internal sealed record CheckpointLine
{
    /// <summary>What is looked at next: said before the call, so that a call that hangs is known.</summary>
    public string? At { get; init; }

    /// <summary>What was found.</summary>
    public CheckpointVerdict? Verdict { get; init; }

    /// <summary>The last line.</summary>
    public CheckpointEnd? End { get; init; }
}

/// <summary>The end of an examination.</summary>
/// <param name="Skipped">Names that were left out at sight.</param>
/// <param name="Trouble">Why not all was looked at; null when it was.</param>
internal sealed record CheckpointEnd(IReadOnlyList<SkippedName> Skipped, string? Trouble);

/// <summary>How order and answer travel between us and the child.</summary>
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, UseStringEnumConverter = true)]
[JsonSerializable(typeof(CheckpointOrder))]
[JsonSerializable(typeof(CheckpointLine))]
internal sealed partial class CheckpointJson : JsonSerializerContext
{
    /// <summary>Text as it is: a path in a list of processes should be readable. A line's end within a text is escaped all the same.</summary>
    public static CheckpointJson Plain => Relaxed.Context;

    // Of its own, since the order of static fields over the parts of a partial class is not defined.
    private static class Relaxed
    {
        public static readonly CheckpointJson Context = new(new JsonSerializerOptions(Default.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
