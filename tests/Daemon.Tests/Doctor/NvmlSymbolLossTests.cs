using Forewarn.Daemon.Sources;
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
    private static readonly (string Symbol, string Driver, string Class)[] Bound =
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "src/Interop/Nvml/README.md"))
            .Where(line => line.StartsWith("| `nvml", StringComparison.Ordinal))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Trim('`'), cells[2], cells[3])),
    ];

    [Fact]
    public void Every_function_that_may_be_missing_has_a_row()
    {
        var lightUp = Bound.Where(row => row.Class == "light-up").Select(row => row.Symbol).ToList();
        Assert.NotEmpty(lightUp);
        Assert.All(lightUp, symbol => Assert.True(NvmlSymbolLoss.Of(symbol) is not null, $"{symbol}: what is lost without it?"));
    }

    [Fact]
    public void What_stands_in_for_a_function_is_bound()
    {
        var standIns = Bound.Select(row => NvmlSymbolLoss.Of(row.Symbol)?.Unless).OfType<string>().ToList();
        Assert.NotEmpty(standIns);
        Assert.Subset(Bound.Select(row => row.Symbol).ToHashSet(), standIns.ToHashSet());
    }

    [Fact]
    public void The_first_driver_with_a_function_is_the_one_that_interop_names()
    {
        var oldest = new Version(450, 51);
        var named = Bound.Where(row => NvmlSymbolLoss.Of(row.Symbol) is not null)
            .Select(row => (row.Symbol, Since: Version.TryParse(row.Driver, out var driver) && driver > oldest ? driver : null)).ToList();
        Assert.Contains(named, row => row.Since is not null);
        Assert.All(named, row => Assert.Equal(row.Since, NvmlSymbolLoss.Of(row.Symbol)!.Since));
    }

    [Fact]
    public void A_function_that_nobody_bound_has_none() => Assert.Null(NvmlSymbolLoss.Of("nvmlDeviceGetHappiness"));

    [Fact(Timeout = 30_000)]
    public async Task Every_reading_hangs_on_a_function()
    {
        await using var node = await SourceOnNode.StartAsync("r550", profiling: true);
        node.Discover();
        var lost = Bound.SelectMany(row => NvmlSymbolLoss.Of(row.Symbol)?.Signals ?? []).ToHashSet();
        Assert.Superset(node.Read(0).Select(reading => reading.Signal).ToHashSet(), lost);
    }

    [Theory(Timeout = 30_000)]
    [InlineData("r450")]
    [InlineData("r470")]
    [InlineData("r535-86")]
    [InlineData("r535")]
    [InlineData("r550")]
    [InlineData("r560")]
    [InlineData("r575")]
    [InlineData("r580")]
    [InlineData("r610")]
    public async Task What_the_table_says_of_a_driver_is_what_is_not_read(string driver)
    {
        await using var node = await SourceOnNode.StartAsync(driver, profiling: true);
        node.Discover();

        var readings = node.Read(0);
        var seen = readings.Where(reading => reading.Absence == NoDataReason.SymbolMissing).Select(reading => reading.Signal);
        // Of what the card has none of (fans), nothing is read or missed.
        var said = Losses(node).SelectMany(loss => loss.Signals).Intersect(readings.Select(reading => reading.Signal));

        Assert.Equal(seen.Distinct().Order(), said.Order());
        // A library that is whole has all that its driver is new enough for.
        Assert.All(Losses(node).Where(loss => !loss.IsNothing), loss => Assert.True(loss.Since > new Version(Major(driver), 0), $"{loss}: {loss.Since}"));
    }

    [Theory(Timeout = 30_000)]
    [InlineData("r450")]
    [InlineData("r535")]
    public async Task The_traits_that_the_table_says_are_those_that_an_old_driver_does_not_tell(string driver)
    {
        await using var newest = await SourceOnNode.StartAsync("r610");
        await using var old = await SourceOnNode.StartAsync(driver);
        var told = Traits(newest);
        var gone = told.Except(Traits(old));
        var said = Losses(old).SelectMany(loss => loss.Other?.Split(", ") ?? []).Intersect(told);

        Assert.NotEmpty(gone);
        Assert.Equal(gone.Order(), said.Order());
    }

    private static int Major(string driver) => int.Parse(driver[1..4], System.Globalization.CultureInfo.InvariantCulture);

    private static List<SymbolLoss> Losses(SourceOnNode node)
    {
        using var library = NvmlLibrary.Load(node.Node.LibraryPath).Library!;
        return [.. library.MissingSymbols.Select(symbol => NvmlSymbolLoss.Of(symbol)!.Among(library.MissingSymbols))];
    }

    private static List<string> Traits(SourceOnNode node) => [.. node.Discover()[0].Device.Traits.All.Select(trait => $"trait {trait.Key}")];
}
