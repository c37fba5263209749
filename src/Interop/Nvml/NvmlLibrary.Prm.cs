namespace Forewarn.Interop.Nvml;

// Registers of NVLink ports.
public sealed unsafe partial class NvmlLibrary
{
    private NvmlGet _deviceReadPRMCounters;
    private NvmlGet _deviceReadWritePRM;

    /// <summary>Fills the counters whose CounterId and LocalPort the caller set, each with its own code in Status.</summary>
    public NvmlReturn DeviceReadPRMCounters(NvmlDevice device, Span<NvmlPRMCounter> counters)
    {
        fixed (NvmlPRMCounter* p = counters)
        {
            NvmlPRMCounterList list = new() { NumCounters = (uint)counters.Length, Counters = (nint)p };
            return Fill(_deviceReadPRMCounters, device, ref list);
        }
    }

    /// <summary>Reads or writes a register, as its own bytes say; for root alone. A monitor does not call it: what nobody may call is tested (docs/decisions/013).</summary>
    public NvmlReturn DeviceReadWritePRM(NvmlDevice device, ref NvmlPRMTLV register) => Fill(_deviceReadWritePRM, device, ref register);

    private void BindPrm(NativeLibraryHandle library)
    {
        _deviceReadPRMCounters = (NvmlGet)library.LightUp("nvmlDeviceReadPRMCounters_v1");
        _deviceReadWritePRM = (NvmlGet)library.LightUp("nvmlDeviceReadWritePRM_v1");
    }
}
