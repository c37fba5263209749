namespace Forewarn.Interop.Nvml;

// The infoROM and what is kept in it: slow to read, once a minute at most.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetTextBy _deviceGetInforomVersion;
    private NvmlGet _deviceGetInforomConfigurationChecksum;
    private NvmlDo _deviceValidateInforom;
    private NvmlGetPair _deviceGetLastBBXFlushTime;
    private NvmlGet _deviceGetBBXTimeData;

    /// <summary>Buffer of 16 bytes.</summary>
    public NvmlReturn DeviceGetInforomVersion(NvmlDevice device, NvmlInforomObject part, Span<byte> version, out int length)
    {
        length = 0;
        if (_deviceGetInforomVersion is null) return NvmlReturn.FunctionNotFound;
        NvmlReturn code;
        fixed (byte* p = version) code = _deviceGetInforomVersion(device, (uint)part, p, (uint)version.Length);
        if (code == NvmlReturn.Success) length = AsciiText.Length(version);
        return code;
    }

    /// <summary>The same for boards that are configured alike.</summary>
    public NvmlReturn DeviceGetInforomConfigurationChecksum(NvmlDevice device, out uint checksum) =>
        Get(_deviceGetInforomConfigurationChecksum, device, out checksum);

    /// <summary>Reads the whole flash: CorruptedInforom is its finding.</summary>
    public NvmlReturn DeviceValidateInforom(NvmlDevice device) =>
        _deviceValidateInforom is null ? NvmlReturn.FunctionNotFound : _deviceValidateInforom(device);

    /// <summary>When the black box was last written to the infoROM, and how long that took; NotReady before the first time.</summary>
    public NvmlReturn DeviceGetLastBBXFlushTime(NvmlDevice device, out ulong timestamp, out ulong durationUs) =>
        Get(_deviceGetLastBBXFlushTime, device, out timestamp, out durationUs);

    public NvmlReturn DeviceGetBBXTimeData(NvmlDevice device, out NvmlBBXTimeData data) => Get(_deviceGetBBXTimeData, device, out data);

    private void BindInforom(NativeLibraryHandle library)
    {
        _deviceGetInforomVersion = (NvmlGetTextBy)library.LightUp("nvmlDeviceGetInforomVersion");
        _deviceGetInforomConfigurationChecksum = (NvmlGet)library.LightUp("nvmlDeviceGetInforomConfigurationChecksum");
        _deviceValidateInforom = (NvmlDo)library.LightUp("nvmlDeviceValidateInforom");
        _deviceGetLastBBXFlushTime = (NvmlGetPair)library.LightUp("nvmlDeviceGetLastBBXFlushTime");
        _deviceGetBBXTimeData = (NvmlGet)library.LightUp("nvmlDeviceGetBBXTimeData_v1");
    }
}
