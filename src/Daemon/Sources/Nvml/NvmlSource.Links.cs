using Forewarn.Daemon.Probes.Frames;
using Forewarn.Interop.Linux;
using Forewarn.Interop.Nvml;
using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal sealed partial class NvmlSource
{
    /// <summary>NVML_NVLINK_MAX_LINKS of nvml.h 610, the largest so far; only a loop bound.</summary>
    private const int MaxLinks = 36;

    /// <summary>Of each link; the error counters are those of links before NVLink 5.</summary>
    private static readonly NvmlReading[] Links =
    [
        new(static (source, target, link, into) =>
        {
            var code = source.Library.DeviceGetNvLinkState(target.Handle, link, out var state);
            if (code != NvmlReturn.Success) return code;
            target.SetLink(link, state == NvmlEnableState.Enabled);
            into.Value(SignalId.LinkUp, Flag(state), (ushort)link);
            return code;
        }, SignalId.LinkUp),
        LinkErrors(NvmlNvLinkErrorCounter.DlReplay, SignalId.LinkErrorsReplay),
        LinkErrors(NvmlNvLinkErrorCounter.DlRecovery, SignalId.LinkErrorsRecovery),
        LinkErrors(NvmlNvLinkErrorCounter.DlCrcFlit, SignalId.LinkErrorsCrcFlit),
        LinkErrors(NvmlNvLinkErrorCounter.DlCrcData, SignalId.LinkErrorsCrcData),
        LinkErrors(NvmlNvLinkErrorCounter.DlEccData, SignalId.LinkErrorsEccData),
        new(static (source, target, link, into) =>
        {
            var code = source.Library.DeviceGetNvLinkRemoteDeviceType(target.Handle, link, out var type);
            if (code == NvmlReturn.Success) into.Value(SignalId.LinkRemoteType, (int)type, (ushort)link);
            return code;
        }, SignalId.LinkRemoteType),
    ];

    private static readonly (SignalId Signal, int Bit)[] FabricConditions =
    [
        // nvml.h: fields of two bits, 1 true, 2 false, 0 not supported.
        (SignalId.FabricDegradedBandwidth, 0),
        (SignalId.FabricRouteRecovery, 2),
        (SignalId.FabricRouteUnhealthy, 4),
        (SignalId.FabricAccessTimeoutRecovery, 6),
        (SignalId.FabricPartitionAssigned, 12),
    ];

    private static readonly NvmlReading[] Fabric =
    [
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetGpuFabricInfoV(target.Handle, out NvmlGpuFabricInfoV3 fabric);
            if (code == NvmlReturn.Success)
            {
                WriteFabric(into, fabric.State, fabric.Status, fabric.HealthMask, NoDataReason.NotSupported);
                if (fabric.HealthSummary == NvmlGpuFabricHealthSummary.NotSupported) into.None(SignalId.FabricHealth, NoDataReason.NotSupported);
                else into.Value(SignalId.FabricHealth, (byte)fabric.HealthSummary);
                return code;
            }

            code = source.Library.DeviceGetGpuFabricInfoV(target.Handle, out NvmlGpuFabricInfoV2 older);
            var (state, status, mask, untold) = (older.State, older.Status, older.HealthMask, NoDataReason.NotSupported);
            if (code == NvmlReturn.FunctionNotFound)
            {
                // It knows no health: that would need the newer function.
                code = source.Library.DeviceGetGpuFabricInfo(target.Handle, out var oldest);
                (state, status, mask, untold) = (oldest.State, oldest.Status, 0, NoDataReason.SymbolMissing);
            }

            if (code != NvmlReturn.Success) return code;
            WriteFabric(into, state, status, mask, untold);
            into.None(SignalId.FabricHealth, untold);
            return code;
        }, [SignalId.FabricState, SignalId.FabricStatus, SignalId.FabricMisconfiguration, SignalId.FabricHealth, .. FabricConditions.Select(row => row.Signal)]),
        new(static (source, target, _, into) =>
        {
            var code = source.Library.DeviceGetNvlinkBwMode(target.Handle, out var mode);
            if (code == NvmlReturn.Success) into.Value(SignalId.LinksBandwidthMode, mode.BwMode);
            return code;
        }, SignalId.LinksBandwidthMode),
    ];

    /// <summary>Not asked: whether it would go over PCIe, which the topology tells, and whether over a way without a name.</summary>
    private static readonly (NvmlGpuP2PCapsIndex Index, SignalId Signal)[] PeerAccesses =
    [
        (NvmlGpuP2PCapsIndex.NvLink, SignalId.PeerLinkStatus),
        (NvmlGpuP2PCapsIndex.Read, SignalId.PeerReadStatus),
        (NvmlGpuP2PCapsIndex.Write, SignalId.PeerWriteStatus),
        (NvmlGpuP2PCapsIndex.Atomics, SignalId.PeerAtomicsStatus),
    ];

    /// <summary>Towards every other card of this probe; what cannot be had of one is told of that one.</summary>
    private static readonly NvmlReading[] Peers =
    [
        new(static (source, target, _, into) =>
        {
            foreach (var peer in source._targets)
            {
                if (peer == target || peer.Parent is not null || peer.Absence != NoDataReason.None || peer.Index is < 0 or > byte.MaxValue) continue;
                var at = (ushort)peer.Index;
                NvmlReturn code;
                foreach (var (index, signal) in PeerAccesses)
                {
                    code = source.Library.DeviceGetP2PStatus(target.Handle, peer.Handle, index, out var status);
                    if (code == NvmlReturn.Success) into.Value(signal, (int)status, at);
                    else into.None(signal, NvmlNoData.From(code), at);
                }

                code = source.Library.DeviceGetTopologyCommonAncestor(target.Handle, peer.Handle, out var level);
                if (code == NvmlReturn.Success) into.Value(SignalId.PeerTopology, (int)level, at);
                else into.None(SignalId.PeerTopology, NvmlNoData.From(code), at);
            }

            return NvmlReturn.Success;
        }),
    ];

    private static NvmlReading LinkErrors(NvmlNvLinkErrorCounter counter, SignalId signal)
        => new((source, target, link, into) =>
        {
            var code = source.Library.DeviceGetNvLinkErrorCounter(target.Handle, link, counter, out var errors);
            if (code == NvmlReturn.Success) into.Value(signal, errors, (ushort)link);
            return code;
        }, signal);

    private static void WriteFabric(SampleFrame into, NvmlGpuFabricState state, NvmlReturn status, uint mask, NoDataReason untold)
    {
        if (state == NvmlGpuFabricState.NotSupported) into.None(SignalId.FabricState, NoDataReason.NotSupported);
        else into.Value(SignalId.FabricState, (int)state);
        // nvml.h: the status holds only once registration is complete.
        if (state == NvmlGpuFabricState.Completed) into.Value(SignalId.FabricStatus, (int)status);
        else into.None(SignalId.FabricStatus, NoDataReason.NotSupported);
        foreach (var (signal, bit) in FabricConditions)
        {
            var field = (mask >> bit) & 3;
            if (field is 1 or 2) into.Value(signal, field == 1 ? 1 : 0);
            else into.None(signal, untold);
        }

        var wrong = (mask >> 8) & 0xF;
        if (wrong == 0) into.None(SignalId.FabricMisconfiguration, untold);
        else into.Value(SignalId.FabricMisconfiguration, wrong);
    }

    /// <summary>
    /// The PCI addresses at the other ends, each once, as they were when the card was found: a link that is down tells none, and that alone makes no
    /// other card of it. None where one could not be read in passing: what is left would be taken for all of them.
    /// </summary>
    private string LinkPeers(NvmlTarget target)
    {
        var peers = new SortedSet<PciAddress>();
        var isRead = true;
        for (uint link = 0; link < target.Links; link++)
        {
            var code = Library.DeviceGetNvLinkRemotePciInfo(target.Handle, link, out var pci);
            if (code == NvmlReturn.Success) peers.Add(new PciAddress(pci.Domain, (byte)pci.Bus, (byte)pci.Device, 0));
            else isRead &= !NvmlNoData.IsInPassing(code);
        }

        target.IsPartial |= !isRead;
        return isRead ? string.Join(',', peers) : "";
    }
}
