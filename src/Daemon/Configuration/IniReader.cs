namespace Forewarn.Daemon.Configuration;

/// <summary>
/// Reads the syntax that systemd's own files have (systemd.syntax(7)): sections, assignments, comments in '#' and ';',
/// a backslash at the end of a line joining the next one with a blank. The framework's INI provider knows no line numbers
/// and lets the second of two equal keys win in silence; without a line an error cannot be found in a file of any length.
/// </summary>
internal static class IniReader
{
    // What follows a heading that could not be read belongs to nobody: one error is enough for it.
    private const string SkippedSection = "";

    /// <summary>Appends what the lines say and what is wrong with them.</summary>
    public static void Read(
        string file, IReadOnlyList<string> lines, List<IniHeading> headings, List<IniEntry> entries, List<ConfigurationError> errors)
    {
        var first = new Dictionary<(string Section, string Key), int>();
        string? section = null;
        for (var index = 0; index < lines.Count; index++)
        {
            var origin = new SettingOrigin(file, index + 1);
            if (IsBlankOrComment(lines[index]))
            {
                continue;
            }

            if (!TryJoin(lines, ref index, out var text))
            {
                errors.Add(new(origin, "the file ends after a backslash that continues the line"));
            }
            else if (text.StartsWith('['))
            {
                section = text.EndsWith(']') && text.Length > 2 ? text[1..^1] : null;
                if (section is null)
                {
                    errors.Add(new(origin, $"\"{ShownText.FirstWord(text)}\" is not a section: write [Name]"));
                    section = SkippedSection;
                }
                else
                {
                    headings.Add(new(origin, section));
                }
            }
            else if (text.IndexOf('=') is var equals && equals < 1)
            {
                errors.Add(new(origin, $"\"{ShownText.FirstWord(text)}\" is not an assignment: write Key=Value"));
            }
            else if (section is null)
            {
                errors.Add(new(origin, $"\"{ShownText.FirstWord(text)}\" stands before the first [Section]"));
            }
            else if (section != SkippedSection)
            {
                var entry = new IniEntry(origin, section, text[..equals].TrimEnd(), text[(equals + 1)..].TrimStart());
                if (!first.TryAdd((section, entry.Key), origin.Line))
                {
                    errors.Add(new(origin, $"is set twice in this file, first on line {first[(section, entry.Key)]}", section, entry.Key, entry.Value));
                    continue;
                }

                entries.Add(entry);
            }
        }
    }

    private static bool IsBlankOrComment(string line) => line.AsSpan().TrimStart() is [] or ['#' or ';', ..];

    private static bool TryJoin(IReadOnlyList<string> lines, ref int index, out string text)
    {
        text = lines[index].Trim();
        while (text.EndsWith('\\'))
        {
            do
            {
                index++;
            }
            while (index < lines.Count && lines[index].AsSpan().TrimStart() is ['#' or ';', ..]);

            if (index >= lines.Count)
            {
                return false;
            }

            text = text[..^1].TrimEnd() + " " + lines[index].Trim();
        }

        return true;
    }
}
