namespace Forewarn.Daemon.Cli;

/// <summary>A column; a flexible one gives way when the table is wider than the terminal.</summary>
/// <param name="Header">Its first line.</param>
/// <param name="Right">Flush right, as numbers are.</param>
/// <param name="Flexible">Its cells may be cut.</param>
/// <param name="Drop">Above 0: left out where cutting does not suffice, the highest first.</param>
internal readonly record struct TextColumn(string Header, bool Right = false, bool Flexible = false, int Drop = 0);

/// <summary>Columns of text, as wide as their widest cell and one blank apart.</summary>
internal sealed class TextTable(IReadOnlyList<TextColumn> columns)
{
    private const int LeastFlexible = 6;

    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>The header, then a line for each row.</summary>
    public IReadOnlyList<string> Render(int width)
    {
        var widths = columns.Select((column, i) => _rows.Select(row => row[i].Length).Append(column.Header.Length).Max()).ToArray();
        var shown = Shown(widths, width);
        var excess = shown.Sum(i => widths[i] + 1) - 1 - width;
        for (var i = 0; i < widths.Length && excess > 0; i++)
        {
            if (!columns[i].Flexible || !shown.Contains(i)) continue;
            var given = Math.Clamp(widths[i] - LeastFlexible, 0, excess);
            widths[i] -= given;
            excess -= given;
        }

        return [.. _rows.Prepend([.. columns.Select(column => column.Header)]).Select(row => Render(row, widths, shown))];
    }

    // The places of the columns that fit, each flexible one taken at its least.
    private List<int> Shown(int[] widths, int width)
    {
        List<int> shown = [.. Enumerable.Range(0, widths.Length)];
        while (shown.Sum(Least) - 1 > width && shown.Where(i => columns[i].Drop > 0).ToArray() is { Length: > 0 } spare)
            shown.Remove(spare.MaxBy(i => columns[i].Drop));
        return shown;

        int Least(int i) => 1 + (columns[i].Flexible ? Math.Min(widths[i], LeastFlexible) : widths[i]);
    }

    private string Render(string[] row, int[] widths, List<int> shown)
    {
        var cells = shown.Select(i => (Text: Fit(row[i], widths[i]), Place: i))
            .Select(cell => columns[cell.Place].Right ? cell.Text.PadLeft(widths[cell.Place]) : cell.Text.PadRight(widths[cell.Place]));
        return string.Join(' ', cells).TrimEnd();
    }

    private static string Fit(string cell, int width) => cell.Length <= width ? cell : cell[..(width - 1)] + "…";
}
