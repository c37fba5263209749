using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Every signature against a library that answers with its arguments: order, width and direction of each.</summary>
public sealed class SignatureTests : IDisposable
{
    private static readonly NvmlDevice Device = new(0x1009);

    private readonly CompiledLibrary _compiled = CompiledLibrary.Signatures();
    private readonly NvmlLibrary _nvml;

    public SignatureTests() => _nvml = NvmlLibrary.Load(_compiled.Path).Library!;

    [Fact]
    public void Library_wide_values()
    {
        Span<byte> version = stackalloc byte[80];

        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetDriverVersion(version, out int length));
        Assert.Equal("550.163.01", Encoding.ASCII.GetString(version[..length]));
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.SystemGetDriverVersion(version[..4], out length));
        Assert.Equal(0, length);
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetCudaDriverVersion(out int cuda));
        Assert.Equal(12040, cuda);
        Assert.Equal("GPU is lost"u8, _nvml.ErrorString(NvmlReturn.GpuIsLost));
    }

    [Fact]
    public void Handles_by_index_and_by_name()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(5, out NvmlDevice device));
        Assert.Equal(0x1005, device.Handle);

        // A slice of a longer text: the library must see an end that the slice does not have.
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByPciBusId("00000000:18:00.0 and more"u8[..16], out device));
        Assert.Equal(16, device.Handle);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByPciBusId(new byte[96].AsSpan(), out device));
        Assert.Equal(NvmlReturn.InvalidArgument, _nvml.DeviceGetHandleByPciBusId(new byte[97], out _));
    }

    [Fact]
    public void Texts_with_and_without_an_end()
    {
        Span<byte> serial = stackalloc byte[30];
        Span<byte> firmware = stackalloc byte[64];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetSerial(Device, serial, out int length));
        Assert.Equal(30, length);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetGspFirmwareVersion(Device, firmware, out length));
        Assert.Equal("550.163.01"u8, firmware[..length]);
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.DeviceGetGspFirmwareVersion(Device, firmware[..63], out length));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetPciInfo(Device, out NvmlPciInfo pci));
        Assert.Equal("00000000:18:00.0"u8, pci.BusId.Text);
    }

    [Fact]
    public void Values_of_a_device()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetIndex(Device, out uint index));
        Assert.Equal(9u, index);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetCudaComputeCapability(Device, out int major, out int minor));
        Assert.Equal((9, -1), (major, minor));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetClockInfo(Device, NvmlClockType.Video, out uint clock));
        Assert.Equal(0x903u, clock);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetRemappedRows(Device, out uint a, out uint b, out uint c, out uint d));
        Assert.Equal((9u, 2u, 3u, 4u), (a, b, c, d));
    }

    [Fact]
    public void Error_counters()
    {
        Assert.Equal(
            NvmlReturn.Success,
            _nvml.DeviceGetTotalEccErrors(Device, NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Volatile, out ulong count));
        Assert.Equal(0x9_0000_0100ul, count);
        Assert.Equal(
            NvmlReturn.Success,
            _nvml.DeviceGetMemoryErrorCounter(
                Device, NvmlMemoryErrorType.Uncorrected, NvmlEccCounterType.Volatile, NvmlMemoryLocation.Sram, out count));
        Assert.Equal(0x9_0001_0007ul, count);
    }

    [Fact]
    public void Versioned_structs_are_tagged()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMemoryInfo(Device, out NvmlMemoryV2 memory));
        Assert.Equal(9ul, memory.Used);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetTemperatureV(Device, NvmlTemperatureSensors.Gpu, out NvmlTemperature heat));
        Assert.Equal(-9, heat.Temperature);
    }

    [Fact]
    public void Retired_pages_with_timestamps()
    {
        ulong[] addresses = new ulong[2], timestamps = new ulong[2];

        NvmlReturn code = _nvml.DeviceGetRetiredPages(
            Device, NvmlPageRetirementCause.DoubleBitEccError, addresses, timestamps, out uint count);

        Assert.Equal((NvmlReturn.Success, 1u, 9ul, 1ul), (code, count, addresses[0], timestamps[0]));
        // Two arrays of unequal length would let the library write past the shorter.
        Assert.Equal(
            NvmlReturn.InvalidArgument,
            _nvml.DeviceGetRetiredPages(Device, NvmlPageRetirementCause.DoubleBitEccError, addresses, timestamps.AsSpan(1), out _));
    }

    [Fact]
    public void Field_values_have_a_code_each()
    {
        NvmlFieldValue[] fields = [new() { FieldId = NvmlField.NvLinkErrorDlReplay, ScopeId = 3 }, new() { FieldId = 9999 }];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetFieldValues(Device, fields));
        Assert.Equal((NvmlReturn.Success, NvmlValueType.UnsignedLongLong), (fields[0].Result, fields[0].ValueType));
        Assert.Equal(0x9_00A1_0003ul, fields[0].Value.UllVal);
        Assert.Equal(NvmlReturn.InvalidArgument, fields[1].Result);
    }

    [Fact]
    public void Events()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetCreate(out NvmlEventSet set));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceRegisterEvents(Device, NvmlEventTypes.XidCriticalError, set));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetWait(set, out NvmlEventData data, 1234));
        Assert.Equal((set.Handle, 1234ul, 3u, 4u), (data.Device.Handle, data.EventData, data.GpuInstanceId, data.ComputeInstanceId));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetFree(set));
    }

    [Fact]
    public void No_wrapper_allocates()
    {
        var arguments = new WrapperArguments(Device, new(0x5E7));
        foreach (Wrapper wrapper in Wrapper.All) _ = wrapper.Call(_nvml, arguments); // compiled by now

        Assert.All(Wrapper.All, wrapper =>
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 100; i++) _ = wrapper.Call(_nvml, arguments);
            Assert.Equal((wrapper.Name, 0L), (wrapper.Name, GC.GetAllocatedBytesForCurrentThread() - before));
        });
    }

    public void Dispose()
    {
        _nvml.Dispose();
        _compiled.Dispose();
    }
}
