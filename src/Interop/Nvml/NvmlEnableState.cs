namespace Forewarn.Interop.Nvml;

/// <summary>nvmlEnableState_t.</summary>
public enum NvmlEnableState
{
    Disabled = 0,
    Enabled = 1,
}
