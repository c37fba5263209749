using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpmSupport_t. Its version is a plain 1.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpmSupport
{
    public uint Version;
    public uint IsSupportedDevice;
}
