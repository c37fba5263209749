namespace Forewarn.Interop.Nvml;

/// <summary>nvmlNvLinkErrorCounter_t.</summary>
public enum NvmlNvLinkErrorCounter
{
    DlReplay = 0,
    DlRecovery = 1,
    DlCrcFlit = 2,
    DlCrcData = 3,
    DlEccData = 4,
}
