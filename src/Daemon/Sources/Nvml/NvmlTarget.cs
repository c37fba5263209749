using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>A GPU that this probe measures, or a part of one.</summary>
internal sealed class NvmlTarget(string pciAddress, int numaNode, NvmlTarget? parent = null)
{
    private ulong _linksUp;

    /// <summary>Who it is, as the inventory found it; of a card only. A field, so that it is filled and compared where it lies.</summary>
    public NvmlIdentity Identity;

    /// <summary>A question of who it is, or of which parts it has, failed in passing when the inventory was taken.</summary>
    public bool IsPartial { get; set; }

    /// <summary>In the kernel's form; how the handle is found again. That of the whole card for a part of it.</summary>
    public string PciAddress => pciAddress;

    /// <summary>The same as NVML takes it where a card is named without a handle.</summary>
    public NvmlPciInfo Place { get; } = Interop.Linux.PciAddress.TryParse(pciAddress, out var place)
        ? new() { Domain = place.Domain, Bus = place.Bus, Device = place.Device } : default;

    /// <summary>−1 when the kernel does not say.</summary>
    public int NumaNode => numaNode;

    /// <summary>The card that this is a MIG device of; null for a card.</summary>
    public NvmlTarget? Parent => parent;

    /// <summary>Written by the slow lane when a lost card answers again; a handle is one pointer, so readers see the old or the new one.</summary>
    public NvmlDevice Handle { get; set; }

    /// <summary>Why the handle could not be had.</summary>
    public NoDataReason Absence { get; set; }

    /// <summary>The library's own code for that.</summary>
    public NvmlReturn Refusal { get; set; }

    /// <summary>The library's index; −1 when it does not tell.</summary>
    public int Index { get; set; } = -1;

    /// <summary>The maker's uuid; empty when it does not tell.</summary>
    public string Uuid { get; set; } = "";

    /// <summary>NVLink ports that exist on this card.</summary>
    public int Links { get; set; }

    /// <summary>The PCI addresses that those lead to; empty where none is told.</summary>
    public string LinkPeers { get; set; } = "";

    /// <summary>Number of the GPU instance that a part lies in; −1 where it is not told, and of a card.</summary>
    public int GpuInstance { get; set; } = -1;

    /// <summary>Fans that the driver knows of; none where the chassis cools.</summary>
    public int Fans { get; set; }

    /// <summary>Links to a processor in the same module.</summary>
    public int CoherentLinks { get; set; }

    /// <summary>Whether the card is under MIG, as the inventory saw it; null while it did not tell. Much is not offered then.</summary>
    public NvmlEnableState? MigMode { get; set; }

    /// <summary>What it answered so far, by call group.</summary>
    public NvmlAnswers[] Answers { get; set; } = [];

    /// <summary>What the check of its configuration image found last; null when it could not be made.</summary>
    public bool? IsInforomValid { get; set; }

    /// <summary>Monotonic timestamp of that.</summary>
    public long InforomValidated { get; set; }

    /// <summary>Its performance counters, where they are read.</summary>
    public NvmlProfile Profile { get; } = new();

    public void SetLink(uint link, bool isUp) => _linksUp = isUp ? _linksUp | (1ul << (int)link) : _linksUp & ~(1ul << (int)link);

    /// <summary>
    /// False where what is not offered now may be offered later in the same session: by a link once it is up, and of remapped rows once a card
    /// under MIG has no instances (of which those without a part are not seen).
    /// </summary>
    public bool IsSettled(NvmlReader reader, uint link) => reader.Name switch
    {
        NvmlReader.LinkGroup => (_linksUp & (1ul << (int)link)) != 0,
        NvmlReader.RowGroup => MigMode != NvmlEnableState.Enabled,
        _ => true,
    };
}
