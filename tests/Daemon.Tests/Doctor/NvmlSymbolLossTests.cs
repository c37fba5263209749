using Forewarn.Daemon.Sources.Nvml;
using Forewarn.Daemon.Tests.Sources.Nvml;
using Forewarn.Interop.Nvml;
using Forewarn.Model;
using Forewarn.TestKit;

namespace Forewarn.Daemon.Tests.Doctor;

/// <summary>The table of losses against what Interop binds, and against what the source really does not read.</summary>
public class NvmlSymbolLossTests
{
    /// <summary>Interop's own tests hold its README in step with its bindings.</summary>
    private static readonly (string Symbol, string Class)[] Bound =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "src/Interop/Nvml/README.md"))
            .Where(line => line.StartsWith("| `nvml", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[3])),
    ];

    [Fact]
    public void Every_function_that_may_be_missing_has_a_row()
    {
        var lightUp = Bound.Where(row => row.Class == "light-up").Select(row => row.Symbol).ToList();
        Assert.NotEmpty(lightUp);
        Assert.All(lightUp, symbol => Assert.True(NvmlSymbolLoss.Of(symbol) is not null, $"{symbol}: what is lost without it?"));
    }

    [Fact]
    public void A_function_that_nobody_bound_has_none() => Assert.Null(NvmlSymbolLoss.Of("nvmlDeviceGetHappiness"));

    [Fact(Timeout = 30_000)]
    public async Task Every_reading_hangs_on_a_function()
    {
        await using var node = await SourceOnNode.StartAsync("r550");
        node.Discover();
        var lost = Bound.SelectMany(row => NvmlSymbolLoss.Of(row.Symbol)?.Signals ?? []).ToHashSet();
        Assert.Superset(node.Read(0).Select(reading => reading.Signal).ToHashSet(), lost);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("r470")]
    [InlineData("r535")]
    public async Task What_the_table_says_of_an_old_driver_is_what_is_not_read(string driver)
    {
        await using var node = await SourceOnNode.StartAsync(driver);
        using var library = NvmlLibrary.Load(node.Node.LibraryPath).Library!;
        node.Discover();

        var said = library.MissingSymbols.SelectMany(symbol => NvmlSymbolLoss.Of(symbol)!.Signals).Distinct().Order();
        var seen = node.Read(0).Where(reading => reading.Absence == NoDataReason.SymbolMissing).Select(reading => reading.Signal).Distinct().Order();

        Assert.Equal(seen, said);
    }
}
