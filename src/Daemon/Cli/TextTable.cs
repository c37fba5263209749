namespace Forewarn.Daemon.Cli;

/// <summary>A column; a flexible one gives way when the table is wider than the terminal.</summary>
internal readonly record struct TextColumn(string Header, bool Right = false, bool Flexible = false);

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
        var excess = widths.Sum() + widths.Length - 1 - width;
        for (var i = 0; i < widths.Length && excess > 0; i++)
        {
            if (!columns[i].Flexible) continue;
            var given = Math.Clamp(widths[i] - LeastFlexible, 0, excess);
            widths[i] -= given;
            excess -= given;
        }

        return [.. _rows.Prepend([.. columns.Select(column => column.Header)]).Select(row => Render(row, widths))];
    }

    private string Render(string[] row, int[] widths)
    {
        var cells = row.Select((cell, i) => Fit(cell, widths[i]))
            .Select((cell, i) => columns[i].Right ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
        return string.Join(' ', cells).TrimEnd();
    }

    private static string Fit(string cell, int width) => cell.Length <= width ? cell : cell[..(width - 1)] + "…";
}
