using System.Globalization;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>A row of the README's tables: a symbol, the major of the driver that brought it, and its class.</summary>
public sealed record SymbolRow(string Name, int Driver, string Class)
{
    // "before 375" is as old as the oldest public header.
    private const int OldestHeader = 375;

    public static IReadOnlyList<SymbolRow> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Nvml", "README.md"))
            .Where(line => line.StartsWith("| `nvml", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new SymbolRow(cells[1].Trim('`'), Major(cells[2]), cells[3])),
    ];

    public static IEnumerable<string> OfClass(string @class) => All.Where(row => row.Class == @class).Select(row => row.Name);

    /// <summary>The symbol behind a wrapper: the one of its name, else its version; of two versions the newer for a V2 struct.</summary>
    public static SymbolRow Of(Wrapper wrapper)
    {
        string name = "nvml" + wrapper.Method;
        SymbolRow[] versions =
        [
            .. All.Where(row => row.Name == name || row.Name.StartsWith(name + "_v", StringComparison.Ordinal)).OrderBy(row => row.Driver),
        ];
        return wrapper.Name.Contains("V2&", StringComparison.Ordinal) ? versions[^1] : versions[0];
    }

    private static int Major(string driver) =>
        driver.StartsWith("before ", StringComparison.Ordinal)
            ? OldestHeader
            : int.Parse(driver.Split('.')[0], CultureInfo.InvariantCulture);
}
