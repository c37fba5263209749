namespace Forewarn.Interop.Nvml;

/// <summary>NVML_NVLINK_FIRMWARE_UCODE_TYPE_*.</summary>
public enum NvmlNvlinkFirmwareUcodeType : byte
{
    None = 0,
    Mse = 1,
    NetIr = 2,
    NetIrUphy = 3,
    NetIrCln = 4,
    NetIrDln = 5,
}
