namespace Forewarn.Interop.Nvml;

/// <summary>nvmlMemoryErrorType_t.</summary>
public enum NvmlMemoryErrorType
{
    Corrected = 0,
    Uncorrected = 1,
}
