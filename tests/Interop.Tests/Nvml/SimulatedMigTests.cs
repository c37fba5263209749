using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Cards that are cut up, as the MIG profiles have them: gpu 1 in parts of 3, 2, a hole, and 1 slice.</summary>
public abstract class SimulatedMigTests : IDisposable
{
    private const uint ThreeSlices = 9; // the id of 3g.20gb and 3g.40gb in the listings of nvidia-smi mig -lgip

    private readonly SimulatedNode _node;
    private readonly NvmlLibrary _nvml;
    private readonly NvmlDevice _card;
    private readonly (string Name, uint Multiprocessors)[] _parts;
    private readonly ulong _largest;

    private protected SimulatedMigTests(string driver, string profile, (string Name, uint Multiprocessors)[] parts, ulong largestMebibytes)
    {
        _node = new(driver, profile);
        _nvml = NvmlLibrary.Load(_node.Library).Library ?? throw new InvalidOperationException("the library does not load");
        (_parts, _largest) = (parts, largestMebibytes << 20);
        Assert.Equal(NvmlReturn.Success, _nvml.Init());
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetHandleByIndex(1, out _card));
    }

    [Fact]
    public void Parts_are_found_beyond_the_hole_and_know_their_card()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMaxMigDeviceCount(_card, out uint most));
        List<NvmlDevice> parts = [];
        for (uint index = 0; index < most; index++)
        {
            NvmlReturn code = _nvml.DeviceGetMigDeviceHandleByIndex(_card, index, out NvmlDevice part);
            Assert.Contains(code, (NvmlReturn[])[NvmlReturn.Success, NvmlReturn.NotFound]);
            if (code == NvmlReturn.Success) parts.Add(part);
        }

        Assert.Equal(_parts, parts.Select(part => (Name(part), Multiprocessors(part))));
        Assert.All(parts, part =>
        {
            Assert.Equal((NvmlReturn.Success, 1u), (_nvml.DeviceIsMigDeviceHandle(part, out uint isPart), isPart));
            Assert.Equal((NvmlReturn.Success, _card), (_nvml.DeviceGetDeviceHandleFromMigDeviceHandle(part, out NvmlDevice parent), parent));
            Assert.Equal((NvmlReturn.Success, 0u), (_nvml.DeviceGetComputeInstanceId(part, out uint id), id));
            Assert.Equal(NvmlReturn.NotSupported, _nvml.DeviceGetUtilizationRates(part, out _));
        });
    }

    [Fact]
    public void Instances_tell_their_kind_and_their_place()
    {
        var instances = new NvmlGpuInstance[NvmlLibrary.InstancesOfOneProfile];
        NvmlReturn code = _nvml.DeviceGetGpuInstances(_card, ThreeSlices, instances, out uint count);
        Assert.Equal(Environment.IsPrivilegedProcess ? NvmlReturn.Success : NvmlReturn.NoPermission, code);
        if (code != NvmlReturn.Success) return;
        Assert.Equal(1u, count);
        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetInfo(instances[0], out NvmlGpuInstanceInfo info));
        Assert.Equal((_card, ThreeSlices, 4u), (info.Device, info.ProfileId, info.Placement.Size));
        Assert.Equal((NvmlReturn.Success, instances[0]), (_nvml.DeviceGetGpuInstanceById(_card, info.Id, out NvmlGpuInstance same), same));

        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetComputeInstanceById(same, 0, out NvmlComputeInstance compute));
        code = _nvml.ComputeInstanceGetInfo(compute, out NvmlComputeInstanceInfo inside);
        if (code == NvmlReturn.FunctionNotFound) return; // came with 455
        Assert.Equal((NvmlReturn.Success, same, 0u), (code, inside.GpuInstance, inside.Id));
        var all = new NvmlComputeInstance[NvmlLibrary.InstancesOfOneProfile];
        Assert.Equal((NvmlReturn.Success, 1u), (_nvml.GpuInstanceGetComputeInstances(same, inside.ProfileId, all, out count), count));
        Assert.Equal(compute, all[0]);

        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetGpuInstanceProfileInfoV(_card, NvmlGpuInstanceProfile.Slice3, out NvmlGpuInstanceProfileInfoV2 kind));
        Assert.Equal((ThreeSlices, 3u, _parts[0].Multiprocessors, _largest >> 20), (kind.Id, kind.SliceCount, kind.MultiprocessorCount, kind.MemorySizeMB));
    }

    [Fact]
    public void The_handle_of_a_part_dies_with_it()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMigDeviceHandleByIndex(_card, 0, out NvmlDevice part));
        Assert.Equal((NvmlReturn.Success, _largest), (_nvml.DeviceGetMemoryInfo(part, out NvmlMemory memory), memory.Total));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetGpuInstanceId(part, out uint id));

        _node.Inject("gpu 1 load idle");
        _node.Inject($"gpu 1 mig destroy {id}");

        Assert.Equal(NvmlReturn.InvalidArgument, _nvml.DeviceGetMemoryInfo(part, out memory));
        Assert.Equal(0ul, memory.Total);
    }

    public void Dispose()
    {
        _ = _nvml.Shutdown();
        _nvml.Dispose();
        _node.Dispose();
        GC.SuppressFinalize(this);
    }

    // What stands behind the product's name, which changed with driver 470.
    private string Name(NvmlDevice device)
    {
        Span<byte> text = stackalloc byte[96];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetName(device, text, out int length));
        string name = Encoding.ASCII.GetString(text[..length]);
        return name[name.IndexOf("MIG", StringComparison.Ordinal)..];
    }

    private uint Multiprocessors(NvmlDevice part)
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetAttributes(part, out NvmlDeviceAttributes attributes));
        return attributes.MultiprocessorCount;
    }
}

public sealed class SimulatedMigR450Tests()
    : SimulatedMigTests("r450", "a100-8-mig", [("MIG 3g.20gb", 42), ("MIG 2g.10gb", 28), ("MIG 1g.5gb", 14)], 20096);

public sealed class SimulatedMigR580Tests()
    : SimulatedMigTests("r580", "h100-8-mig", [("MIG 3g.40gb", 60), ("MIG 2g.20gb", 32), ("MIG 1g.10gb", 16)], 40448);
