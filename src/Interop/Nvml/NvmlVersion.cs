using System.Runtime.CompilerServices;

namespace Forewarn.Interop.Nvml;

/// <summary>The tag that a versioned NVML struct carries in its first field: NVML_STRUCT_VERSION, sizeof | version &lt;&lt; 24.</summary>
public static class NvmlVersion
{
    public static uint Of<T>(int version)
        where T : unmanaged => (uint)Unsafe.SizeOf<T>() | ((uint)version << 24);
}
