namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPcieUtilCounter_t.</summary>
public enum NvmlPcieUtilCounter
{
    TxBytes = 0,
    RxBytes = 1,
}
