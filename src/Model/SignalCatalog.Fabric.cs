namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] CoherentLinks()
    {
        var links = new MetricFamily("forewarn_device_coherent_links", SignalKind.Gauge, SignalUnit.None,
            "Links between accelerator and processor within one module (C2C).");
        var up = new MetricFamily("forewarn_coherent_link_up", SignalKind.State, SignalUnit.None,
            "1 while a link between accelerator and processor is active.");
        var speed = new MetricFamily("forewarn_coherent_link_speed_max_bytes_per_second", SignalKind.Gauge, SignalUnit.None,
            "Highest speed of a link between accelerator and processor.");
        var low = new MetricFamily("forewarn_coherent_link_low_power", SignalKind.State, SignalUnit.None,
            "1 while a link between accelerator and processor saves power.");
        var errors = new MetricFamily("forewarn_coherent_link_errors_total", SignalKind.Counter, SignalUnit.None,
            "Errors of a link between accelerator and processor, by kind.");
        return
        [
            Row(SignalId.CoherentLinks, links, SampleGroup.Slow),
            new(SignalId.CoherentLinkUp, up, SampleGroup.Slow, "link", []),
            new(SignalId.CoherentLinkSpeedMax, speed, SampleGroup.Slow, "link", []),
            new(SignalId.CoherentLinkLowPower, low, SampleGroup.Slow, "link", []),
            PerLink(SignalId.CoherentLinkErrorsInterrupt, errors, "kind", "interrupt"),
            PerLink(SignalId.CoherentLinkErrorsReplay, errors, "kind", "replay"),
            PerLink(SignalId.CoherentLinkErrorsReplayPair, errors, "kind", "replay_back_to_back"),
        ];
    }

    private static Signal[] Fabric()
    {
        var state = new MetricFamily("forewarn_device_fabric_state", SignalKind.State, SignalUnit.None,
            "Where the device stands in joining its fabric: 1 not begun, 2 under way, 3 done.");
        var status = new MetricFamily("forewarn_device_fabric_status", SignalKind.State, SignalUnit.None,
            "How joining the fabric ended: 0 well, else the driver's own error code.");
        var health = new MetricFamily("forewarn_device_fabric_health", SignalKind.State, SignalUnit.None,
            "The driver's own summary of the fabric: 1 healthy, 2 unhealthy, 3 of limited capacity.");
        var condition = new MetricFamily("forewarn_device_fabric_condition", SignalKind.State, SignalUnit.None,
            "1 while a condition of the device's fabric holds.");
        var wrong = new MetricFamily("forewarn_device_fabric_misconfiguration", SignalKind.State, SignalUnit.None,
            "What is wrong with the fabric's configuration: 1 nothing, 2 system id, 3 chassis serial, 4 no partition, 5 too few links, "
            + "6 incompatible firmware, 7 invalid location, 8 invalid state of the device.");
        var mode = new MetricFamily("forewarn_device_link_bandwidth_mode", SignalKind.State, SignalUnit.None,
            "How much of the links between accelerators the device may use, as it is set: 0 all, 1 nothing, 2 the least, 3 half, 4 three quarters.");
        var peer = new MetricFamily("forewarn_device_peer_link_status", SignalKind.State, SignalUnit.None,
            "Whether the device reaches another (peer: its index) over links: 0 yes, 1 to 5 no and why, 6 unknown.");
        var access = new MetricFamily("forewarn_device_peer_access_status", SignalKind.State, SignalUnit.None,
            "Whether the device can use another's memory itself (peer: its index), by whatever way, by access: 0 yes, 1 the chipset cannot, 2 a device cannot, 3 the "
            + "bridges between them cannot, 4 switched off in the driver, 5 not supported, 6 unknown.");
        var topology = new MetricFamily("forewarn_device_peer_topology", SignalKind.State, SignalUnit.None,
            "What two devices share over PCIe: 0 the board, 10 one switch, 20 several, 30 the host bridge, 40 the NUMA node, 50 the system.");
        return
        [
            Row(SignalId.FabricState, state, SampleGroup.Slow),
            Row(SignalId.FabricStatus, status, SampleGroup.Slow),
            Row(SignalId.FabricHealth, health, SampleGroup.Slow),
            Row(SignalId.FabricDegradedBandwidth, condition, SampleGroup.Slow, "condition", "degraded_bandwidth"),
            Row(SignalId.FabricRouteRecovery, condition, SampleGroup.Slow, "condition", "route_recovery"),
            Row(SignalId.FabricRouteUnhealthy, condition, SampleGroup.Slow, "condition", "route_unhealthy"),
            Row(SignalId.FabricAccessTimeoutRecovery, condition, SampleGroup.Slow, "condition", "access_timeout_recovery"),
            Row(SignalId.FabricPartitionAssigned, condition, SampleGroup.Slow, "condition", "partition_assigned"),
            Row(SignalId.FabricMisconfiguration, wrong, SampleGroup.Slow),
            Row(SignalId.LinksBandwidthMode, mode, SampleGroup.Slow),
            new(SignalId.PeerLinkStatus, peer, SampleGroup.Slow, "peer", []),
            PerPeer(SignalId.PeerReadStatus, access, "read"),
            PerPeer(SignalId.PeerWriteStatus, access, "write"),
            PerPeer(SignalId.PeerAtomicsStatus, access, "atomics"),
            new(SignalId.PeerTopology, topology, SampleGroup.Slow, "peer", []),
        ];
    }

    private static Signal PerPeer(SignalId id, MetricFamily family, string access) => new(id, family, SampleGroup.Slow, "peer", [new("access", access)]);
}
