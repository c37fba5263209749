namespace Forewarn.Interop.Nvml;

/// <summary>nvmlSystemEventType*.</summary>
[Flags]
public enum NvmlSystemEventTypes : ulong
{
    None = 0,
    GpuDriverUnbind = 0x1,
    GpuDriverBind = 0x2,
}
