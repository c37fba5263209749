namespace Forewarn.Daemon.Cli;

/// <summary>A command over several lines, joined by backslashes, so that it may be copied as it stands.</summary>
internal static class ShellLines
{
    private const string Continued = " \\";
    private const string Deeper = "  ";

    /// <summary>Broken at blanks outside quotes alone; an argument that is too long stays whole.</summary>
    /// <param name="command">As it would be typed in one line.</param>
    /// <param name="label">What stands before the first line, blanks included; as many blanks stand before the others.</param>
    /// <param name="width">Of the whole, label included.</param>
    public static IEnumerable<string> Of(string command, string label, int width)
    {
        var (line, isFirst) = (label, true);
        foreach (var argument in Arguments(command))
        {
            if (!isFirst && line.Length + 1 + argument.Length + Continued.Length > width)
            {
                yield return line + Continued;
                (line, isFirst) = (new string(' ', label.Length) + Deeper, true);
            }

            line += isFirst ? argument : " " + argument;
            isFirst = false;
        }

        yield return line;
    }

    private static IEnumerable<string> Arguments(string command)
    {
        var (start, quote) = (0, '\0');
        for (var i = 0; i < command.Length; i++)
        {
            if (quote != '\0') quote = command[i] == quote ? '\0' : quote;
            else if (command[i] is '"' or '\'') quote = command[i];
            else if (command[i] == ' ')
            {
                if (i > start) yield return command[start..i];
                start = i + 1;
            }
        }

        if (start < command.Length) yield return command[start..];
    }
}
