namespace Forewarn.Interop.Nvml;

/// <summary>What is wrong with a GPU's place in the fabric: INCORRECT_CONFIGURATION of the fabric's health mask.</summary>
public enum NvmlGpuFabricConfiguration
{
    NotSupported = 0,
    None = 1,
    IncorrectSysGuid = 2,
    IncorrectChassisSN = 3,
    NoPartition = 4,
    InsufficientNvLinks = 5,
    IncompatibleGpuFirmware = 6,
    InvalidLocation = 7,
    GpuStateInvalid = 8,
}
