using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuInstanceProfileInfo_v2_t; memory in MB.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuInstanceProfileInfoV2
{
    public uint Version;
    public uint Id;
    public uint IsP2PSupported;
    public uint SliceCount;
    public uint InstanceCount;
    public uint MultiprocessorCount;
    public uint CopyEngineCount;
    public uint DecoderCount;
    public uint EncoderCount;
    public uint JpegCount;
    public uint OfaCount;
    public ulong MemorySizeMB;
    public AsciiBuffer96 Name;
}
