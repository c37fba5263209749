namespace Forewarn.Interop.Nvml;

/// <summary>The list that nvmlProcessDetailList_v1_t asks for; All from NVML 13 on.</summary>
public enum NvmlProcessMode : uint
{
    Compute = 0,
    Graphics = 1,
    Mps = 2,
    All = 3,
}
