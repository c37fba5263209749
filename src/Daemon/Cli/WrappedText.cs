namespace Forewarn.Daemon.Cli;

/// <summary>Breaks a sentence between words; further lines are indented.</summary>
internal static class WrappedText
{
    private const string Indent = "  ";

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
