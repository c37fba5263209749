using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

public sealed class SimulatedR450Tests() : SimulatedNvmlTests("r450", new(450, 248, 2));

public sealed class SimulatedR470Tests() : SimulatedNvmlTests("r470", new(470, 256, 2));

public sealed class SimulatedR535With32BytesTests() : SimulatedNvmlTests("r535-86", new(535, 86, 10));

public sealed class SimulatedR535Tests() : SimulatedNvmlTests("r535", new(535, 261, 3));

public sealed class SimulatedR550Tests() : SimulatedNvmlTests("r550", new(550, 163, 1));

public sealed class SimulatedR580Tests() : SimulatedNvmlTests("r580", new(580, 95, 5));

public sealed class SimulatedR610Tests() : SimulatedNvmlTests("r610", new(610, 43, 2));

/// <summary>The binding against the simulated library, which was written apart from it from one header, once for each driver.</summary>
public abstract class SimulatedNvmlTests : IDisposable
{
    private readonly NvmlDriverVersion _driver;
    private readonly SimulatedNode _node;
    private readonly NvmlLibrary _nvml;

    protected SimulatedNvmlTests(string driver, NvmlDriverVersion version)
    {
        _driver = version;
        _node = new(driver);
        LibraryLoad<NvmlLibrary> load = NvmlLibrary.Load(_node.Library);
        Assert.True(load.IsLoaded, load.Detail);
        _nvml = load.Library;
        Assert.Equal(NvmlReturn.Success, _nvml.Init());
    }

    [Fact]
    public void It_lacks_what_came_after_its_driver()
    {
        IEnumerable<string> newer = SymbolRow.All.Where(row => row.Driver > _driver).Select(row => row.Name);
        string[] throughAnOlderName =
        [
            "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetSupportedClocksEventReasons",
            "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetGraphicsRunningProcesses_v3",
            "nvmlDeviceGetMPSComputeRunningProcesses_v3",
        ];

        Assert.Equal(newer.Except(throughAnOlderName).Order(), _nvml.MissingSymbols.Order());
    }

