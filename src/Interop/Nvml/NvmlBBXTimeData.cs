using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlBBXTimeData_v1_t: seconds with a driver loaded, over the card's life. It has no version field.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlBBXTimeData
{
    public uint TimeRun;
}
