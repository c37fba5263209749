using System.Runtime.InteropServices;

namespace Forewarn.Interop.Nvml;

/// <summary>nvmlGpmMetric_t. The caller fills MetricId; Value means nothing unless Result is Success.</summary>
[StructLayout(LayoutKind.Sequential)]
public struct NvmlGpmMetric
{
    public NvmlGpmMetricId MetricId;
    public NvmlReturn Result;
    public double Value;
    public NvmlGpmMetricInfo MetricInfo;
}
