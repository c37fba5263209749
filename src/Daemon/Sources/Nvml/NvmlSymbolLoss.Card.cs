using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>The library, and what a card says of itself.</summary>
    private static Dictionary<string, SymbolLoss> OfCard => new()
    {
        ["nvmlErrorString"] = SymbolLoss.Nothing,
        ["nvmlInitWithFlags"] = SymbolLoss.Nothing,
        ["nvmlSystemGetDriverVersion"] = new("the driver's version, and every field whose number depends on it", [
            SignalId.ThrottledSoftwareThermal, SignalId.ThrottledHardwareThermal, SignalId.ThrottledHardwarePowerBrake]),
        ["nvmlSystemGetNVMLVersion"] = new("the library's version"),
        ["nvmlSystemGetCudaDriverVersion_v2"] = new("which CUDA programs may be built for (doctor)"),
        ["nvmlSystemGetDriverBranch"] = Trait("driver_branch"),
        ["nvmlSystemGetCPER_v1"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetHandleBySerial"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetHandleByUUID"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetHandleByUUIDV"] = SymbolLoss.Nothing,
        ["nvmlGetExcludedDeviceCount"] = new("which cards the driver was told to leave alone (they are looked for in /proc instead)"),
        ["nvmlGetExcludedDeviceInfoByIndex"] = new("where those cards are (they are looked for in /proc instead)"),
        ["nvmlDeviceGetPciInfoExt"] = SymbolLoss.Nothing,
        ["nvmlDeviceQueryDrainState"] = SymbolLoss.Of(SignalId.Draining),

        // Peers are told apart by their index.
        ["nvmlDeviceGetIndex"] = new("label index", SignalId.PeerLinkStatus, SignalId.PeerTopology),
        ["nvmlDeviceGetName"] = new("the model's name"),
        ["nvmlDeviceGetSerial"] = new("the serial number"),
        ["nvmlDeviceGetBoardPartNumber"] = new("the part number"),
        ["nvmlDeviceGetMinorNumber"] = new("label minor"),
        ["nvmlDeviceGetModuleId"] = new("the place on the baseboard"),
        ["nvmlDeviceGetVbiosVersion"] = new("the VBIOS version"),
        ["nvmlDeviceGetInforomImageVersion"] = new("the InfoROM version"),
        ["nvmlDeviceGetInforomVersion"] = Trait("inforom_oem", "inforom_ecc", "inforom_power"),
        ["nvmlDeviceGetInforomConfigurationChecksum"] = Trait("inforom_checksum"),
        ["nvmlDeviceGetLastBBXFlushTime"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetBBXTimeData_v1"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetBrand"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetArchitecture"] = Trait("architecture"),
        ["nvmlDeviceGetCudaComputeCapability"] = Trait("compute_capability"),
        ["nvmlDeviceGetGspFirmwareVersion"] = Trait("gsp_firmware"),
        ["nvmlDeviceGetMultiGpuBoard"] = Trait("multi_device_board"),
        ["nvmlDeviceGetVirtualizationMode"] = Trait("virtualization"),
        ["nvmlDeviceGetMemoryBusWidth"] = Trait("memory_bus_bits"),
        ["nvmlDeviceGetNumGpuCores"] = Trait("cores"),
        ["nvmlDeviceGetNumaNodeId"] = Trait("own_numa_node"),
        ["nvmlDeviceGetCpuAffinity"] = Trait("cpus"),
        ["nvmlDeviceGetPlatformInfo"] = Trait("chassis_serial", "chassis_slot", "tray", "host", "module"),
        ["nvmlSystemGetConfComputeState"] = new(
            "trait confidential_computing, trait confidential_environment, trait confidential_development", SignalId.ConfidentialReady),
        ["nvmlDeviceGetBoardId"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetIrqNum"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPdi"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetCapabilities"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetAddressingMode"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetHostname_v1"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetCpuAffinityWithinScope"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetMemoryAffinity"] = Trait("memory_nodes"),
    };

    private static SymbolLoss Trait(params string[] keys) => new(string.Join(", ", keys.Select(key => $"trait {key}")));
}
