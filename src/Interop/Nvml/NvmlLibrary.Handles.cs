namespace Forewarn.Interop.Nvml;

// Other ways to a handle than those of NvmlLibrary.Identity.cs, GPUs that have none, and addresses with more to them.
public sealed unsafe partial class NvmlLibrary
{
    // nvml.h: NVML_DEVICE_UUID_ASCII_LEN, with its NUL, and NVML_DEVICE_UUID_BINARY_LEN.
    private const int UuidTextLength = 41;
    private const int UuidBinaryLength = 16;

    private NvmlHandleByName _deviceGetHandleBySerial;
    private NvmlGlobalPair _deviceGetHandleByUUIDV;
    private NvmlGlobalGet _getExcludedDeviceCount;
    private NvmlGlobalGetBy _getExcludedDeviceInfoByIndex;
    private NvmlGet _deviceGetPciInfoExt;
    private NvmlGlobalPair _deviceQueryDrainState;

    /// <summary>ASCII, without a final NUL. Deprecated: the GPUs of one board share its serial number.</summary>
    public NvmlReturn DeviceGetHandleBySerial(ReadOnlySpan<byte> serial, out NvmlDevice device) =>
        HandleByName(_deviceGetHandleBySerial, serial, out device);

    /// <summary>
    /// Text of 40 letters at most, or 16 raw bytes, as the type says; InvalidArgument without a call where that is too long.
    /// </summary>
    public NvmlReturn DeviceGetHandleByUUIDV(NvmlUUIDType type, ReadOnlySpan<byte> value, out NvmlDevice device)
    {
        device = default;
        if (_deviceGetHandleByUUIDV is null) return NvmlReturn.FunctionNotFound;
        if (type != NvmlUUIDType.Binary) value = AsciiText.BeforeNul(value);
        if (value.Length > (type == NvmlUUIDType.Binary ? UuidBinaryLength : UuidTextLength - 1)) return NvmlReturn.InvalidArgument;
        NvmlUUID uuid = new() { Version = NvmlVersion.Of<NvmlUUID>(1), Type = type };
        value.CopyTo(uuid.Value);
        fixed (NvmlDevice* p = &device) return _deviceGetHandleByUUIDV(&uuid, p);
    }

    /// <summary>GPUs that the driver was told to leave alone.</summary>
    public NvmlReturn GetExcludedDeviceCount(out uint count) => Get(_getExcludedDeviceCount, out count);

    public NvmlReturn GetExcludedDeviceInfoByIndex(uint index, out NvmlExcludedDeviceInfo info)
    {
        info = default;
        if (_getExcludedDeviceInfoByIndex is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlExcludedDeviceInfo* p = &info) return _getExcludedDeviceInfoByIndex(index, p);
    }

    public NvmlReturn DeviceGetPciInfoExt(NvmlDevice device, out NvmlPciInfoExt pci)
    {
        pci = new() { Version = NvmlVersion.Of<NvmlPciInfoExt>(1) };
        return Fill(_deviceGetPciInfoExt, device, ref pci);
    }

    /// <summary>Enabled while new clients are refused. The GPU is named by domain, bus and device, so one without a handle too.</summary>
    public NvmlReturn DeviceQueryDrainState(in NvmlPciInfo pci, out NvmlEnableState state)
    {
        state = default;
        if (_deviceQueryDrainState is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlPciInfo* p = &pci)
        fixed (NvmlEnableState* q = &state) return _deviceQueryDrainState(p, q);
    }

    private void BindHandles(NativeLibraryHandle library)
    {
        _deviceGetHandleBySerial = (NvmlHandleByName)library.LightUp("nvmlDeviceGetHandleBySerial");
        _deviceGetHandleByUUIDV = (NvmlGlobalPair)library.LightUp("nvmlDeviceGetHandleByUUIDV");
        _getExcludedDeviceCount = (NvmlGlobalGet)library.LightUp("nvmlGetExcludedDeviceCount");
        _getExcludedDeviceInfoByIndex = (NvmlGlobalGetBy)library.LightUp("nvmlGetExcludedDeviceInfoByIndex");
        _deviceGetPciInfoExt = (NvmlGet)library.LightUp("nvmlDeviceGetPciInfoExt");
        _deviceQueryDrainState = (NvmlGlobalPair)library.LightUp("nvmlDeviceQueryDrainState");
    }
}
