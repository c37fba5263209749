namespace Forewarn.Model;

/// <summary>An accelerator as the node's inventory knows it. Immutable; a changed firmware or place makes a new one.</summary>
public sealed record Device
{
    /// <summary>Identity; everything about the device hangs on this.</summary>
    public required DeviceId Id { get; init; }

    /// <summary>The maker.</summary>
    public required Vendor Vendor { get; init; }

    /// <summary>PCI address in the kernel's form, <c>0000:18:00.0</c>, lower case.</summary>
    public required string PciAddress { get; init; }

    /// <summary>The vendor library's index, a label only; −1 when the device could not be enumerated.</summary>
    public int Index { get; init; } = -1;

    /// <summary>Product name, for example <c>NVIDIA H100 80GB HBM3</c>; empty when unreadable.</summary>
    public string Name { get; init; } = "";

    /// <summary>Board serial number; empty when the product has none.</summary>
    public string Serial { get; init; } = "";

    /// <summary>Board part number; empty when the product has none.</summary>
    public string PartNumber { get; init; } = "";

    /// <summary>Slot on the baseboard as the maker counts it; −1 when unknown.</summary>
    public int Slot { get; init; } = -1;

    /// <summary>N of the device node (<c>/dev/nvidiaN</c>); −1 when unknown.</summary>
    public int Minor { get; init; } = -1;

    /// <summary>Version of the card's firmware image (VBIOS); empty when unreadable.</summary>
    public string Firmware { get; init; } = "";

    /// <summary>Version of the card's configuration image (InfoROM); empty when unreadable.</summary>
    public string ConfigurationImage { get; init; } = "";

    /// <summary>NUMA node of the slot; −1 when the kernel does not say.</summary>
    public int NumaNode { get; init; } = -1;

    /// <summary>What it is a part of; null for a whole card.</summary>
    public DevicePartition? Partition { get; init; }

    /// <summary>What else its maker tells of it.</summary>
    public DeviceTraits Traits { get; init; } = DeviceTraits.None;
}
