namespace Forewarn.Interop.Nvml;

/// <summary>nvmlComputeMode_t.</summary>
public enum NvmlComputeMode
{
    Default = 0,
    ExclusiveThread = 1,
    Prohibited = 2,
    ExclusiveProcess = 3,
}
