namespace Forewarn.Daemon.Doctor.Examination;

/// <summary>What every source says under the same name; a vendor's own keys stand with the vendor.</summary>
internal static class FactKeys
{
    /// <summary>The loader's outcome, a name of <see cref="Interop.LibraryLoadReason"/>.</summary>
    public const string Load = "load";

    /// <summary>The loader's words.</summary>
    public const string LoadDetail = "load-detail";

    /// <summary>The file that was mapped, links resolved.</summary>
    public const string File = "file";

    /// <summary>Said once: the library is the one of the simulated node.</summary>
    public const string Simulated = "simulated";

    /// <summary>A function of newer versions that is not exported; one fact each.</summary>
    public const string MissingSymbol = "missing-symbol";

    /// <summary>Return code of the initialisation: "ok", or its name, number and the library's own words.</summary>
    public const string Init = "init";

    public const string LibraryVersion = "library-version";

    public const string DriverVersion = "driver-version";

    /// <summary>How many devices the driver counts.</summary>
    public const string Count = "count";

    /// <summary>The PCI address of a device that the driver was told to leave alone; one fact each.</summary>
    public const string Excluded = "excluded";

    /// <summary>Whether a control node can be opened: its path and an <see cref="Interop.Linux.Errno"/>; one fact each.</summary>
    public const string Node = "node";

    /// <summary>Of a device: "ok", or why it gives no handle.</summary>
    public const string Handle = "handle";

    /// <summary>Of a device: its model.</summary>
    public const string Model = "model";
}
