using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlDeviceAddressingMode_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlDeviceAddressingMode
{
    public uint Version;
    public NvmlDeviceAddressingModeType Value;
}
