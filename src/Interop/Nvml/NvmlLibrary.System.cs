using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    // nvml.h: NVML_SYSTEM_DRIVER_VERSION_BUFFER_SIZE, the text inside nvmlSystemDriverBranchInfo_t.
    private const int DriverBranchLength = 80;

    private NvmlCall _init;
    private NvmlCall _shutdown;
    private NvmlErrorText _errorString;
    private NvmlGlobalText _systemGetDriverVersion;
    private NvmlGlobalText _systemGetNVMLVersion;
    private NvmlGlobalGet _systemGetCudaDriverVersion;
    private NvmlInitialise _initWithFlags;
    private NvmlGlobalText _systemGetDriverBranch;
    private NvmlGlobalGet _systemGetCPER;

    /// <summary>nvmlInit_v2: counted by reference, touches no GPU.</summary>
    public NvmlReturn Init() => _init is null ? NvmlReturn.FunctionNotFound : _init();

    /// <summary>nvmlShutdown: the last one invalidates every device handle and event set.</summary>
    public NvmlReturn Shutdown() => _shutdown is null ? NvmlReturn.FunctionNotFound : _shutdown();

    /// <summary>nvmlErrorString: the library's own words for a code, in its static memory; works before Init. Empty when absent.</summary>
    public ReadOnlySpan<byte> ErrorString(NvmlReturn code) =>
        _errorString is null ? default : MemoryMarshal.CreateReadOnlySpanFromNullTerminated(_errorString(code));

    /// <summary>Buffer of 80 bytes.</summary>
    public NvmlReturn SystemGetDriverVersion(Span<byte> version, out int length) => Text(_systemGetDriverVersion, version, out length);

    /// <summary>Buffer of 80 bytes; the major number is that of the NVML interface.</summary>
    public NvmlReturn SystemGetNVMLVersion(Span<byte> version, out int length) => Text(_systemGetNVMLVersion, version, out length);

    /// <summary>1000 × major + 10 × minor. The library loads libcuda for it.</summary>
    public NvmlReturn SystemGetCudaDriverVersion(out int version) => Get(_systemGetCudaDriverVersion, out version);

    /// <summary>nvmlInitWithFlags: counted together with Init.</summary>
    public NvmlReturn InitWithFlags(NvmlInitOptions options) =>
        _initWithFlags is null ? NvmlReturn.FunctionNotFound : _initWithFlags(options);

    public NvmlReturn SystemGetDriverBranch(out NvmlSystemDriverBranchInfo info)
    {
        info = new() { Version = NvmlVersion.Of<NvmlSystemDriverBranchInfo>(1) };
        if (_systemGetDriverBranch is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlSystemDriverBranchInfo* p = &info) return _systemGetDriverBranch((byte*)p, DriverBranchLength);
    }

    /// <summary>
    /// The next platform error records (UEFI CPER), root only. The caller fills the cursor once and passes it on each time; a length
    /// of 0 is the end. InsufficientSize: <paramref name="length"/> is how long the buffer must be.
    /// </summary>
    public NvmlReturn SystemGetCPER(ref NvmlCPERCursor cursor, Span<byte> records, out uint length)
    {
        length = 0;
        if (_systemGetCPER is null) return NvmlReturn.FunctionNotFound;
        fixed (byte* p = records)
        {
            NvmlGetCPER get = new() { Cursor = cursor, Buffer = (nint)p, BufferSize = (uint)records.Length };
            NvmlReturn code = _systemGetCPER(&get);
            cursor = get.Cursor;
            if (code is NvmlReturn.Success or NvmlReturn.InsufficientSize) length = get.BufferSize;
            return code;
        }
    }

    private void BindSystem(NativeLibraryHandle library)
    {
        _init = (NvmlCall)library.Required("nvmlInit_v2");
        _shutdown = (NvmlCall)library.Required("nvmlShutdown");
        _errorString = (NvmlErrorText)library.LightUp("nvmlErrorString");
        _systemGetDriverVersion = (NvmlGlobalText)library.LightUp("nvmlSystemGetDriverVersion");
        _systemGetNVMLVersion = (NvmlGlobalText)library.LightUp("nvmlSystemGetNVMLVersion");
        _systemGetCudaDriverVersion = (NvmlGlobalGet)library.LightUp("nvmlSystemGetCudaDriverVersion_v2");
        _initWithFlags = (NvmlInitialise)library.LightUp("nvmlInitWithFlags");
        _systemGetDriverBranch = (NvmlGlobalText)library.LightUp("nvmlSystemGetDriverBranch");
        _systemGetCPER = (NvmlGlobalGet)library.LightUp("nvmlSystemGetCPER_v1");
    }
}
