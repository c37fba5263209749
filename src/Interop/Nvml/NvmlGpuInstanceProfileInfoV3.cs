using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpuInstanceProfileInfo_v3_t; memory in MB; Capabilities: bit 0 peer to peer, bit 1 graphics.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpuInstanceProfileInfoV3
{
    public uint Version;
    public uint Id;
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
    public uint Capabilities;
}
