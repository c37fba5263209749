namespace Forewarn.Interop.Nvml;

/// <summary>What field value 165 (NVLINK_GET_STATE) says of a link.</summary>
public enum NvmlNvLinkState
{
    Inactive = 0,
    Active = 1,
    Sleep = 2,
}
