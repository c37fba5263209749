using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSample_t: µs since the epoch, and a value of the type that the call names.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlSample
{
    public ulong TimeStamp;
    public NvmlValue SampleValue;
}
