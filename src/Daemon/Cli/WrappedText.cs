namespace Forewarn.Daemon.Cli;

/// <summary>Breaks a sentence between words; further lines are indented.</summary>
internal static class WrappedText
{
    private const string Indent = "  ";

    /// <summary>A line that fits stays as it is, with its blanks.</summary>
    public static IEnumerable<string> Fitting(string text, int width) => text.Length <= width ? [text] : Lines(text, width);

    public static IEnumerable<string> Lines(string text, int width)
    {
        var line = "";
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length == 0)
            {
                line = word;
            }
            else if (line.Length + 1 + word.Length <= width)
            {
                line += " " + word;
            }
            else
            {
                yield return line;
                line = Indent + word;
            }
        }

        yield return line;
    }
}
