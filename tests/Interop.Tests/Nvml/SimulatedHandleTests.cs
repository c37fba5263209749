using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>What needs a name, a process or a wait to be answered at all.</summary>
public sealed class SimulatedHandleTests : IDisposable
{
    private readonly SimulatedNode _node = new("r580");
    private readonly NvmlLibrary _nvml;
    private readonly NvmlDevice _device;

    public SimulatedHandleTests()
    {
        _nvml = NvmlLibrary.Load(_node.Library).Library ?? throw new InvalidOperationException("the library does not load");
        Assert.Equal(NvmlReturn.Success, _nvml.Init());
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(2, out _device));
    }

    [Fact]
    public void A_device_is_found_by_its_uuid_in_both_forms_and_by_its_serial()
    {
        Span<byte> text = stackalloc byte[96];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetUUID(_device, text, out int length));
        Assert.Equal((NvmlReturn.Success, _device), (_nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Ascii, text[..length], out NvmlDevice found), found));
        byte[] bytes = Convert.FromHexString(Encoding.ASCII.GetString(text["GPU-".Length..length]).Replace("-", "", StringComparison.Ordinal));
        Assert.Equal((NvmlReturn.Success, _device), (_nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Binary, bytes, out found), found));

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetSerial(_device, text, out length));
        Assert.Equal((NvmlReturn.Success, _device), (_nvml.DeviceGetHandleBySerial(text[..length], out found), found));
    }

    [Fact]
    public void A_process_on_a_device_has_a_name()
    {
        var processes = new NvmlProcessInfo[64];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetComputeRunningProcesses(_device, new NvmlDriverVersion(580, 95, 5), processes, out uint count));
        Assert.True(count > 0); // the job that runs at time 0 takes all cards
        Span<byte> name = stackalloc byte[256];
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetProcessName(processes[0].Pid, name, out int length));
        Assert.True(length > 0);
    }

    [Fact]
    public void A_driver_that_leaves_a_device_is_a_system_event()
    {
        var events = new NvmlSystemEventData[4];
        Assert.Equal(NvmlReturn.Success, _nvml.SystemEventSetCreate(out NvmlSystemEventSet set));
        Assert.Equal(NvmlReturn.Success, _nvml.SystemRegisterEvents(NvmlSystemEventTypes.GpuDriverUnbind, set));
        Assert.Equal(NvmlReturn.Timeout, _nvml.SystemEventSetWait(set, events, 1, out _));

        _node.Inject("gpu 2 unbind");

        Assert.Equal((NvmlReturn.Success, 1u), (_nvml.SystemEventSetWait(set, events, 5000, out uint count), count));
        Assert.Equal(NvmlSystemEventTypes.GpuDriverUnbind, events[0].EventType);
        Assert.Equal(NvmlReturn.Success, _nvml.SystemEventSetFree(set));
    }

    public void Dispose()
    {
        _ = _nvml.Shutdown();
        _nvml.Dispose();
        _node.Dispose();
    }
}
