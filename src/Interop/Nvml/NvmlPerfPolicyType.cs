namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPerfPolicyType_t.</summary>
public enum NvmlPerfPolicyType
{
    Power = 0,
    Thermal = 1,
    SyncBoost = 2,
    BoardLimit = 3,
    LowUtilization = 4,
    Reliability = 5,
    TotalAppClocks = 10,
    TotalBaseClocks = 11,
}
