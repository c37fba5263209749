using Forewarn.Interop.Linux;

namespace Forewarn.Daemon.Checkpoints;

/// <summary>A small file beside the checkpoints in which a framework names its last finished one.</summary>
/// <param name="File">Its name.</param>
/// <param name="Text">What stands in it; null when it cannot be read.</param>
/// <param name="Error">Why it cannot be read.</param>
internal sealed record CheckpointTracker(string File, string? Text, Errno Error)
{
    // A step number or the name of a folder (NAME_MAX).
    private const int Most = 255;

    /// <summary>The step it names, alone or at the end of a name; null when it names none.</summary>
    public long? Step => Text is null ? null : StepName.Of(Text);

    /// <summary>There is no such file.</summary>
    public bool IsAbsent => Error == Errno.NoEntry;

    public static CheckpointTracker Read(CheckpointTree tree, string folder, string file)
    {
        var text = tree.Text(CheckpointTree.Join(folder, file), Most, out var error);
        return new(file, text, error);
    }

    /// <summary>What it says, for a sentence.</summary>
    public string Words => Text is { } text ? $"{File} names {ShownName.Of(text)}" : IsAbsent ? $"there is no {File}" : $"{File} {ErrnoText.Of(Error)}";
}
