namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetPair _deviceGetEccMode;
    private NvmlGetByTwo _deviceGetTotalEccErrors;
    private NvmlGetByThree _deviceGetMemoryErrorCounter;
    private NvmlGet _deviceGetSramEccErrorStatus;
    private NvmlGet _deviceGetDefaultEccMode;
    private NvmlGetByTwo _deviceGetDetailedEccErrors;
    private NvmlGet _deviceGetSramUniqueUncorrectedEccErrorCounts;

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

    public NvmlReturn DeviceGetDefaultEccMode(NvmlDevice device, out NvmlEnableState mode) =>
        Get(_deviceGetDefaultEccMode, device, out mode);

    /// <summary>Deprecated in favour of DeviceGetMemoryErrorCounter.</summary>
    public NvmlReturn DeviceGetDetailedEccErrors(
        NvmlDevice device, NvmlMemoryErrorType error, NvmlEccCounterType counter, out NvmlEccErrorCounts counts) =>
        Get(_deviceGetDetailedEccErrors, device, (uint)error, (uint)counter, out counts);

    /// <summary>
    /// Places in SRAM that failed. An empty span asks for their number; InsufficientSize: <paramref name="count"/> is how many there
    /// are.
    /// </summary>
    public NvmlReturn DeviceGetSramUniqueUncorrectedEccErrorCounts(
        NvmlDevice device, Span<NvmlEccSramUniqueUncorrectedErrorEntry> entries, out uint count)
    {
        fixed (NvmlEccSramUniqueUncorrectedErrorEntry* p = entries)
        {
            NvmlEccSramUniqueUncorrectedErrorCounts counts = new()
            {
                Version = NvmlVersion.Of<NvmlEccSramUniqueUncorrectedErrorCounts>(1),
                EntryCount = (uint)entries.Length,
                Entries = (nint)p,
            };
            NvmlReturn code = Fill(_deviceGetSramUniqueUncorrectedEccErrorCounts, device, ref counts);
            count = code is NvmlReturn.Success or NvmlReturn.InsufficientSize ? counts.EntryCount : 0;
            return code;
        }
    }

    private void BindEcc(NativeLibraryHandle library)
    {
        _deviceGetEccMode = (NvmlGetPair)library.LightUp("nvmlDeviceGetEccMode");
        _deviceGetTotalEccErrors = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetTotalEccErrors");
        _deviceGetMemoryErrorCounter = (NvmlGetByThree)library.LightUp("nvmlDeviceGetMemoryErrorCounter");
        _deviceGetSramEccErrorStatus = (NvmlGet)library.LightUp("nvmlDeviceGetSramEccErrorStatus");
        _deviceGetDefaultEccMode = (NvmlGet)library.LightUp("nvmlDeviceGetDefaultEccMode");
        _deviceGetDetailedEccErrors = (NvmlGetByTwo)library.LightUp("nvmlDeviceGetDetailedEccErrors");
        _deviceGetSramUniqueUncorrectedEccErrorCounts =
            (NvmlGet)library.LightUp("nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts");
    }
}
