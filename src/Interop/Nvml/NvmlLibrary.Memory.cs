namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetMemoryInfo;
    private NvmlGet _deviceGetMemoryInfoV2;
    private NvmlGet _deviceGetBAR1MemoryInfo;
    private NvmlGetPair _deviceGetDramEncryptionMode;

    /// <summary>Bytes; `used` holds what the driver reserves too.</summary>
    public NvmlReturn DeviceGetMemoryInfo(NvmlDevice device, out NvmlMemory memory) => Get(_deviceGetMemoryInfo, device, out memory);

    /// <summary>Bytes, with what the driver reserves apart.</summary>
    public NvmlReturn DeviceGetMemoryInfo(NvmlDevice device, out NvmlMemoryV2 memory)
    {
        memory = new() { Version = NvmlVersion.Of<NvmlMemoryV2>(2) };
        return Fill(_deviceGetMemoryInfoV2, device, ref memory);
    }

    public NvmlReturn DeviceGetBAR1MemoryInfo(NvmlDevice device, out NvmlBAR1Memory memory) =>
        Get(_deviceGetBAR1MemoryInfo, device, out memory);

    /// <summary>The mode now, and the one after the next reset.</summary>
    public NvmlReturn DeviceGetDramEncryptionMode(NvmlDevice device, out NvmlDramEncryptionInfo current, out NvmlDramEncryptionInfo pending)
    {
        current = pending = new() { Version = NvmlVersion.Of<NvmlDramEncryptionInfo>(1) };
        if (_deviceGetDramEncryptionMode is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlDramEncryptionInfo* p = &current, q = &pending) return _deviceGetDramEncryptionMode(device, p, q);
    }

    private void BindMemory(NativeLibraryHandle library)
    {
        _deviceGetMemoryInfo = (NvmlGet)library.LightUp("nvmlDeviceGetMemoryInfo");
        _deviceGetMemoryInfoV2 = (NvmlGet)library.LightUp("nvmlDeviceGetMemoryInfo_v2");
        _deviceGetBAR1MemoryInfo = (NvmlGet)library.LightUp("nvmlDeviceGetBAR1MemoryInfo");
        _deviceGetDramEncryptionMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetDramEncryptionMode");
    }
}
