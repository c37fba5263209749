namespace Forewarn.Daemon.Sources.Nvml;

/// <summary>NVML's part in <c>forewarn doctor</c>.</summary>
internal static class NvmlDoctor
{
    private const string OneReader = "nothing to do unless readings are slow: each reader takes the driver's locks; /metrics has the same values";

    public static SourceDoctor Entry { get; } = new(
        static (settings, guard, facts) => new NvmlExamination(settings, guard, facts).Run(),
        NvmlSymbolLoss.Of,
        [
            NvmlVersionCheck.Check,
            NvmlVersionCheck.Cuda,
            NvmlPrivilegeCheck.Check,
            NvmlExclusionCheck.Check,
            NvmlModeCheck.Persistence,
            NvmlFirmwareCheck.Check,
            NvmlModeCheck.Ecc,
            NvmlModeCheck.Mig,
            NvmlFabricCheck.Check,
        ],
        [
            new("nv-hostengine", null, "two monitors are one too many only where both profile; " + OneReader),
            new("dcgm-exporter", null, OneReader),
            new("nvidia-smi", "-l", OneReader),
            new("nvidia-smi", "--loop", OneReader),
            new("nvidia-smi", "dmon", OneReader),
            new("nvidia-smi", "pmon", OneReader),
        ]);
}
