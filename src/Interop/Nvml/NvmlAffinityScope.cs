namespace Forewarn.Interop.Nvml;

/// <summary>nvmlAffinityScope_t.</summary>
public enum NvmlAffinityScope : uint
{
    Node = 0,
    Socket = 1,
}
