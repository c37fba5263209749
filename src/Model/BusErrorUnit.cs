namespace Forewarn.Model;

/// <summary>Who tells of a PCIe error, where it is not the device that has it: the first word of <see cref="EventDetail.Unit"/>.</summary>
public static class BusErrorUnit
{
    /// <summary>The root port, which heard of it from the device.</summary>
    public const string Port = "port";

    /// <summary>The port that cut the device off for it (DPC).</summary>
    public const string Containment = "DPC";

    /// <summary>The kernel, which could not bring the device back after it.</summary>
    public const string Recovery = "recovery";

    /// <summary>True of words about an error of which the device's own line tells as well.</summary>
    public static bool IsHearsay(string unit)
    {
        var blank = unit.IndexOf(' ', StringComparison.Ordinal);
        return (blank < 0 ? unit : unit[..blank]) is Port or Containment or Recovery;
    }
}
