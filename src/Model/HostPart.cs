namespace Forewarn.Model;

/// <summary>A service or kernel module that accelerators need beside their driver.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Name">Name of the service or module, as an operator types it.</param>
/// <param name="IsNeeded">The node has the hardware, or the configuration, that asks for it.</param>
/// <param name="IsThere">It runs, or is loaded; null when that cannot be seen.</param>
public sealed record HostPart(HostPartKind Kind, string Name, bool IsNeeded, bool? IsThere);

/// <summary>What a service or module is for.</summary>
public enum HostPartKind : byte
{
    /// <summary>Sets up the switches of the scale-up fabric.</summary>
    Fabric,

    /// <summary>Lets nodes share the memory of their accelerators over the fabric.</summary>
    MemoryExport,

    /// <summary>Lets network adapters read and write accelerator memory.</summary>
    PeerMemory,
}
