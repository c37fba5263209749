using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGetCPER_v1_t. Buffer points to BufferSize bytes of the caller. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGetCPER
{
    public NvmlCPERCursor Cursor;
    public nint Buffer;
    public uint BufferSize;
}
