using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlComputeInstanceProfileInfo_v2_t.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlComputeInstanceProfileInfoV2
{
    public uint Version;
    public uint Id;
    public uint SliceCount;
    public uint InstanceCount;
    public uint MultiprocessorCount;
    public uint SharedCopyEngineCount;
    public uint SharedDecoderCount;
    public uint SharedEncoderCount;
    public uint SharedJpegCount;
    public uint SharedOfaCount;
    public AsciiBuffer96 Name;
}
