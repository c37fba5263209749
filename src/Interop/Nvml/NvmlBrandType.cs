namespace Forewarn.Interop.Nvml;

/// <summary>nvmlBrandType_t.</summary>
public enum NvmlBrandType
{
    Unknown = 0,
    Quadro = 1,
    Tesla = 2,
    Nvs = 3,
    Grid = 4,
    GeForce = 5,
    Titan = 6,
    VirtualApps = 7,
    VirtualPC = 8,
    VirtualCS = 9,
    VirtualWS = 10,
    CloudGaming = 11,
    QuadroRtx = 12,
    NvidiaRtx = 13,
    Nvidia = 14,
    GeForceRtx = 15,
    TitanRtx = 16,
}
