using System.Text.RegularExpressions;

namespace Forewarn.EndToEnd.Tests.Kit;

/// <summary>
/// What <c>forewarn explain</c> says, without what differs from one run to the next: times, ages, what is measured, whose job is on the card. Thresholds,
/// names and words stay.
/// </summary>
internal static partial class ExplainedText
{
    // Wide enough that no line is broken: where one breaks depends on the numbers in it.
    public const int Wide = 2000;

    private const int Patience = 1000;

    // The rule's own words, and commands: no number in them is measured.
    private static readonly string[] Fixed = ["   means ", "   cleared by ", "   runbook ", "     "];

    public static string WithoutMoments(string text) => string.Join('\n', text.Split('\n').Select(Line));

    private static string Line(string line)
    {
        if (line.StartsWith("last healthy ", StringComparison.Ordinal)) return "last healthy  …";
        if (line.StartsWith("on it now ", StringComparison.Ordinal)) return "on it now     …";
        if (line.StartsWith("   logged ", StringComparison.Ordinal)) return Probe().Replace(line, "probe N died");
        line = Root().Replace(line, "/");
        line = Span().Replace(Moment().Replace(line, "TIME"), "(AGE)");
        return Array.Exists(Fixed, start => line.StartsWith(start, StringComparison.Ordinal)) ? line : Measured().Replace(Deaths().Replace(Often().Replace(line, "N times"), "N"), "N");
    }

    [GeneratedRegex(@"\b(\d{4}-\d\d-\d\d )?\d\d:\d\d(:\d\d)?\b(?!\.)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Moment();

    [GeneratedRegex(@"\((\d+(\.\d+)? (s|min|h|d) ?)+\)", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Span();

    [GeneratedRegex(@"\bprobe \d+ died\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Probe();

    // Where a simulated node lies is another place each time.
    [GeneratedRegex(@"(?<= )/\S*/run/simulated/", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Root();

    // In prose "once" is a word like any other.
    [GeneratedRegex(@"(?<=seen +)once\b|(?<=within an hour |back )once\b|\b\d+ times\b", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Often();

    [GeneratedRegex(@"\b\d+(?= probes died\b)|(?<=deaths within an hour: )\d+", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Deaths();

    // A number with a fraction, or of three digits and more, is a reading; a threshold stands behind the word for it.
    [GeneratedRegex(@"(?<!limit |limit -|[Xx]id |[\w.:/-])-?(\d+\.\d+(E[+-]\d+)?|\d{3,})(?![\w:/-])", RegexOptions.ExplicitCapture, Patience)]
    private static partial Regex Measured();
}
