namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Each wrapper calls the function of its own name.</summary>
public sealed class SymbolTests
{
    [Fact]
    public void A_wrapper_calls_the_function_of_its_name() =>
        Assert.All(Wrapper.All, wrapper => Assert.Equal("nvml" + wrapper.Method, WithoutVersion(SymbolRow.Of(wrapper).Name)));

    // With all of them there, no older name stands in; ErrorString answers with a text.
    [Fact]
    public void Every_symbol_has_a_wrapper() =>
        Assert.Equal(
            SymbolRow.All.Select(row => row.Name).Except([.. SymbolRow.OfClass("stands in"), "nvmlErrorString"]).Order(),
            Wrapper.All.Select(wrapper => SymbolRow.Of(wrapper).Name).Distinct().Order());

    private static string WithoutVersion(string symbol) => symbol[^3..] is "_v1" or "_v2" or "_v3" ? symbol[..^3] : symbol;
}
