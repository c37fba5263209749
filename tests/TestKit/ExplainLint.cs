namespace Forewarn.TestKit;

/// <summary>
/// Looks at what <c>forewarn explain</c> printed of a device as a person would who has to act on it at night, and names what is missing.
/// </summary>
public static class ExplainLint
{
    private const int Width = 80;

    private static readonly string[] States = ["Healthy", "Watch", "Degraded", "Failing", "Failed", "Unknown"];

    /// <summary>Empty when nothing is missing.</summary>
    public static IReadOnlyList<string> Complaints(string text) => [.. Find(text.Split('\n'))];

    private static IEnumerable<string> Find(string[] lines)
    {
        foreach (var line in lines.Where(line => line.Length > Width && !IsWhole(line))) yield return $"wider than {Width}: {line}";
        foreach (var complaint in IsNode(lines) ? [] : OfDevice(lines)) yield return complaint;
        if (!Array.Exists(States, state => Field(lines, "state").StartsWith(state + " since ", StringComparison.Ordinal))) yield return "no state with its time";
        if (Field(lines, "state").Contains("nothing is found", StringComparison.Ordinal)) yield break;

        var todo = Array.IndexOf(lines, "What to do");
        var findings = Findings(lines[..(todo < 0 ? lines.Length : todo)]);
        if (findings.Count == 0) yield return "neither a finding nor the word that there is none";
        foreach (var complaint in findings.SelectMany(OfFinding)) yield return complaint;
        var orders = todo < 0 ? [] : lines[todo..];
        if (!orders.Any(line => line.StartsWith("     ", StringComparison.Ordinal) || line.Contains("Nothing has to be done.", StringComparison.Ordinal)))
            yield return "no command to run";
    }

    // The node itself stands in no slot, and its label has its name right behind it.
    private static bool IsNode(string[] lines) => Array.Exists(lines, line => line.StartsWith("node ", StringComparison.Ordinal) && !line.StartsWith("node  ", StringComparison.Ordinal));

    private static IEnumerable<string> OfDevice(string[] lines)
    {
        if (!HasDigit(Field(lines, "slot").Split(" serial ")[0])) yield return "no slot";
        if (!HasDigit(Field(lines, "slot").Split(" serial ").ElementAtOrDefault(1)?.Split(" part ")[0] ?? "")) yield return "no serial";
        if (Field(lines, "last healthy").Length == 0) yield return "no word of when it was last healthy";
        if (Field(lines, "on it now").Length == 0) yield return "no word of the jobs on it";
    }

    private static IEnumerable<string> OfFinding(string[] lines)
    {
        var (name, all) = (lines[0][3..], string.Join(' ', lines.Select(line => line.Trim())));
        if (!lines.Any(line => line.StartsWith("   number ", StringComparison.Ordinal)) || !(all.Contains(", limit ", StringComparison.Ordinal) || all.Contains("(one is enough)", StringComparison.Ordinal)))
            yield return $"no number against its threshold: {name}";
        if (!lines.Any(line => line.StartsWith("   cleared by ", StringComparison.Ordinal))) yield return $"not what would clear it: {name}";
        if (!all.Contains("by hand: forewarn clear ", StringComparison.Ordinal)) yield return $"not how to clear it by hand: {name}";
        if (!all.Contains("runbook /usr/share/doc/forewarn/runbook/", StringComparison.Ordinal)) yield return $"no page of the runbook: {name}";
        if (!all.Contains("% within 7 d; from: ", StringComparison.Ordinal)) yield return $"no chance of failure with its origin: {name}";
    }

    // A finding begins with its number in the first column.
    private static List<string[]> Findings(string[] lines)
    {
        List<string[]> findings = [];
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].Length < 3 || !char.IsAsciiDigit(lines[i][0]) || !lines[i].Contains(". ", StringComparison.Ordinal)) continue;
            var end = Array.FindIndex(lines, i, line => line.Length == 0);
            findings.Add([.. lines[i..(end < 0 ? lines.Length : end)].Select(Squeezed)]);
        }

        return findings;
    }

    // Labels are padded; what counts is that the word stands there.
    private static string Squeezed(string line)
    {
        var indent = line.Length - line.TrimStart().Length;
        return line[..indent] + string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Field(string[] lines, string label)
        => lines.FirstOrDefault(line => line.StartsWith(label + " ", StringComparison.Ordinal))?[label.Length..].Trim() ?? "";

    private static bool HasDigit(string text) => text.Any(char.IsAsciiDigit);

    // A quoted argument or a path cannot be broken so that it could still be copied.
    private static bool IsWhole(string line) => line.Contains('"') || !line.Trim().TrimEnd('\\').TrimEnd().Contains(' ');
}
