using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>PCIe, NVLink, the fabric behind it, and how cards stand to one another.</summary>
    private static Dictionary<string, SymbolLoss> OfLinks => new()
    {
        ["nvmlDeviceGetPcieReplayCounter"] = SymbolLoss.Of(SignalId.PcieReplays),
        ["nvmlDeviceGetCurrPcieLinkWidth"] = SymbolLoss.Of(SignalId.PcieLinkWidth),
        ["nvmlDeviceGetCurrPcieLinkGeneration"] = SymbolLoss.Of(SignalId.PcieLinkGeneration),
        ["nvmlDeviceGetMaxPcieLinkWidth"] = SymbolLoss.Of(SignalId.PcieLinkWidthMax),
        ["nvmlDeviceGetMaxPcieLinkGeneration"] = SymbolLoss.Of(SignalId.PcieLinkGenerationMax),
        ["nvmlDeviceGetGpuMaxPcieLinkGeneration"] = SymbolLoss.Of(SignalId.PcieLinkGenerationCardMax),
        ["nvmlDeviceGetPcieSpeed"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPcieLinkMaxSpeed"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetPcieThroughput"] = SymbolLoss.Nothing,

        // Links are counted by their state: without it there are none to ask.
        ["nvmlDeviceGetNvLinkState"] = SymbolLoss.Of(All(NvmlReader.LinkGroup, reader =>
            reader.Readings.SelectMany(reading => reading.Signals).Concat(reader.Fields.Select(row => row.Signal)))),
        ["nvmlDeviceGetNvLinkErrorCounter"] = SymbolLoss.Of(
            SignalId.LinkErrorsReplay, SignalId.LinkErrorsRecovery, SignalId.LinkErrorsCrcFlit, SignalId.LinkErrorsCrcData,
            SignalId.LinkErrorsEccData),
        ["nvmlDeviceGetNvLinkRemoteDeviceType"] = SymbolLoss.Of(SignalId.LinkRemoteType),
        ["nvmlDeviceGetNvLinkVersion"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvLinkRemotePciInfo_v2"] = Trait("link_peers"),
        ["nvmlDeviceGetNvLinkCapability"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvLinkInfo"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvLinkUtilizationCounter"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetNvlinkBwMode"] = SymbolLoss.Of(SignalId.LinksBandwidthMode),
        ["nvmlDeviceGetC2cModeInfoV"] = SymbolLoss.Nothing,
        ["nvmlDeviceReadPRMCounters_v1"] = SymbolLoss.Nothing,
        ["nvmlDeviceReadWritePRM_v1"] = SymbolLoss.Nothing,

        ["nvmlDeviceGetGpuFabricInfo"] = new("the fabric's state here", SignalId.FabricState, SignalId.FabricStatus)
        {
            Unless = "nvmlDeviceGetGpuFabricInfoV",
        },
        ["nvmlDeviceGetGpuFabricInfoV"] = new("trait fabric_cluster, trait fabric_clique", SignalId.FabricHealth,
            SignalId.FabricDegradedBandwidth, SignalId.FabricRouteRecovery, SignalId.FabricRouteUnhealthy, SignalId.FabricAccessTimeoutRecovery,
            SignalId.FabricPartitionAssigned, SignalId.FabricMisconfiguration),

        ["nvmlDeviceGetP2PStatus"] = SymbolLoss.Of(
            SignalId.PeerLinkStatus, SignalId.PeerReadStatus, SignalId.PeerWriteStatus, SignalId.PeerAtomicsStatus),
        ["nvmlDeviceGetTopologyCommonAncestor"] = SymbolLoss.Of(SignalId.PeerTopology),
        ["nvmlDeviceGetTopologyNearestGpus"] = SymbolLoss.Nothing,
        ["nvmlSystemGetTopologyGpuSet"] = SymbolLoss.Nothing,
    };
}
