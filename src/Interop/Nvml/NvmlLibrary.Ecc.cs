namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetPair _deviceGetEccMode;
    private NvmlGetByTwo _deviceGetTotalEccErrors;
    private NvmlGetByThree _deviceGetMemoryErrorCounter;
    private NvmlGet _deviceGetSramEccErrorStatus;

    /// <summary>The mode now, and the one after the next reset.</summary>
    public NvmlReturn DeviceGetEccMode(NvmlDevice device, out NvmlEnableState current, out NvmlEnableState pending) =>
        Get(_deviceGetEccMode, device, out current, out pending);

    /// <summary>Volatile: since the driver was loaded. Aggregate: over the card's life, from its infoROM, slow.</summary>
    public NvmlReturn DeviceGetTotalEccErrors(
        NvmlDevice device, NvmlMemoryErrorType error, NvmlEccCounterType counter, out ulong count) =>
        Get(_deviceGetTotalEccErrors, device, (uint)error, (uint)counter, out count);

    public NvmlReturn DeviceGetMemoryErrorCounter(
        NvmlDevice device, NvmlMemoryErrorType error, NvmlEccCounterType counter, NvmlMemoryLocation location, out ulong count)
    {
        count = 0;
        if (_deviceGetMemoryErrorCounter is null) return NvmlReturn.FunctionNotFound;
        fixed (ulong* p = &count) return _deviceGetMemoryErrorCounter(device, (uint)error, (uint)counter, (uint)location, p);
    }

    /// <summary>From Ampere on; root only.</summary>
    public NvmlReturn DeviceGetSramEccErrorStatus(NvmlDevice device, out NvmlEccSramErrorStatus status)
    {
        status = new() { Version = NvmlVersion.Of<NvmlEccSramErrorStatus>(1) };
        return Fill(_deviceGetSramEccErrorStatus, device, ref status);
    }

    private void BindEcc(NativeLibraryHandle library)
    {
        _deviceGetEccMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetEccMode");
        _deviceGetTotalEccErrors = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetTotalEccErrors");
        _deviceGetMemoryErrorCounter = (NvmlGetByThree)library.LightUp("nvmlDeviceGetMemoryErrorCounter");
        _deviceGetSramEccErrorStatus = (NvmlGet)library.LightUp("nvmlDeviceGetSramEccErrorStatus");
    }
}
