namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceGetAccountingMode;
    private NvmlGetList _deviceGetAccountingPids;
    private NvmlGetBy _deviceGetAccountingStats;
    private NvmlGet _deviceGetAccountingBufferSize;

    public NvmlReturn DeviceGetAccountingMode(NvmlDevice device, out NvmlEnableState mode) =>
        Get(_deviceGetAccountingMode, device, out mode);

    /// <summary>
    /// Processes that are accounted for, ended ones too. InsufficientSize: <paramref name="count"/> is how many there are.
    /// </summary>
    public NvmlReturn DeviceGetAccountingPids(NvmlDevice device, Span<uint> pids, out uint count) =>
        List(_deviceGetAccountingPids, device, pids, out count);

    public NvmlReturn DeviceGetAccountingStats(NvmlDevice device, uint pid, out NvmlAccountingStats stats) =>
        Get(_deviceGetAccountingStats, device, pid, out stats);

    /// <summary>How many processes are kept; the oldest goes first.</summary>
    public NvmlReturn DeviceGetAccountingBufferSize(NvmlDevice device, out uint size) =>
        Get(_deviceGetAccountingBufferSize, device, out size);

    private void BindAccounting(NativeLibraryHandle library)
    {
        _deviceGetAccountingMode = (NvmlGet)library.LightUp("nvmlDeviceGetAccountingMode");
        _deviceGetAccountingPids = (NvmlGetList)library.LightUp("nvmlDeviceGetAccountingPids");
        _deviceGetAccountingStats = (NvmlGetBy)library.LightUp("nvmlDeviceGetAccountingStats");
        _deviceGetAccountingBufferSize = (NvmlGet)library.LightUp("nvmlDeviceGetAccountingBufferSize");
    }
}
