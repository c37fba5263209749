namespace Forewarn.Interop.Nvml;

/// <summary>NVML_INIT_FLAG_*: to start where there is no GPU, to attach to none, and to start all the same after either.</summary>
[Flags]
public enum NvmlInitOptions : uint
{
    None = 0,
    NoGpus = 0x1,
    NoAttach = 0x2,
    ForceInit = 0x4,
}
