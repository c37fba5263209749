using Forewarn.Daemon.Cli;

namespace Forewarn.Daemon.Doctor;

/// <summary>The report for a person: by theme, aligned, every severity in words.</summary>
internal sealed class DoctorScreen(DoctorReport report)
{
    private const string Todo = "do: ";

    // "  problem  ": two blanks, the longest word, two blanks.
    private const int Margin = 2;
    private static readonly int SeverityWidth = Enum.GetNames<Severity>().Max(name => name.Length) + Margin;

    // Narrower than this, text would stand in a column of single words.
    private const int LeastText = 30;

    public IEnumerable<Line> Render(int width)
    {
        if (report.Simulated)
        {
            yield return new(
                $"SIMULATED NODE ({report.Simulation ?? report.Root}): what is said of cards, library and driver is not about real hardware", Tone.Warning);
            yield return new("");
        }

        var nameWidth = report.Checks.Max(check => check.Check.Length) + Margin;
        var indent = Margin + SeverityWidth + nameWidth;
        var room = Math.Max(width - indent, LeastText);
        foreach (var theme in report.Checks.GroupBy(check => check.Theme))
        {
            yield return new(theme.Key);
            foreach (var check in theme)
            {
                var head = $"{"",Margin}{Word(check.Severity).PadRight(SeverityWidth)}{check.Check.PadRight(nameWidth)}";
                var lines = Wrap(check.Text, room).Concat(check.Todo is { } todo ? Wrap(Todo + todo, room) : []);
                foreach (var line in lines)
                {
                    yield return new(head + line, ToneOf(check.Severity));
                    head = new(' ', indent);
                }
            }

            yield return new("");
        }

        yield return new($"{report.Ok} ok, {report.Notes} notes, {report.Warnings} warnings, {report.Problems} problems");
    }

    private static IEnumerable<string> Wrap(string text, int width) => WrappedText.Lines(text, width);

    private static string Word(Severity severity) => severity switch
    {
        Severity.Ok => "ok",
        Severity.Note => "note",
        Severity.Warning => "warning",
        _ => "problem",
    };

    private static Tone ToneOf(Severity severity) => severity switch
    {
        Severity.Problem => Tone.Bad,
        Severity.Warning => Tone.Warning,
        _ => Tone.Plain,
    };
}
