namespace Forewarn.Interop.Nvml;

// Confidential computing.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGlobalGet _systemGetConfComputeState;
    private NvmlGlobalGet _systemGetConfComputeCapabilities;
    private NvmlGlobalGet _systemGetConfComputeGpusReadyState;
    private NvmlGlobalGet _systemGetConfComputeSettings;
    private NvmlGet _deviceGetConfComputeMemSizeInfo;
    private NvmlGet _deviceGetConfComputeProtectedMemoryUsage;

    public NvmlReturn SystemGetConfComputeState(out NvmlConfComputeSystemState state) => Get(_systemGetConfComputeState, out state);

    public NvmlReturn SystemGetConfComputeCapabilities(out NvmlConfComputeSystemCaps capabilities) =>
        Get(_systemGetConfComputeCapabilities, out capabilities);

    /// <summary>1 once the GPUs take work.</summary>
    public NvmlReturn SystemGetConfComputeGpusReadyState(out uint isAcceptingWork) =>
        Get(_systemGetConfComputeGpusReadyState, out isAcceptingWork);

    /// <summary>The state, with how several GPUs work together.</summary>
    public NvmlReturn SystemGetConfComputeSettings(out NvmlSystemConfComputeSettings settings)
    {
        settings = new() { Version = NvmlVersion.Of<NvmlSystemConfComputeSettings>(1) };
        return Fill(_systemGetConfComputeSettings, ref settings);
    }

    public NvmlReturn DeviceGetConfComputeMemSizeInfo(NvmlDevice device, out NvmlConfComputeMemSizeInfo info) =>
        Get(_deviceGetConfComputeMemSizeInfo, device, out info);

    /// <summary>Bytes of the protected memory.</summary>
    public NvmlReturn DeviceGetConfComputeProtectedMemoryUsage(NvmlDevice device, out NvmlMemory memory) =>
        Get(_deviceGetConfComputeProtectedMemoryUsage, device, out memory);

    private void BindConfCompute(NativeLibraryHandle library)
    {
        _systemGetConfComputeState = (NvmlGlobalGet)library.LightUp("nvmlSystemGetConfComputeState");
        _systemGetConfComputeCapabilities = (NvmlGlobalGet)library.LightUp("nvmlSystemGetConfComputeCapabilities");
        _systemGetConfComputeGpusReadyState = (NvmlGlobalGet)library.LightUp("nvmlSystemGetConfComputeGpusReadyState");
        _systemGetConfComputeSettings = (NvmlGlobalGet)library.LightUp("nvmlSystemGetConfComputeSettings");
        _deviceGetConfComputeMemSizeInfo = (NvmlGet)library.LightUp("nvmlDeviceGetConfComputeMemSizeInfo");
        _deviceGetConfComputeProtectedMemoryUsage = (NvmlGet)library.LightUp("nvmlDeviceGetConfComputeProtectedMemoryUsage");
    }
}
