using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>There are drivers that export the newer form of the wait for events and do not have it.</summary>
public sealed class EventWaitTests
{
    // Each function answers with the place of its name, counted from the first answer: so the two forms of the wait answer with what the test says.
    private const string Newer = "nvmlEventSetWait_v2", Older = "nvmlEventSetWait";

    [Theory]
    [InlineData((int)NvmlReturn.NotSupported)]
    [InlineData((int)NvmlReturn.FunctionNotFound)]
    public void A_newer_form_that_the_driver_does_not_have_gives_way_to_the_older_for_good(int refusal)
    {
        using CompiledLibrary compiled = Answering(refusal);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;

        for (var time = 0; time < 2; time++) Assert.Equal(refusal + 1, (int)nvml.EventSetWait(new(1), out _, 0));
        Assert.DoesNotContain(Older, nvml.MissingSymbols);
    }

    [Theory]
    [InlineData((int)NvmlReturn.Success)]
    [InlineData((int)NvmlReturn.Timeout)]
    [InlineData((int)NvmlReturn.GpuIsLost)]
    public void Any_other_answer_is_that_of_the_newer_form(int answer)
    {
        using CompiledLibrary compiled = Answering(answer);
        using NvmlLibrary nvml = NvmlLibrary.Load(compiled.Path).Library!;

        for (var time = 0; time < 2; time++) Assert.Equal(answer, (int)nvml.EventSetWait(new(1), out _, 0));
    }

    private static CompiledLibrary Answering(int first) => CompiledLibrary.Answering([Newer, Older, .. SymbolRow.OfClass("required")], first);
}
