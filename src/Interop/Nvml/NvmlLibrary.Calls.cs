namespace Forewarn.Interop.Nvml;

// The null check, the pinning and the call, once per shape. `out` values may lie on the heap, hence `fixed`.
public sealed unsafe partial class NvmlLibrary
{
    private static NvmlReturn Get<T>(NvmlGlobalGet call, out T value)
        where T : unmanaged
    {
        value = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(p);
    }

    private static NvmlReturn Get<T>(NvmlGet call, NvmlDevice device, out T value)
        where T : unmanaged
    {
        value = default;
        return Fill(call, device, ref value);
    }

    // For structs that the caller must tag with a version or an input before the call.
    private static NvmlReturn Fill<T>(NvmlGet call, NvmlDevice device, ref T value)
        where T : unmanaged
    {
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(device, p);
    }

    private static NvmlReturn Get<T1, T2>(NvmlGetPair call, NvmlDevice device, out T1 first, out T2 second)
        where T1 : unmanaged
        where T2 : unmanaged
    {
        first = default;
        second = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T1* p = &first)
        fixed (T2* q = &second) return call(device, p, q);
    }

    private static NvmlReturn Get<T>(NvmlGetBy call, NvmlDevice device, uint which, out T value)
        where T : unmanaged
    {
        value = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(device, which, p);
    }

    private static NvmlReturn Get<T>(NvmlGetByTwo call, NvmlDevice device, uint which, uint part, out T value)
        where T : unmanaged
    {
        value = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(device, which, part, p);
    }

    private static NvmlReturn Get<T>(NvmlGetInstanceBy call, NvmlGpuInstance instance, uint which, out T value)
        where T : unmanaged
    {
        value = default;
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(instance, which, p);
    }

    private static NvmlReturn Fill<T>(NvmlGetBy call, NvmlDevice device, uint which, ref T value)
        where T : unmanaged
    {
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(device, which, p);
    }

    private static NvmlReturn Fill<T>(NvmlGetInstanceByTwo call, NvmlGpuInstance instance, uint which, uint part, ref T value)
        where T : unmanaged
    {
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(instance, which, part, p);
    }

    private static NvmlReturn Fill<T>(NvmlGlobalGet call, ref T value)
        where T : unmanaged
    {
        if (call is null) return NvmlReturn.FunctionNotFound;
        fixed (T* p = &value) return call(p);
    }

    // Lists: the library is told how many entries there is room for and says how many there are. An empty span is a null pointer.
    private static NvmlReturn List<T>(NvmlGetList call, NvmlDevice device, Span<T> entries, out uint count)
        where T : unmanaged
    {
        count = 0;
        if (call is null) return NvmlReturn.FunctionNotFound;
        uint entered = (uint)entries.Length;
        NvmlReturn code;
        fixed (T* p = entries) code = call(device, &entered, p);
        count = Entered(code, entered);
        return code;
    }

    // After any other code the library may have left the room that it was told, and nobody may take that for entries.
    private static uint Entered(NvmlReturn code, uint count) => code is NvmlReturn.Success or NvmlReturn.InsufficientSize ? count : 0;

    private static NvmlReturn Text(NvmlGlobalText call, Span<byte> buffer, out int length)
    {
        length = 0;
        if (call is null) return NvmlReturn.FunctionNotFound;
        NvmlReturn code;
        fixed (byte* p = buffer) code = call(p, (uint)buffer.Length);
        if (code == NvmlReturn.Success) length = AsciiText.Length(buffer);
        return code;
    }

    private static NvmlReturn Text(NvmlGetText call, NvmlDevice device, Span<byte> buffer, out int length)
    {
        length = 0;
        if (call is null) return NvmlReturn.FunctionNotFound;
        NvmlReturn code;
        fixed (byte* p = buffer) code = call(device, p, (uint)buffer.Length);
        if (code == NvmlReturn.Success) length = AsciiText.Length(buffer);
        return code;
    }
}