    [Fact]
    public void Devices_are_found_again_by_address_and_uuid()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetCount(out uint count));
        Assert.Equal(8u, count);
        Span<byte> uuid = stackalloc byte[96];
        for (uint index = 0; index < count; index++)
        {
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(index, out NvmlDevice device));
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetIndex(device, out uint same));
            Assert.Equal(index, same);
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetPciInfo(device, out NvmlPciInfo pci));
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByPciBusId(pci.BusId.Text, out NvmlDevice byAddress));
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetUUID(device, uuid, out int length));
            Assert.True(uuid[..length].StartsWith("GPU-"u8));
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByUUID(uuid[..length], out NvmlDevice byUuid));
            Assert.Equal((device, device), (byAddress, byUuid));
        }
    }

    [Fact]
    public void The_driver_says_its_version()
    {
        Span<byte> text = stackalloc byte[80];

        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetDriverVersion(text, out int length));
        Assert.True(NvmlDriverVersion.TryParse(text[..length], out NvmlDriverVersion version), Encoding.ASCII.GetString(text[..length]));
        Assert.Equal(_driver, version);
    }

    [Fact]
    public void Field_values_come_with_codes_of_their_own()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        NvmlFieldValue[] fields =
        [
            new() { FieldId = NvmlField.MemoryTemp }, new() { FieldId = 9999 }, new() { FieldId = NvmlField.TotalEnergyConsumption },
        ];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetFieldValues(device, fields));
        Assert.Equal((NvmlReturn.Success, NvmlReturn.Success), (fields[0].Result, fields[2].Result));
        Assert.Contains(fields[1].Result, (NvmlReturn[])[NvmlReturn.InvalidArgument, NvmlReturn.NotSupported]);
        Assert.InRange(fields[0].Value.UiVal, 10u, 110u);
        Assert.Equal(NvmlValueType.UnsignedLongLong, fields[2].ValueType);
    }

    [Fact]
    public void A_quiet_node_has_no_event()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetSupportedEventTypes(device, out NvmlEventTypes supported));
        Assert.True(supported.HasFlag(NvmlEventTypes.XidCriticalError));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetCreate(out NvmlEventSet set));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceRegisterEvents(device, NvmlEventTypes.XidCriticalError, set));
        Assert.Equal(NvmlReturn.Timeout, _nvml.EventSetWait(set, out _, 1));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetFree(set));
    }

    [Fact]
    public void An_Xid_arrives_as_an_event_of_its_device()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(3, out NvmlDevice device));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetCreate(out NvmlEventSet set));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceRegisterEvents(device, NvmlEventTypes.XidCriticalError, set));

        _node.Inject("gpu 3 xid 79 \"GPU has fallen off the bus.\"");

        Assert.Equal(NvmlReturn.Success, _nvml.EventSetWait(set, out NvmlEventData data, 5000));
        Assert.Equal((device, NvmlEventTypes.XidCriticalError, 79ul), (data.Device, data.EventType, data.EventData));
        Assert.Equal((0xFFFFFFFFu, 0xFFFFFFFFu), (data.GpuInstanceId, data.ComputeInstanceId));
        Assert.Equal(NvmlReturn.Success, _nvml.EventSetFree(set));
    }

    [Fact]
    public void A_lost_device_says_so_and_its_siblings_answer()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(3, out NvmlDevice lost));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(4, out NvmlDevice sibling));

        _node.Inject("gpu 3 lost");

        Assert.Equal(NvmlReturn.GpuIsLost, _nvml.DeviceGetTemperature(lost, NvmlTemperatureSensors.Gpu, out uint celsius));
        Assert.Equal(0u, celsius);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetTemperature(sibling, NvmlTemperatureSensors.Gpu, out celsius));
        Assert.InRange(celsius, 15u, 95u);
    }

    [Fact]
    public void Memory_adds_up_in_both_forms()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMemoryInfo(device, out NvmlMemory memory));
        Assert.Equal(memory.Total, memory.Free + memory.Used);
        // nvmlDeviceGetMemoryInfo_v2 came with 510. Where it is absent every field is 0, and 0 adds up too.
        NvmlReturn expected = _driver.Major < 510 ? NvmlReturn.FunctionNotFound : NvmlReturn.Success;
        Assert.Equal(expected, _nvml.DeviceGetMemoryInfo(device, out NvmlMemoryV2 second));
        Assert.Equal(second.Total, second.Free + second.Used + second.Reserved);
        Assert.Equal(expected == NvmlReturn.Success ? memory.Total : 0, second.Total);
    }

    // As the profile h100-8 has them: 132 SM of 128 cores, five stacks of 1024 lines, and the first four GPUs at CPUs 0 to 47.
    [Fact]
    public void A_device_says_what_it_is_and_where()
    {
        NvmlReturn since510 = _driver.Major < 510 ? NvmlReturn.FunctionNotFound : NvmlReturn.Success;
        ulong[] cpus = new ulong[2];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        Assert.Equal(since510, _nvml.DeviceGetNumGpuCores(device, out uint cores));
        Assert.Equal(since510, _nvml.DeviceGetMemoryBusWidth(device, out uint bits));
        Assert.Equal(since510 == NvmlReturn.Success ? (16896u, 5120u) : (0u, 0u), (cores, bits));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetCpuAffinity(device, cpus));
        Assert.Equal([0x0000_FFFF_FFFF_FFFFul, 0], cpus);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceIsMigDeviceHandle(device, out uint isMig));
        Assert.Equal(0u, isMig);
    }

    // 535.86 writes 32 bytes for each; the size query and the call that follows it agree all the same.
    [Fact]
    public void Processes_are_counted_and_then_listed()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(0, out NvmlDevice device));
        _ = _nvml.DeviceGetComputeRunningProcesses(device, _driver, [], out uint needed);
        var processes = new NvmlProcessInfo[needed + 2];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetComputeRunningProcesses(device, _driver, processes, out uint count));
        Assert.InRange(count, 0u, needed);
        Assert.All(
            processes[..(int)count],
            process => Assert.Equal((0xFFFFFFFFu, 0xFFFFFFFFu), (process.GpuInstanceId, process.ComputeInstanceId)));
        Assert.All(processes[(int)count..], process => Assert.Equal(0u, process.Pid));
    }

    public void Dispose()
    {
        _ = _nvml.Shutdown();
        _nvml.Dispose();
        _node.Dispose();
        GC.SuppressFinalize(this);
    }
}
