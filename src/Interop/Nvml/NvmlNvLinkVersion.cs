namespace Forewarn.Interop.Nvml;

/// <summary>The generation that nvmlDeviceGetNvLinkVersion numbers.</summary>
public enum NvmlNvLinkVersion
{
    Invalid = 0,
    V1 = 1,
    V2 = 2,
    V22 = 3,
    V3 = 4,
    V31 = 5,
    V4 = 6,
    V5 = 7,
    V6 = 8,
}
