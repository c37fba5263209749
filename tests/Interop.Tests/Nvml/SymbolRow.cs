using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>A row of the README's tables: a symbol, the driver that brought it, and its class.</summary>
public sealed record SymbolRow(string Name, NvmlDriverVersion Driver, string Class)
{
    // Above every code of NVML's own.
    private const int FirstAnswer = 2000;

    // "before 375" is as old as the oldest public header.
    private static readonly NvmlDriverVersion OldestHeader = new(375, 0);

    private static readonly Lazy<Dictionary<string, SymbolRow>> OfWrappers = new(AskWrappers);

    public static IReadOnlyList<SymbolRow> All { get; } =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Nvml", "README.md"))
            .Where(line => line.StartsWith("| `nvml", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => new SymbolRow(cells[1].Trim('`'), Version(cells[2]), cells[3])),
    ];

    public static IEnumerable<string> OfClass(string @class) => All.Where(row => row.Class == @class).Select(row => row.Name);

    /// <summary>The symbol that a wrapper calls where all of them are there.</summary>
    public static SymbolRow Of(Wrapper wrapper) => OfWrappers.Value[wrapper.Name];

    // A library in which every function answers with another number says which one was called.
    private static Dictionary<string, SymbolRow> AskWrappers()
    {
        using CompiledLibrary compiled = CompiledLibrary.Answering([.. All.Select(row => row.Name)], FirstAnswer);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;
        Assert.Empty(nvml.MissingSymbols);
        var arguments = new WrapperArguments(new(1), new(1));
        return Wrapper.All.ToDictionary(wrapper => wrapper.Name, wrapper => All[(int)wrapper.Call(nvml, arguments) - FirstAnswer]);
    }

    private static NvmlDriverVersion Version(string driver)
    {
        if (driver.StartsWith("before ", StringComparison.Ordinal)) return OldestHeader;
        string text = driver.Contains('.', StringComparison.Ordinal) ? driver : driver + ".0";
        Assert.True(NvmlDriverVersion.TryParse(text, out NvmlDriverVersion version), driver);
        return version;
    }
}
