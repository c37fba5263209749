namespace Forewarn.Interop.Nvml;

// The instances behind MIG devices; root only.
public sealed unsafe partial class NvmlLibrary
{
    /// <summary>
    /// The length that the lists of instances ask for. The functions take no capacity: they write as many as the profile's
    /// InstanceCount, which is 8 at most on any GPU so far; four times that is our own choice.
    /// </summary>
    public const int InstancesOfOneProfile = 32;

    private NvmlListInstances _deviceGetGpuInstances;
    private NvmlGetBy _deviceGetGpuInstanceById;
    private NvmlGetInstance _gpuInstanceGetInfo;
    private NvmlListComputeInstances _gpuInstanceGetComputeInstances;
    private NvmlGetInstanceBy _gpuInstanceGetComputeInstanceById;
    private NvmlGetCompute _computeInstanceGetInfo;
    private NvmlGetBy _deviceGetGpuInstanceProfileInfoV;
    private NvmlGetInstanceByTwo _gpuInstanceGetComputeInstanceProfileInfoV;

    /// <summary>
    /// Span of <see cref="InstancesOfOneProfile"/>, or InsufficientSize without a call. The id is that of a profile's info.
    /// </summary>
    public NvmlReturn DeviceGetGpuInstances(NvmlDevice device, uint profileId, Span<NvmlGpuInstance> instances, out uint count)
    {
        count = 0;
        if (_deviceGetGpuInstances is null) return NvmlReturn.FunctionNotFound;
        if (instances.Length < InstancesOfOneProfile) return NvmlReturn.InsufficientSize;
        fixed (NvmlGpuInstance* p = instances)
        fixed (uint* n = &count) return _deviceGetGpuInstances(device, profileId, p, n);
    }

    public NvmlReturn DeviceGetGpuInstanceById(NvmlDevice device, uint id, out NvmlGpuInstance instance) =>
        Get(_deviceGetGpuInstanceById, device, id, out instance);

    public NvmlReturn GpuInstanceGetInfo(NvmlGpuInstance instance, out NvmlGpuInstanceInfo info)
    {
        info = default;
        if (_gpuInstanceGetInfo is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlGpuInstanceInfo* p = &info) return _gpuInstanceGetInfo(instance, p);
    }

    /// <summary>
    /// Span of <see cref="InstancesOfOneProfile"/>, or InsufficientSize without a call. The id is that of a profile's info.
    /// </summary>
    public NvmlReturn GpuInstanceGetComputeInstances(
        NvmlGpuInstance instance, uint profileId, Span<NvmlComputeInstance> computeInstances, out uint count)
    {
        count = 0;
        if (_gpuInstanceGetComputeInstances is null) return NvmlReturn.FunctionNotFound;
        if (computeInstances.Length < InstancesOfOneProfile) return NvmlReturn.InsufficientSize;
        fixed (NvmlComputeInstance* p = computeInstances)
        fixed (uint* n = &count) return _gpuInstanceGetComputeInstances(instance, profileId, p, n);
    }

    public NvmlReturn GpuInstanceGetComputeInstanceById(NvmlGpuInstance instance, uint id, out NvmlComputeInstance computeInstance) =>
        Get(_gpuInstanceGetComputeInstanceById, instance, id, out computeInstance);

    public NvmlReturn ComputeInstanceGetInfo(NvmlComputeInstance computeInstance, out NvmlComputeInstanceInfo info)
    {
        info = default;
        if (_computeInstanceGetInfo is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlComputeInstanceInfo* p = &info) return _computeInstanceGetInfo(computeInstance, p);
    }

    public NvmlReturn DeviceGetGpuInstanceProfileInfoV(
        NvmlDevice device, NvmlGpuInstanceProfile profile, out NvmlGpuInstanceProfileInfoV2 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlGpuInstanceProfileInfoV2>(2) };
        return Fill(_deviceGetGpuInstanceProfileInfoV, device, (uint)profile, ref info);
    }

    public NvmlReturn DeviceGetGpuInstanceProfileInfoV(
        NvmlDevice device, NvmlGpuInstanceProfile profile, out NvmlGpuInstanceProfileInfoV3 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlGpuInstanceProfileInfoV3>(3) };
        return Fill(_deviceGetGpuInstanceProfileInfoV, device, (uint)profile, ref info);
    }

    public NvmlReturn GpuInstanceGetComputeInstanceProfileInfoV(
        NvmlGpuInstance instance, NvmlComputeInstanceProfile profile, NvmlComputeInstanceEngineProfile engines,
        out NvmlComputeInstanceProfileInfoV2 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlComputeInstanceProfileInfoV2>(2) };
        return Fill(_gpuInstanceGetComputeInstanceProfileInfoV, instance, (uint)profile, (uint)engines, ref info);
    }

    public NvmlReturn GpuInstanceGetComputeInstanceProfileInfoV(
        NvmlGpuInstance instance, NvmlComputeInstanceProfile profile, NvmlComputeInstanceEngineProfile engines,
        out NvmlComputeInstanceProfileInfoV3 info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlComputeInstanceProfileInfoV3>(3) };
        return Fill(_gpuInstanceGetComputeInstanceProfileInfoV, instance, (uint)profile, (uint)engines, ref info);
    }

    private void BindMigInstances(NativeLibraryHandle library)
    {
        _deviceGetGpuInstances = (NvmlListInstances)library.LightUp("nvmlDeviceGetGpuInstances");
        _deviceGetGpuInstanceById = (NvmlGetBy)library.LightUp("nvmlDeviceGetGpuInstanceById");
        _gpuInstanceGetInfo = (NvmlGetInstance)library.LightUp("nvmlGpuInstanceGetInfo");
        _gpuInstanceGetComputeInstances = (NvmlListComputeInstances)library.LightUp("nvmlGpuInstanceGetComputeInstances");
        _gpuInstanceGetComputeInstanceById = (NvmlGetInstanceBy)library.LightUp("nvmlGpuInstanceGetComputeInstanceById");
        _computeInstanceGetInfo = (NvmlGetCompute)library.LightUp("nvmlComputeInstanceGetInfo_v2");
        _deviceGetGpuInstanceProfileInfoV = (NvmlGetBy)library.LightUp("nvmlDeviceGetGpuInstanceProfileInfoV");
        _gpuInstanceGetComputeInstanceProfileInfoV =
            (NvmlGetInstanceByTwo)library.LightUp("nvmlGpuInstanceGetComputeInstanceProfileInfoV");
    }
}
