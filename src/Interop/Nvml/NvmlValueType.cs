namespace Forewarn.Interop.Nvml;

/// <summary>nvmlValueType_t: which member of the union holds the value.</summary>
public enum NvmlValueType
{
    DoublePrecision = 0,
    UnsignedInt = 1,
    UnsignedLong = 2,
    UnsignedLongLong = 3,
    SignedLongLong = 4,
    SignedInt = 5,
    UnsignedShort = 6,
}
