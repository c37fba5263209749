namespace Forewarn.Daemon.Cli;

/// <summary>A text beside its label, broken between words to a width; further lines stand beneath the first one's text.</summary>
internal static class LabelledText
{
    /// <summary>A word that is longer than the room is broken where the room ends: a logged line may be one.</summary>
    /// <param name="label">What stands before the first line, blanks included; as many blanks stand before the others.</param>
    /// <param name="text">The text; blanks in a row become one.</param>
    /// <param name="width">Of the whole, label included.</param>
    public static IEnumerable<string> Lines(string label, string text, int width)
    {
        var room = Math.Max(width - label.Length, 1);
        var (before, line) = (label, "");
        foreach (var word in text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).SelectMany(word => word.Chunk(room)))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > room)
            {
                yield return before + line;
                (before, line) = (new string(' ', label.Length), "");
            }

            line = line.Length == 0 ? new(word) : $"{line} {new string(word)}";
        }

        yield return (before + line).TrimEnd();
    }
}
