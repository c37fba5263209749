using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPRMCounter_v1_t. The caller fills CounterId and LocalPort.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPRMCounter
{
    public NvmlPRMCounterId CounterId;
    public uint LocalPort;
    public NvmlPRMCounterValue CounterValue;
}
