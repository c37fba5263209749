using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlCPERCursor_v1_t: what is asked for, and how far it was read. Handle begins at 0 and is the library's own afterwards.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlCPERCursor
{
    public uint CperTypeMask;
    public AsciiBuffer80 Uuid;
    public ulong Handle;
}
