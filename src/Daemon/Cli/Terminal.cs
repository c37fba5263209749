using System.Globalization;
using System.Text;

namespace Forewarn.Daemon.Cli;

/// <summary>How a line is meant; its colour is an addition, its words say everything.</summary>
internal enum Tone
{
    /// <summary>As it is.</summary>
    Plain,

    /// <summary>Not measured, or broken.</summary>
    Bad,

    /// <summary>Worth a look.</summary>
    Warning,
}

/// <summary>A line of output.</summary>
internal readonly record struct Line(string Text, Tone Tone = Tone.Plain);

/// <summary>Where a command writes, and what can be shown there.</summary>
internal sealed class Terminal(
    TextWriter output, TextWriter error, int width = Terminal.UsualWidth, int? height = null, bool colour = false, bool unicode = true,
    bool live = false, Func<(int Width, int Height)>? size = null)
{
    /// <summary>What a terminal has been since the VT100, and what output into a pipe is laid out for.</summary>
    public const int UsualWidth = 80;

    public TextWriter Output => output;

    public TextWriter Error => error;

    public int Width => size?.Invoke().Width is > 0 and var now ? now : width;

    /// <summary>Lines that can be seen at once; null when output is not looked at on a screen.</summary>
    public int? Height => size?.Invoke().Height is > 0 and var now ? now : height;

    /// <summary>True where something can be drawn over what stands there.</summary>
    public bool IsLive => live;

    /// <summary>The console of this process.</summary>
    public static Terminal OfThisProcess()
    {
        var onScreen = !Console.IsOutputRedirected;
        var term = Environment.GetEnvironmentVariable("TERM");
        var dumb = term is null or "" or "dumb";
        var plain = !string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")) || dumb;
        var seen = onScreen ? Console.WindowWidth : Number("COLUMNS"); // watch(1) sets both for what it runs in a pipe.
        var lines = onScreen ? Console.WindowHeight : Number("LINES");
        return new(
            Console.Out,
            Console.Error,
            seen > 0 ? seen : UsualWidth,
            lines > 0 ? lines : null,
            onScreen && !plain,
            IsUtf8(Environment.GetEnvironmentVariable),
            onScreen && !dumb,
            onScreen ? () => (Console.WindowWidth, Console.WindowHeight) : null);
    }

    /// <summary>The character set of the locale, in the order of locale(7).</summary>
    public static bool IsUtf8(Func<string, string?> environment)
    {
        string[] variables = ["LC_ALL", "LC_CTYPE", "LANG"];
        var locale = variables.Select(environment).FirstOrDefault(value => !string.IsNullOrEmpty(value)) ?? "";
        return locale.Contains("UTF-8", StringComparison.OrdinalIgnoreCase) || locale.Contains("UTF8", StringComparison.OrdinalIgnoreCase);
    }

    public void Write(IEnumerable<Line> lines)
    {
        foreach (var line in lines) Write(line);
    }

    public void Write(Line line) => output.Write(Styled(line.Text, line.Tone) + "\n");

    /// <summary>Draws lines over what stands there, cut to the width, in one write. ECMA-48: CUP home, EL and ED clear what is left.</summary>
    public void Draw(IEnumerable<Line> lines)
    {
        var columns = Width;
        var cut = lines.Select(line => Styled(line.Text.Length <= columns ? line.Text : line.Text[..columns], line.Tone) + "\e[K");
        output.Write($"\e[H{string.Join('\n', cut)}\e[J");
        output.Flush();
    }

    public void WriteError(string text) => error.Write(Safe(text) + "\n");

    // SGR 31 red, 33 yellow, 0 back to normal: ECMA-48, 8.3.117.
    private string Styled(string text, Tone tone) =>
        !colour || tone == Tone.Plain ? Safe(text) : $"\e[{(tone == Tone.Bad ? 31 : 33)}m{Safe(text)}\e[0m";

    // Names come from vendor libraries: none of them may steer the terminal.
    private string Safe(string text)
    {
        var safe = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '\n' => safe.Append(letter),
                _ when char.IsControl(letter) => safe.Append('?'),
                _ when unicode || char.IsAscii(letter) => safe.Append(letter),
                '…' => safe.Append("..."),
                '–' or '−' => safe.Append('-'),
                '×' => safe.Append('x'),
                '█' => safe.Append('#'),
                '░' => safe.Append('.'),
                '°' => safe,
                _ => safe.Append('?'),
            };
        }

        return safe.ToString();
    }

    private static int Number(string variable)
    {
        var text = Environment.GetEnvironmentVariable(variable);
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : 0;
    }
}
