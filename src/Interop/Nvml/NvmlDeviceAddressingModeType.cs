namespace Forewarn.Interop.Nvml;

/// <summary>nvmlDeviceAddressingModeType_t.</summary>
public enum NvmlDeviceAddressingModeType : uint
{
    None = 0,
    Hmm = 1,
    Ats = 2,
}
