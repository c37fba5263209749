namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetCurrPcieLinkGeneration;
    private NvmlGet _deviceGetMaxPcieLinkGeneration;
    private NvmlGet _deviceGetCurrPcieLinkWidth;
    private NvmlGet _deviceGetMaxPcieLinkWidth;
    private NvmlGet _deviceGetPcieReplayCounter;
    private NvmlGet _deviceGetGpuMaxPcieLinkGeneration;
    private NvmlGet _deviceGetPcieSpeed;
    private NvmlGet _deviceGetPcieLinkMaxSpeed;
    private NvmlGetBy _deviceGetPcieThroughput;

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

    /// <summary>Of the GPU alone, whatever the slot can do.</summary>
    public NvmlReturn DeviceGetGpuMaxPcieLinkGeneration(NvmlDevice device, out uint generation) =>
        Get(_deviceGetGpuMaxPcieLinkGeneration, device, out generation);

    /// <summary>Mbit/s of a lane.</summary>
    public NvmlReturn DeviceGetPcieSpeed(NvmlDevice device, out uint speed) => Get(_deviceGetPcieSpeed, device, out speed);

    public NvmlReturn DeviceGetPcieLinkMaxSpeed(NvmlDevice device, out NvmlPcieLinkMaxSpeed speed) =>
        Get(_deviceGetPcieLinkMaxSpeed, device, out speed);

    /// <summary>KB/s, measured while the call waits 20 ms; field values 197 and 198 and GPM do not wait.</summary>
    public NvmlReturn DeviceGetPcieThroughput(NvmlDevice device, NvmlPcieUtilCounter counter, out uint throughput) =>
        Get(_deviceGetPcieThroughput, device, (uint)counter, out throughput);

    private void BindPcie(NativeLibraryHandle library)
    {
        _deviceGetCurrPcieLinkGeneration = (NvmlGet)library.LightUp("nvmlDeviceGetCurrPcieLinkGeneration");
        _deviceGetMaxPcieLinkGeneration = (NvmlGet)library.LightUp("nvmlDeviceGetMaxPcieLinkGeneration");
        _deviceGetCurrPcieLinkWidth = (NvmlGet)library.LightUp("nvmlDeviceGetCurrPcieLinkWidth");
        _deviceGetMaxPcieLinkWidth = (NvmlGet)library.LightUp("nvmlDeviceGetMaxPcieLinkWidth");
        _deviceGetPcieReplayCounter = (NvmlGet)library.LightUp("nvmlDeviceGetPcieReplayCounter");
        _deviceGetGpuMaxPcieLinkGeneration = (NvmlGet)library.LightUp("nvmlDeviceGetGpuMaxPcieLinkGeneration");
        _deviceGetPcieSpeed = (NvmlGet)library.LightUp("nvmlDeviceGetPcieSpeed");
        _deviceGetPcieLinkMaxSpeed = (NvmlGet)library.LightUp("nvmlDeviceGetPcieLinkMaxSpeed");
        _deviceGetPcieThroughput = (NvmlGetBy)library.LightUp("nvmlDeviceGetPcieThroughput");
    }
}
