namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetCurrPcieLinkGeneration;
    private NvmlGet _deviceGetMaxPcieLinkGeneration;
    private NvmlGet _deviceGetCurrPcieLinkWidth;
    private NvmlGet _deviceGetMaxPcieLinkWidth;
    private NvmlGet _deviceGetPcieReplayCounter;

    /// <summary>Falls while the GPU is idle.</summary>
    public NvmlReturn DeviceGetCurrPcieLinkGeneration(NvmlDevice device, out uint generation) =>
        Get(_deviceGetCurrPcieLinkGeneration, device, out generation);

    /// <summary>What GPU and slot together allow.</summary>
    public NvmlReturn DeviceGetMaxPcieLinkGeneration(NvmlDevice device, out uint generation) =>
        Get(_deviceGetMaxPcieLinkGeneration, device, out generation);

    public NvmlReturn DeviceGetCurrPcieLinkWidth(NvmlDevice device, out uint lanes) => Get(_deviceGetCurrPcieLinkWidth, device, out lanes);

    public NvmlReturn DeviceGetMaxPcieLinkWidth(NvmlDevice device, out uint lanes) => Get(_deviceGetMaxPcieLinkWidth, device, out lanes);

    /// <summary>Since the driver was loaded.</summary>
    public NvmlReturn DeviceGetPcieReplayCounter(NvmlDevice device, out uint count) => Get(_deviceGetPcieReplayCounter, device, out count);

    private void BindPcie(NativeLibraryHandle library)
    {
        _deviceGetCurrPcieLinkGeneration = (NvmlGet)library.LightUp("nvmlDeviceGetCurrPcieLinkGeneration");
        _deviceGetMaxPcieLinkGeneration = (NvmlGet)library.LightUp("nvmlDeviceGetMaxPcieLinkGeneration");
        _deviceGetCurrPcieLinkWidth = (NvmlGet)library.LightUp("nvmlDeviceGetCurrPcieLinkWidth");
        _deviceGetMaxPcieLinkWidth = (NvmlGet)library.LightUp("nvmlDeviceGetMaxPcieLinkWidth");
        _deviceGetPcieReplayCounter = (NvmlGet)library.LightUp("nvmlDeviceGetPcieReplayCounter");
    }
}
