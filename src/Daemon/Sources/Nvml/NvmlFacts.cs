namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>What the examination of NVML says beside what every source says. Modes are "0" or "1", absent where the card has no such thing.</summary>
internal static class NvmlFacts
{
    public const string Vbios = "vbios";

    public const string InfoRom = "inforom";

    public const string Gsp = "gsp";

    /// <summary>Of what is configured in the InfoROM, eight hexadecimal digits.</summary>
    public const string InfoRomChecksum = "inforom-checksum";

    /// <summary>"12.4": the newest CUDA that the driver runs programs of.</summary>
    public const string Cuda = "cuda";

    public const string Persistence = "persistence";

    public const string Ecc = "ecc";

    public const string EccPending = "ecc-pending";

    public const string Mig = "mig";

    public const string MigPending = "mig-pending";

    /// <summary>How many MIG devices there are.</summary>
    public const string Parts = "parts";

    /// <summary>A name of <see cref="Interop.Nvml.NvmlGpuFabricState"/>.</summary>
    public const string Fabric = "fabric";
}
