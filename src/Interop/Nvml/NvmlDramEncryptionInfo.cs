using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlDramEncryptionInfo_v1_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlDramEncryptionInfo
{
    public uint Version;
    public NvmlEnableState EncryptionState;
}
