namespace Forewarn.Model;

/// <summary>
/// What a device is known by for life: the maker's uuid, else its serial, else (until either was read) <c>pci:</c> and the PCI address.
/// Never an index: indices move when a card is lost.
/// </summary>
/// <param name="Value">For example <c>GPU-6c1d…</c>; never empty.</param>
public readonly record struct DeviceId(string Value)
{
    private const string PciPrefix = "pci:";

    /// <summary>The provisional identity of a device that answers nothing but its place on the bus.</summary>
    public static DeviceId AtPci(string address) => new(PciPrefix + address);

    /// <summary>The node itself, where something is said of no single device.</summary>
    public static DeviceId Node { get; } = new("node");

    /// <summary>True while the device never told who it is.</summary>
    public bool IsProvisional => Value.StartsWith(PciPrefix, StringComparison.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => Value;
}
