namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlRetiredPages _deviceGetRetiredPages;
    private NvmlRetiredPagesTimed _deviceGetRetiredPagesTimed;
    private NvmlGet _deviceGetRetiredPagesPendingStatus;
    private NvmlGetFour _deviceGetRemappedRows;
    private NvmlGet _deviceGetRowRemapperHistogram;
    private NvmlGet _deviceGetRemappedRowsV2;
    private NvmlGet _deviceGetRepairStatus;
    private NvmlGet _deviceGetUnrepairableMemoryFlag;

    /// <summary>
    /// Pages retired before Ampere. InsufficientSize says that there are more than <paramref name="addresses"/> holds, and
    /// <paramref name="count"/> is how many there are; so empty spans ask for the count alone.
    /// </summary>
    /// <param name="device">The GPU.</param>
    /// <param name="cause">Which pages.</param>
    /// <param name="addresses">Filled with the pages' addresses.</param>
    /// <param name="timestamps">As long as addresses; µs since the epoch, 0 from drivers that do not know.</param>
    /// <param name="count">How many there are.</param>
    public NvmlReturn DeviceGetRetiredPages(
        NvmlDevice device, NvmlPageRetirementCause cause, Span<ulong> addresses, Span<ulong> timestamps, out uint count)
    {
        count = 0;
        if (timestamps.Length != addresses.Length) return NvmlReturn.InvalidArgument;
        NvmlReturn code = NvmlReturn.FunctionNotFound;
        uint entered = (uint)addresses.Length;
        fixed (ulong* a = addresses)
        fixed (ulong* t = timestamps)
        {
            if (_deviceGetRetiredPagesTimed is null) timestamps.Clear();
            if (_deviceGetRetiredPagesTimed is not null) code = _deviceGetRetiredPagesTimed(device, cause, &entered, a, t);
            else if (_deviceGetRetiredPages is not null) code = _deviceGetRetiredPages(device, cause, &entered, a);
        }

        count = Entered(code, entered);
        return code;
    }

    public NvmlReturn DeviceGetRetiredPagesPendingStatus(NvmlDevice device, out NvmlEnableState isPending) =>
        Get(_deviceGetRetiredPagesPendingStatus, device, out isPending);

    /// <summary>From Ampere on; NotSupported while MIG instances exist. The last two are 0 or 1.</summary>
    public NvmlReturn DeviceGetRemappedRows(
        NvmlDevice device, out uint correctable, out uint uncorrectable, out uint isPending, out uint failureOccurred)
    {
        correctable = uncorrectable = isPending = failureOccurred = 0;
        if (_deviceGetRemappedRows is null) return NvmlReturn.FunctionNotFound;
        fixed (uint* c = &correctable, u = &uncorrectable, p = &isPending, f = &failureOccurred)
            return _deviceGetRemappedRows(device, c, u, p, f);
    }

    public NvmlReturn DeviceGetRowRemapperHistogram(NvmlDevice device, out NvmlRowRemapperHistogramValues values) =>
        Get(_deviceGetRowRemapperHistogram, device, out values);

    /// <summary>Rows in use and set aside apart.</summary>
    public NvmlReturn DeviceGetRemappedRows(NvmlDevice device, out NvmlRemappedRowsInfoV2 info) =>
        Get(_deviceGetRemappedRowsV2, device, out info);

    /// <summary>Blackwell: repairs that wait for the next reset.</summary>
    public NvmlReturn DeviceGetRepairStatus(NvmlDevice device, out NvmlRepairStatus status)
    {
        status = new() { Version = NvmlVersion.Of<NvmlRepairStatus>(1) };
        return Fill(_deviceGetRepairStatus, device, ref status);
    }

    /// <summary>Whether the card has memory that nothing repairs any more.</summary>
    public NvmlReturn DeviceGetUnrepairableMemoryFlag(NvmlDevice device, out NvmlUnrepairableMemoryStatus status) =>
        Get(_deviceGetUnrepairableMemoryFlag, device, out status);

    private void BindRemap(NativeLibraryHandle library)
    {
        _deviceGetRetiredPagesTimed = (NvmlRetiredPagesTimed)library.LightUp("nvmlDeviceGetRetiredPages_v2");
        _deviceGetRetiredPages = (NvmlRetiredPages)library.LightUp("nvmlDeviceGetRetiredPages");
        _deviceGetRetiredPagesPendingStatus = (NvmlGet)library.LightUp("nvmlDeviceGetRetiredPagesPendingStatus");
        _deviceGetRemappedRows = (NvmlGetFour)library.LightUp("nvmlDeviceGetRemappedRows");
        _deviceGetRowRemapperHistogram = (NvmlGet)library.LightUp("nvmlDeviceGetRowRemapperHistogram");
        _deviceGetRemappedRowsV2 = (NvmlGet)library.LightUp("nvmlDeviceGetRemappedRows_v2");
        _deviceGetRepairStatus = (NvmlGet)library.LightUp("nvmlDeviceGetRepairStatus");
        _deviceGetUnrepairableMemoryFlag = (NvmlGet)library.LightUp("nvmlDeviceGetUnrepairableMemoryFlag_v1");
    }
}
