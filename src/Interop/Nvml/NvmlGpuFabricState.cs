namespace Forewarn.Interop.Nvml;

/// <summary>The state of a GPU's registration with the fabric manager.</summary>
public enum NvmlGpuFabricState
{
    NotSupported = 0,
    NotStarted = 1,
    InProgress = 2,
    Completed = 3,
}
