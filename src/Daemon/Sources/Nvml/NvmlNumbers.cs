using Forewarn.Interop.Nvml;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>Numbers that NVML packs in forms of its own; what is none comes out as NaN, which is no measurement.</summary>
internal static class NvmlNumbers
{
    public static double Of(in NvmlFieldValue field) => field.ValueType switch
    {
        NvmlValueType.DoublePrecision => field.Value.DVal,
        NvmlValueType.UnsignedInt => field.Value.UiVal,
        NvmlValueType.UnsignedLong => field.Value.UlVal,
        NvmlValueType.UnsignedLongLong => field.Value.UllVal,
        NvmlValueType.SignedLongLong => field.Value.SllVal,
        NvmlValueType.SignedInt => field.Value.SiVal,
        NvmlValueType.UnsignedShort => field.Value.UsVal,
        _ => double.NaN, // a type of a newer driver
    };

    /// <summary>Errors a bit, of a field that holds a code for them.</summary>
    public static double BitErrorRatio(in NvmlFieldValue field)
        => Of(in field) is >= 0 and var code ? NvmlBitErrorRate.Decode((ulong)code) ?? double.NaN : double.NaN; // a cast of what is too large saturates

    /// <summary>The generation that a place in nvml.h's list stands for; 2.2 and 3.1 are revisions.</summary>
    public static double LinkGeneration(NvmlNvLinkVersion version) => (int)version switch
    {
        1 => 1.0,
        2 => 2.0,
        3 => 2.2,
        4 => 3.0,
        5 => 3.1,
        6 => 4.0,
        7 => 5.0,
        8 => 6.0,
        _ => double.NaN,
    };
}
