namespace Forewarn.Interop.Nvml;

public sealed unsafe partial class NvmlLibrary
{
    private NvmlGetFields _deviceGetFieldValues;

    /// <summary>
    /// One call for many values. The caller fills FieldId and ScopeId; each entry then has its own code in Result, also where the
    /// whole call succeeds: an id that the driver does not know costs that entry alone.
    /// </summary>
    public NvmlReturn DeviceGetFieldValues(NvmlDevice device, Span<NvmlFieldValue> values)
    {
        if (_deviceGetFieldValues is null) return NvmlReturn.FunctionNotFound;
        fixed (NvmlFieldValue* p = values) return _deviceGetFieldValues(device, values.Length, p);
    }

    private void BindFields(NativeLibraryHandle library) =>
        _deviceGetFieldValues = (NvmlGetFields)library.LightUp("nvmlDeviceGetFieldValues");
}
