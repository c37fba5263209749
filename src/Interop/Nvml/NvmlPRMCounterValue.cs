using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlPRMCounterValue_v1_t: OutputValue means nothing unless Status is Success.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlPRMCounterValue
{
    public NvmlReturn Status;
    public NvmlValueType OutputType;
    public NvmlValue OutputValue;
}
