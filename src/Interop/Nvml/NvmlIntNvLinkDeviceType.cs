namespace Forewarn.Interop.Nvml;

/// <summary>nvmlIntNvLinkDeviceType_t: what is at the other end of a link.</summary>
public enum NvmlIntNvLinkDeviceType
{
    Gpu = 0,
    IbmNpu = 1,
    Switch = 2,
    Unknown = 255,
}
