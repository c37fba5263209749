using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>A GPU that this probe measures.</summary>
internal sealed class NvmlTarget(string pciAddress, int numaNode)
{
    /// <summary>In the kernel's form; how the handle is found again.</summary>
    public string PciAddress => pciAddress;

    /// <summary>−1 when the kernel does not say.</summary>
    public int NumaNode => numaNode;

    /// <summary>Written by the slow lane when a lost card answers again; a handle is one pointer, so readers see the old or the new one.</summary>
    public NvmlDevice Handle { get; set; }

    /// <summary>Why the handle could not be had.</summary>
    public NoDataReason Absence { get; set; }

    /// <summary>NVLink ports that exist on this card.</summary>
    public int Links { get; set; }
}
