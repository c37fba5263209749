using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Functions that were renamed or widened answer through their older form where the newer is absent.</summary>
public sealed class OldDriverTests : IDisposable
{
    private readonly CompiledLibrary _compiled = CompiledLibrary.OldDriver();
    private readonly NvmlLibrary _nvml;

    public OldDriverTests() => _nvml = NvmlLibrary.Load(_compiled.Path).Library!;

    [Fact]
    public void Throttle_reasons_are_the_event_reasons()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetCurrentClocksEventReasons(new(1), out NvmlClocksEventReasons reasons));
        Assert.Equal(NvmlClocksEventReasons.HwThermalSlowdown | NvmlClocksEventReasons.SwPowerCap, reasons);
        Assert.DoesNotContain("nvmlDeviceGetCurrentClocksEventReasons", _nvml.MissingSymbols);
    }

    [Fact]
    public void An_event_of_24_bytes_names_no_instance()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetWait(new(1), out NvmlEventData data, 0));
        Assert.Equal(NvmlEventTypes.XidCriticalError, data.EventType);
        Assert.Equal(79ul, data.EventData);
        Assert.Equal(0xFFFFFFFFu, data.GpuInstanceId);
        Assert.Equal(0xFFFFFFFFu, data.ComputeInstanceId);
    }

    [Fact]
    public void Retired_pages_come_without_timestamps()
    {
        ulong[] addresses = new ulong[4], timestamps = [9, 9, 9, 9];

        NvmlReturn code = _nvml.DeviceGetRetiredPages(
            new(1), NvmlPageRetirementCause.DoubleBitEccError, addresses, timestamps, out uint count);

        Assert.Equal((NvmlReturn.Success, 2u), (code, count));
        Assert.Equal([0x1001ul, 0x2001, 0, 0], addresses);
        Assert.Equal([0ul, 0, 0, 0], timestamps);
    }

    [Fact]
    public void Retired_pages_can_be_counted_alone()
    {
        NvmlReturn code = _nvml.DeviceGetRetiredPages(new(1), NvmlPageRetirementCause.DoubleBitEccError, [], [], out uint count);

        Assert.Equal((NvmlReturn.InsufficientSize, 2u), (code, count));
    }

    public void Dispose()
    {
        _nvml.Dispose();
        _compiled.Dispose();
    }
}
