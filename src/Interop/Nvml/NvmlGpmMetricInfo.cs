using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>The metric's names and unit: texts in the library's own memory.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpmMetricInfo
{
    public nint ShortName;
    public nint LongName;
    public nint Unit;
}
