namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuTopologyLevel_t: what lies between two GPUs; the higher, the farther.</summary>
public enum NvmlGpuTopologyLevel
{
    Internal = 0,
    SingleSwitch = 10,
    MultipleSwitches = 20,
    HostBridge = 30,
    Node = 40,
    System = 50,
}
