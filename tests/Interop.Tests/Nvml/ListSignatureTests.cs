using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>The signatures of instances, samples, pairs of devices, lists and requests; the others are in SignatureTests.</summary>
public sealed class SignatureMoreTests : IDisposable
{
    private static readonly NvmlDevice Device = new(0x1009);

    private readonly CompiledLibrary _compiled = CompiledLibrary.MoreSignatures();
    private readonly NvmlLibrary _nvml;

    public SignatureMoreTests() => _nvml = NvmlLibrary.Load(_compiled.Path).Library!;

    [Fact]
    public void Library_wide_values()
    {
        Span<byte> name = stackalloc byte[16];

        Assert.Equal(NvmlReturn.Success, _nvml.InitWithFlags(NvmlInitOptions.NoGpus | NvmlInitOptions.ForceInit));
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetDriverBranch(out NvmlSystemDriverBranchInfo branch));
        Assert.Equal("r580_00"u8, branch.Branch.Text);
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetProcessName(7, name, out int length));
        Assert.Equal("p7"u8, name[..length]);
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.SystemGetProcessName(7, name[..2], out length));
        Assert.Equal(0, length);
    }

    [Fact]
    public void Error_records_are_read_to_their_end()
    {
        var cursor = default(NvmlCPERCursor);
        byte[] records = new byte[16];

        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.SystemGetCPER(ref cursor, [], out uint length));
        Assert.Equal((4u, 0ul), (length, cursor.Handle));
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetCPER(ref cursor, records, out length));
        Assert.Equal((4u, 1ul, "CPER"), (length, cursor.Handle, Encoding.ASCII.GetString(records, 0, 4)));
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetCPER(ref cursor, records, out length));
        Assert.Equal(0u, length);
    }

    [Fact]
    public void Other_ways_to_a_device()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Ascii, "GPU-1"u8, out NvmlDevice device));
        Assert.Equal(0x100 + 'G', device.Handle);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Binary, new byte[16], out device));
        Assert.Equal(0x200, device.Handle);
        Assert.Equal(NvmlReturn.InvalidArgument, _nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Binary, new byte[17], out _));
        Assert.Equal(
            NvmlReturn.InvalidArgument,
            _nvml.DeviceGetHandleByUUIDV(NvmlUUIDType.Ascii, "GPU-00000000-0000-0000-0000-0000000000001"u8, out _));
        Assert.Equal(NvmlReturn.Success, _nvml.GetExcludedDeviceInfoByIndex(3, out NvmlExcludedDeviceInfo excluded));
        Assert.Equal(3u, excluded.PciInfo.Domain);
        Assert.Equal("GPU-excluded"u8, excluded.Uuid.Text);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceQueryDrainState(new() { Bus = 0x18 }, out NvmlEnableState drain));
        Assert.Equal(NvmlEnableState.Enabled, drain);
    }

    [Fact]
    public void The_infoROM()
    {
        Span<byte> version = stackalloc byte[16];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetInforomVersion(Device, NvmlInforomObject.Power, version, out int length));
        Assert.Equal("92"u8, version[..length]);
        Assert.Equal(NvmlReturn.CorruptedInforom, _nvml.DeviceValidateInforom(Device));
    }

    [Fact]
    public void Topology()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetTopologyCommonAncestor(new(3), new(0), out NvmlGpuTopologyLevel level));
        Assert.Equal(NvmlGpuTopologyLevel.HostBridge, level);
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetP2PStatus(new(0), new(0), NvmlGpuP2PCapsIndex.Pci, out NvmlGpuP2PStatus status));
        Assert.Equal(NvmlGpuP2PStatus.DisabledByRegkey, status);

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetTopologyNearestGpus(Device, NvmlGpuTopologyLevel.Node, [], out uint count));
        var near = new NvmlDevice[count];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetTopologyNearestGpus(Device, NvmlGpuTopologyLevel.Node, near, out count));
        Assert.Equal([Device, new NvmlDevice(40)], near);
        Assert.Equal(NvmlReturn.Success, _nvml.SystemGetTopologyGpuSet(11, near, out count));
        Assert.Equal((1u, 11), (count, near[0].Handle));

        ulong[] cpus = new ulong[4];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetCpuAffinityWithinScope(Device, NvmlAffinityScope.Socket, cpus));
        Assert.Equal([0ul, 0, 0, 0x901], cpus);
    }

    [Fact]
    public void Lists_of_processes_and_samples()
    {
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.DeviceGetAccountingPids(Device, [], out uint count));
        uint[] pids = new uint[count];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetAccountingPids(Device, pids, out count));
        Assert.Equal([9u, 42], pids);

        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.DeviceGetProcessUtilization(Device, 77, [], out count));
        var utilization = new NvmlProcessUtilizationSample[count];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetProcessUtilization(Device, 77, utilization, out count));
        Assert.Equal((9u, 77ul), (utilization[0].Pid, utilization[0].TimeStamp));

        var samples = new NvmlSample[1];
        NvmlReturn code = _nvml.DeviceGetSamples(
            Device, NvmlSamplingType.EncUtilization, 78, samples, out NvmlValueType type, out count);
        Assert.Equal(
            (NvmlReturn.Success, NvmlValueType.UnsignedLongLong, 1u, 78ul, 9ul),
            (code, type, count, samples[0].TimeStamp, samples[0].SampleValue.UllVal));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetNvLinkUtilizationCounter(Device, 17, 1, out ulong received, out ulong sent));
        Assert.Equal((0x91101ul, 0x91102ul), (received, sent));
    }

    [Fact]
    public void Instances()
    {
        var instances = new NvmlGpuInstance[NvmlLibrary.InstancesOfOneProfile];
        var parts = new NvmlComputeInstance[NvmlLibrary.InstancesOfOneProfile];

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetGpuInstances(Device, 14, instances, out uint count));
        Assert.Equal((1u, 0x90E), (count, instances[0].Handle));
        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetInfo(instances[0], out NvmlGpuInstanceInfo info));
        Assert.Equal(0xEu, info.Id);
        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetComputeInstances(instances[0], 2, parts, out count));
        Assert.Equal((1u, 0xE02), (count, parts[0].Handle));
        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetComputeInstanceById(instances[0], 4, out NvmlComputeInstance part));
        Assert.Equal(0xE04, part.Handle);
        Assert.Equal(NvmlReturn.Success, _nvml.ComputeInstanceGetInfo(part, out NvmlComputeInstanceInfo partInfo));
        Assert.Equal(4u, partInfo.Placement.Start);
        NvmlReturn code = _nvml.GpuInstanceGetComputeInstanceProfileInfoV(
            instances[0], NvmlComputeInstanceProfile.Slice3, NvmlComputeInstanceEngineProfile.Shared,
            out NvmlComputeInstanceProfileInfoV3 profile);
        Assert.Equal((NvmlReturn.Success, 0xE0200u), (code, profile.Id));

        // The library is not told how much room there is.
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.DeviceGetGpuInstances(Device, 14, instances.AsSpan(1), out _));
        Assert.Equal(NvmlReturn.InsufficientSize, _nvml.GpuInstanceGetComputeInstances(instances[0], 2, parts.AsSpan(1), out _));
    }

    [Fact]
    public void Performance_metrics()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleGet(Device, new(5)));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmMigSampleGet(Device, 3, new(5)));
        NvmlGpmMetric[] metrics =
        [
            new() { MetricId = NvmlGpmMetricId.SMUtil }, new() { MetricId = NvmlGpmMetricId.PcieRxPerSec },
            new() { MetricId = (NvmlGpmMetricId)999 },
        ];

        Assert.Equal(NvmlReturn.Success, _nvml.GpmMetricsGet(new(5), new(6), metrics));
        Assert.Equal((2.0, 21.0), (metrics[0].Value, metrics[1].Value));
        Assert.Equal(
            [NvmlReturn.Success, NvmlReturn.Success, NvmlReturn.InvalidArgument],
            metrics.Select(metric => metric.Result));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmMetricsGet(new(5), new(6), new NvmlGpmMetric[333]));
        Assert.Equal(NvmlReturn.InvalidArgument, _nvml.GpmMetricsGet(new(5), new(6), new NvmlGpmMetric[334]));
        Assert.Equal(NvmlReturn.Success, _nvml.GpmSampleFree(new(5)));
    }

    [Fact]
    public void Requests_that_point_to_a_list()
    {
        var events = new NvmlSystemEventData[3];
        Assert.Equal(NvmlReturn.Success, _nvml.SystemEventSetWait(new(1), events, 250, out uint count));
        Assert.Equal((2u, NvmlSystemEventTypes.GpuDriverUnbind, 250u), (count, events[1].EventType, events[1].GpuId));

        NvmlPRMCounter[] counters = [new() { CounterId = NvmlPRMCounterId.PpcntPlrRcvCodes, LocalPort = 6 }];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceReadPRMCounters(Device, counters));
        Assert.Equal(NvmlReturn.Success, counters[0].CounterValue.Status);
        Assert.Equal(0x9_0001_2D06ul, counters[0].CounterValue.OutputValue.UllVal);
    }

    public void Dispose()
    {
        _nvml.Dispose();
        _compiled.Dispose();
    }
}
