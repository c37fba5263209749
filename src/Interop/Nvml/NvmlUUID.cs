using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlUUID_v1_t. Value is a union in C: 41 characters of text, or 16 raw bytes at its start, as Type says.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlUUID
{
    public uint Version;
    public NvmlUUIDType Type;
    public AsciiBuffer41 Value;
}
