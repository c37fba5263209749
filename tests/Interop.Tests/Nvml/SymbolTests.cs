using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Each wrapper calls the function of its own name: a library in which every function answers with another number.</summary>
public sealed class SymbolTests : IDisposable
{
    // Above every code of NVML's own.
    private const int FirstAnswer = 2000;

    private static readonly string[] Symbols = [.. SymbolRow.All.Select(row => row.Name)];

    private readonly CompiledLibrary _compiled = CompiledLibrary.Answering(Symbols, FirstAnswer);
    private readonly NvmlLibrary _nvml;

    public SymbolTests() => _nvml = NvmlLibrary.Load(_compiled.Path).Library!;

    [Fact]
    public void A_wrapper_calls_the_function_of_its_name()
    {
        var arguments = new WrapperArguments(new(1), new(1));
        List<string> called = [];

        Assert.All(Wrapper.All, wrapper =>
        {
            string symbol = Symbols[(int)wrapper.Call(_nvml, arguments) - FirstAnswer];
            called.Add(symbol);
            Assert.Equal("nvml" + wrapper.Method, WithoutVersion(symbol));
        });

        // With all of them there, no older name stands in; ErrorString answers with a text.
        string[] notCalled = [.. SymbolRow.OfClass("stands in"), "nvmlErrorString"];
        Assert.Equal(Symbols.Except(notCalled).Order(), called.Distinct().Order());
        Assert.Empty(_nvml.MissingSymbols);
    }

    public void Dispose()
    {
        _nvml.Dispose();
        _compiled.Dispose();
    }

    private static string WithoutVersion(string symbol) => symbol[^3..] is "_v2" or "_v3" ? symbol[..^3] : symbol;
}
