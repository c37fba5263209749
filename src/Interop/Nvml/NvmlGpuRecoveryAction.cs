namespace Forewarn.Interop.Nvml;

/// <summary>What the driver advises: field value 230, Xid 154, event 0x8000.</summary>
public enum NvmlGpuRecoveryAction
{
    None = 0,
    GpuReset = 1,
    NodeReboot = 2,
    DrainP2P = 3,
    DrainAndReset = 4,
    RecoverImexDomain = 5,
}
