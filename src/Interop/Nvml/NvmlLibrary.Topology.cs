namespace Forewarn.Interop.Nvml;

// What lies near what. An empty span of devices asks for the number alone.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetBetween _deviceGetTopologyCommonAncestor;
    private NvmlGetBetweenBy _deviceGetP2PStatus;
    private NvmlGetListBy _deviceGetTopologyNearestGpus;
    private NvmlGlobalListBy _systemGetTopologyGpuSet;
    private NvmlGetBy _deviceGetCpuAffinity;
    private NvmlGetWithinScope _deviceGetCpuAffinityWithinScope;
    private NvmlGetWithinScope _deviceGetMemoryAffinity;

    public NvmlReturn DeviceGetTopologyCommonAncestor(NvmlDevice first, NvmlDevice second, out NvmlGpuTopologyLevel level)
    {
        level = default;
        if (_deviceGetTopologyCommonAncestor is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlGpuTopologyLevel* p = &level) return _deviceGetTopologyCommonAncestor(first, second, p);
    }

    public NvmlReturn DeviceGetP2PStatus(NvmlDevice first, NvmlDevice second, NvmlGpuP2PCapsIndex index, out NvmlGpuP2PStatus status)
    {
        status = default;
        if (_deviceGetP2PStatus is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlGpuP2PStatus* p = &status) return _deviceGetP2PStatus(first, second, (uint)index, p);
    }

    /// <summary>GPUs within one level.</summary>
    public NvmlReturn DeviceGetTopologyNearestGpus(
        NvmlDevice device, NvmlGpuTopologyLevel level, Span<NvmlDevice> devices, out uint count)
    {
        count = 0;
        if (_deviceGetTopologyNearestGpus is null) return NvmlReturn.FunctionNotFound;
        uint entered = (uint)devices.Length;
        NvmlReturn code;
        fixed (NvmlDevice* p = devices) code = _deviceGetTopologyNearestGpus(device, (uint)level, &entered, p);
        count = Entered(code, entered);
        return code;
    }

    /// <summary>GPUs near a CPU.</summary>
    public NvmlReturn SystemGetTopologyGpuSet(uint cpu, Span<NvmlDevice> devices, out uint count)
    {
        count = 0;
        if (_systemGetTopologyGpuSet is null) return NvmlReturn.FunctionNotFound;
        uint entered = (uint)devices.Length;
        NvmlReturn code;
        fixed (NvmlDevice* p = devices) code = _systemGetTopologyGpuSet(cpu, &entered, p);
        count = Entered(code, entered);
        return code;
    }

    /// <summary>CPU n is bit n % 64 of word n / 64.</summary>
    public NvmlReturn DeviceGetCpuAffinity(NvmlDevice device, Span<ulong> cpus)
    {
        if (_deviceGetCpuAffinity is null) return NvmlReturn.FunctionNotFound;
        fixed (ulong* p = cpus) return _deviceGetCpuAffinity(device, (uint)cpus.Length, p);
    }

    /// <summary>CPU n is bit n % 64 of word n / 64.</summary>
    public NvmlReturn DeviceGetCpuAffinityWithinScope(NvmlDevice device, NvmlAffinityScope scope, Span<ulong> cpus) =>
        WithinScope(_deviceGetCpuAffinityWithinScope, device, scope, cpus);

    /// <summary>NUMA node n is bit n % 64 of word n / 64.</summary>
    public NvmlReturn DeviceGetMemoryAffinity(NvmlDevice device, NvmlAffinityScope scope, Span<ulong> nodes) =>
        WithinScope(_deviceGetMemoryAffinity, device, scope, nodes);

    private static NvmlReturn WithinScope(NvmlGetWithinScope call, NvmlDevice device, NvmlAffinityScope scope, Span<ulong> set)
    {
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (ulong* p = set) return call(device, (uint)set.Length, p, scope);
    }

    private void BindTopology(NativeLibraryHandle library)
    {
        _deviceGetTopologyCommonAncestor = (NvmlGetBetween)library.LightUp("nvmlDeviceGetTopologyCommonAncestor");
        _deviceGetP2PStatus = (NvmlGetBetweenBy)library.LightUp("nvmlDeviceGetP2PStatus");
        _deviceGetTopologyNearestGpus = (NvmlGetListBy)library.LightUp("nvmlDeviceGetTopologyNearestGpus");
        _systemGetTopologyGpuSet = (NvmlGlobalListBy)library.LightUp("nvmlSystemGetTopologyGpuSet");
        _deviceGetCpuAffinity = (NvmlGetBy)library.LightUp("nvmlDeviceGetCpuAffinity");
        _deviceGetCpuAffinityWithinScope = (NvmlGetWithinScope)library.LightUp("nvmlDeviceGetCpuAffinityWithinScope");
        _deviceGetMemoryAffinity = (NvmlGetWithinScope)library.LightUp("nvmlDeviceGetMemoryAffinity");
    }
}
