namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPstates_t: 0 is the fastest, 15 the slowest.</summary>
public enum NvmlPstates
{
    P0 = 0,
    P1 = 1,
    P2 = 2,
    P3 = 3,
    P4 = 4,
    P5 = 5,
    P6 = 6,
    P7 = 7,
    P8 = 8,
    P9 = 9,
    P10 = 10,
    P11 = 11,
    P12 = 12,
    P13 = 13,
    P14 = 14,
    P15 = 15,
    Unknown = 32,
}
