using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>A null function pointer that is called ends the process, so every wrapper is called where its function is absent.</summary>
public sealed class RequiredOnlyTests : IDisposable
{
    private static readonly string[] Required =
    [
        "Init", "Shutdown", "DeviceGetCount", "DeviceGetHandleByIndex", "DeviceGetHandleByPciBusId", "DeviceGetUUID", "DeviceGetPciInfo",
    ];

    private static readonly string[] OfAnotherShape =
    [
        "nvmlDeviceGetRetiredPages", "nvmlDeviceGetComputeRunningProcesses", "nvmlDeviceGetGraphicsRunningProcesses",
        "nvmlDeviceGetMPSComputeRunningProcesses",
    ];

    private readonly CompiledLibrary _compiled = CompiledLibrary.RequiredOnly();
    private readonly NvmlLibrary _nvml;

    public RequiredOnlyTests()
    {
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load(_compiled.Path);
        Assert.True(load.IsLoaded, load.Detail);
        Assert.Equal(LibraryLoadReason.Loaded, load.Reason);
        _nvml = load.Library;
    }

    [Fact]
    public void Every_wrapper_answers_without_its_symbol()
    {
        var arguments = new WrapperArguments(new(1), new(1));

        Assert.All(Wrapper.All, wrapper =>
        {
            bool required = Required.Contains(wrapper.Method);
            NvmlReturn expected = required ? NvmlReturn.Success : NvmlReturn.FunctionNotFound;
            Assert.Equal((wrapper.Name, expected), (wrapper.Name, wrapper.Call(_nvml, arguments)));
        });
    }

    [Fact]
    public void Every_wrapper_answers_after_the_library_is_gone()
    {
        var arguments = new WrapperArguments(new(1), new(1));
        _nvml.Dispose();

        Assert.All(
            Wrapper.All,
            wrapper => Assert.Equal((wrapper.Name, NvmlReturn.FunctionNotFound), (wrapper.Name, wrapper.Call(_nvml, arguments))));
        Assert.True(_nvml.ErrorString(NvmlReturn.GpuIsLost).IsEmpty);
    }

    [Fact]
    public void What_is_missing_is_named_once_by_its_newest_name()
    {
        Assert.Contains("nvmlDeviceGetCurrentClocksEventReasons", _nvml.MissingSymbols);
        Assert.DoesNotContain("nvmlDeviceGetCurrentClocksThrottleReasons", _nvml.MissingSymbols);
        Assert.Equal(_nvml.MissingSymbols.Count, _nvml.MissingSymbols.Distinct().Count());
    }

    [Fact]
    public void The_readme_lists_every_symbol_with_its_class()
    {
        string required = NvmlLibrary.Load("libm.so.6").Detail["libm.so.6 does not export ".Length..];
        Assert.Equal(required.Split(", ").Order(), SymbolRow.OfClass("required").Order());
        // An older name that has no method of its own is not missed separately, except where its shape differs from the newer.
        Assert.Equal(
            _nvml.MissingSymbols.Except(OfAnotherShape).Order(),
            SymbolRow.OfClass("light-up").Order());
        Assert.Equal(10, SymbolRow.OfClass("stands in").Count());
    }

    [Fact]
    public void An_absent_error_text_is_empty() => Assert.True(_nvml.ErrorString(NvmlReturn.Success).IsEmpty);

    [Fact]
    public void Outputs_are_zero_where_nothing_was_read()
    {
        uint index = 77;
        NvmlUtilization utilization = new() { Gpu = 77 };

        _ = _nvml.DeviceGetIndex(new(1), out index);
        _ = _nvml.DeviceGetUtilizationRates(new(1), out utilization);

        Assert.Equal(0u, index);
        Assert.Equal(0u, utilization.Gpu);
    }

    public void Dispose()
    {
        _nvml.Dispose();
        _compiled.Dispose();
    }
}
