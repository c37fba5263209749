using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlGpmMetricsGet_t. Its version is a plain 1. The library reads and writes the first NumMetrics entries of Metrics.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpmMetricsGet
{
    public uint Version;
    public uint NumMetrics;
    public NvmlGpmSample Sample1;
    public NvmlGpmSample Sample2;
    public NvmlGpmMetrics Metrics;
}
