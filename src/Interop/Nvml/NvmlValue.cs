using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlValue_t, a union by its C names: <see cref="NvmlValueType"/> says which member was written.</summary>
[StructLayout(LayoutKind.Explicit)]
public struct NvmlValue
{
    [FieldOffset(0)]
    public double DVal;
    [FieldOffset(0)]
    public int SiVal;
    [FieldOffset(0)]
    public uint UiVal;
    [FieldOffset(0)]
    public ulong UlVal;
    [FieldOffset(0)]
    public ulong UllVal;
    [FieldOffset(0)]
    public long SllVal;
    [FieldOffset(0)]
    public ushort UsVal;
}
