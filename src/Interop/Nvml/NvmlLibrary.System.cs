using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlCall _init;
    private NvmlCall _shutdown;
    private NvmlErrorText _errorString;
    private NvmlGlobalText _systemGetDriverVersion;
    private NvmlGlobalText _systemGetNVMLVersion;
    private NvmlGlobalGet _systemGetCudaDriverVersion;

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

    private void BindSystem(NativeLibraryHandle library)
    {
        _init = (NvmlCall)library.Required("nvmlInit_v2");
        _shutdown = (NvmlCall)library.Required("nvmlShutdown");
        _errorString = (NvmlErrorText)library.LightUp("nvmlErrorString");
        _systemGetDriverVersion = (NvmlGlobalText)library.LightUp("nvmlSystemGetDriverVersion");
        _systemGetNVMLVersion = (NvmlGlobalText)library.LightUp("nvmlSystemGetNVMLVersion");
        _systemGetCudaDriverVersion = (NvmlGlobalGet)library.LightUp("nvmlSystemGetCudaDriverVersion_v2");
    }
}
