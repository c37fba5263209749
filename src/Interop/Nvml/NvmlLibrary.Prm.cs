namespace Forewarn.Interop.Nvml;

// Registers of NVLink ports. The function that may also write them is not bound.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceReadPRMCounters;

    /// <summary>Fills the counters whose CounterId and LocalPort the caller set, each with its own code in Status.</summary>
    public NvmlReturn DeviceReadPRMCounters(NvmlDevice device, Span<NvmlPRMCounter> counters)
    {
        fixed (NvmlPRMCounter* p = counters)
        {
            NvmlPRMCounterList list = new() { NumCounters = (uint)counters.Length, Counters = (nint)p };
            return Fill(_deviceReadPRMCounters, device, ref list);
        }
    }

    private void BindPrm(NativeLibraryHandle library)
    {
        _deviceReadPRMCounters = (NvmlGet)library.LightUp("nvmlDeviceReadPRMCounters_v1");
    }
}
