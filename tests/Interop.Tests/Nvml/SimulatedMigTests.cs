using System.Text;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Cards that are cut up, as the profile h100-8-mig has them: gpu 1 in 3g.40gb, 2g.20gb, a hole, 1g.10gb.</summary>
public sealed class SimulatedMigTests : IDisposable
{
    private readonly SimulatedNode _node = new("r550", "h100-8-mig");
    private readonly NvmlLibrary _nvml;
    private readonly NvmlDevice _card;

    public SimulatedMigTests()
    {
        _nvml = NvmlLibrary.Load(_node.Library).Library ?? throw new InvalidOperationException("the library does not load");
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

        Assert.Equal(["NVIDIA H100 80GB HBM3 MIG 3g.40gb", "NVIDIA H100 80GB HBM3 MIG 2g.20gb", "NVIDIA H100 80GB HBM3 MIG 1g.10gb"], parts.Select(Name));
        Assert.Equal([60u, 32u, 16u], parts.Select(part =>
        {
            Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetAttributes(part, out NvmlDeviceAttributes attributes));
            return attributes.MultiprocessorCount;
        }));
        Assert.All(parts, part =>
        {
            Assert.Equal((NvmlReturn.Success, 1u), (_nvml.DeviceIsMigDeviceHandle(part, out uint isPart), isPart));
            Assert.Equal((NvmlReturn.Success, _card), (_nvml.DeviceGetDeviceHandleFromMigDeviceHandle(part, out NvmlDevice parent), parent));
            Assert.Equal(NvmlReturn.NotSupported, _nvml.DeviceGetUtilizationRates(part, out _));
        });
    }

    [Fact]
    public void Instances_tell_their_kind_and_their_place()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetGpuInstanceProfileInfoV(_card, NvmlGpuInstanceProfile.Slice3, out NvmlGpuInstanceProfileInfoV2 kind));
        Assert.Equal((9u, 3u, 60u, 40448ul), (kind.Id, kind.SliceCount, kind.MultiprocessorCount, kind.MemorySizeMB));
        var instances = new NvmlGpuInstance[NvmlLibrary.InstancesOfOneProfile];
        NvmlReturn code = _nvml.DeviceGetGpuInstances(_card, kind.Id, instances, out uint count);
        Assert.Equal(Environment.IsPrivilegedProcess ? NvmlReturn.Success : NvmlReturn.NoPermission, code);
        if (code != NvmlReturn.Success) return;
        Assert.Equal(1u, count);
        Assert.Equal(NvmlReturn.Success, _nvml.GpuInstanceGetInfo(instances[0], out NvmlGpuInstanceInfo info));
        Assert.Equal((_card, kind.Id, 4u), (info.Device, info.ProfileId, info.Placement.Size));
    }

    [Fact]
    public void The_handle_of_a_part_dies_with_it()
    {
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMigDeviceHandleByIndex(_card, 0, out NvmlDevice part));
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetMemoryInfo(part, out NvmlMemory memory));
        Assert.Equal(40448ul << 20, memory.Total); // MiB of a 3g.40gb
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
    }

    private string Name(NvmlDevice device)
    {
        Span<byte> text = stackalloc byte[96];
        Assert.Equal(NvmlReturn.Success, _nvml.DeviceGetName(device, text, out int length));
        return Encoding.ASCII.GetString(text[..length]);
    }
}
