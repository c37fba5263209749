namespace Forewarn.Interop.Nvml;

/// <summary>nvmlUUIDType_t.</summary>
public enum NvmlUUIDType : uint
{
    None = 0,
    Ascii = 1,
    Binary = 2,
}
