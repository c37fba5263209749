namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvLinkCapability_t.</summary>
public enum NvmlNvLinkCapability
{
    P2PSupported = 0,
    SysmemAccess = 1,
    P2PAtomics = 2,
    SysmemAtomics = 3,
    SliBridge = 4,
    Valid = 5,
}
