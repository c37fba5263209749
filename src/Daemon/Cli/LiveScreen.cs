namespace Forewarn.Daemon.Cli;

/// <summary>
/// One picture after the other in the same place, on the terminal's second page and without its cursor; both are given back at the end.
/// A picture is drawn over the one before and only the rest is cleared, so that nothing flickers.
/// </summary>
internal sealed class LiveScreen : IDisposable
{
    // xterm's control sequences: 1049 the second page, 25 the cursor; the end also undoes the keypad mode that reading keys sets.
    private const string Enter = "\e[?1049h\e[?25l";
    private const string Leave = "\e[?1l\e>\e[?25h\e[?1049l";

    private readonly Terminal _terminal;

    public LiveScreen(Terminal terminal)
    {
        _terminal = terminal;
        terminal.Output.Write(Enter);
    }

    /// <summary>What does not fit is counted in the last line.</summary>
    public void Show(IReadOnlyList<Line> lines)
    {
        var room = _terminal.Height ?? int.MaxValue;
        _terminal.Draw(lines.Count <= room ? lines : [.. lines.Take(room - 1), new($"… and {lines.Count - room + 1} more lines: make the window larger, or | cat")]);
    }

    public void Dispose()
    {
        _terminal.Output.Write(Leave);
        _terminal.Output.Flush();
    }
}
