namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Pcie()
    {
        var replays = new MetricFamily("forewarn_device_pcie_replays_total", SignalKind.Counter, SignalUnit.None,
            "PCIe packets sent again since the driver was loaded.");
        var errors = new MetricFamily("forewarn_device_pcie_errors_total", SignalKind.Counter, SignalUnit.None,
            "Errors that the card itself counts on its PCIe link, by kind.");
        var lanes = new MetricFamily("forewarn_device_pcie_lane_errors_total", SignalKind.Counter, SignalUnit.None,
            "Errors that the card itself counts on each lane of its PCIe link: all on one lane point to a contact, on many to the slot or the card.");
        var bytes = new MetricFamily("forewarn_device_pcie_bytes_total", SignalKind.Counter, SignalUnit.Bytes,
            "Bytes that the card sent and received over PCIe; the card's counter wraps.");
        var cardMax = new MetricFamily("forewarn_device_pcie_link_generation_card_max", SignalKind.Gauge, SignalUnit.None,
            "PCIe generation that the card alone can use; above that of card and slot, the slot is the limit.");
        var width = new MetricFamily("forewarn_device_pcie_link_width", SignalKind.Gauge, SignalUnit.None, "PCIe lanes in use now.");
        var generation = new MetricFamily("forewarn_device_pcie_link_generation", SignalKind.Gauge, SignalUnit.None,
            "PCIe generation in use now; falls while the card is idle.");
        var widthMax = new MetricFamily("forewarn_device_pcie_link_width_max", SignalKind.Gauge, SignalUnit.None,
            "PCIe lanes that card and slot can use.");
        var generationMax = new MetricFamily("forewarn_device_pcie_link_generation_max", SignalKind.Gauge, SignalUnit.None,
            "PCIe generation that card and slot can use.");
        var atomics = new MetricFamily("forewarn_device_pcie_atomics", SignalKind.State, SignalUnit.None,
            "Atomic operations that can cross the card's PCIe link, as the sum of 1 and 2 (add, of 32 and 64 bits), 4 and 8 (swap), 16, 32 and 64 (compare and swap, "
            + "of 32, 64 and 128 bits): 0 where a bridge or the host lets none through.");
        return
        [
            Row(SignalId.PcieReplays, replays, SampleGroup.Slow),
            Error(SignalId.PcieErrorsCorrectable, "correctable"),
            Error(SignalId.PcieErrorsNonFatal, "non_fatal"),
            Error(SignalId.PcieErrorsFatal, "fatal"),
            Error(SignalId.PcieErrorsUnsupportedRequest, "unsupported_request"),
            Error(SignalId.PcieErrorsReceiver, "receiver"),
            Error(SignalId.PcieErrorsBadTlp, "bad_tlp"),
            Error(SignalId.PcieErrorsBadDllp, "bad_dllp"),
            Error(SignalId.PcieErrorsNakSent, "nak_sent"),
            Error(SignalId.PcieErrorsNakReceived, "nak_received"),
            Error(SignalId.PcieErrorsLcrc, "lcrc"),
            Error(SignalId.PcieErrorsReplayRollover, "replay_rollover"),
            Error(SignalId.PcieErrorsRecovery, "link_recovery"),
            new(SignalId.PcieErrorsLane, lanes, SampleGroup.Slow, "lane", []),
            // nvml.h says of NVML_FI_DEV_PCIE_COUNT_TX_BYTES and _RX_BYTES that they wrap.
            Row(SignalId.PcieSent, bytes, SampleGroup.Fast, "direction", "sent") with { Wraps = true },
            Row(SignalId.PcieReceived, bytes, SampleGroup.Fast, "direction", "received") with { Wraps = true },
            Row(SignalId.PcieLinkWidth, width, SampleGroup.Fast),
            Row(SignalId.PcieLinkGeneration, generation, SampleGroup.Fast),
            Row(SignalId.PcieLinkWidthMax, widthMax, SampleGroup.Slow),
            Row(SignalId.PcieLinkGenerationMax, generationMax, SampleGroup.Slow),
            Row(SignalId.PcieLinkGenerationCardMax, cardMax, SampleGroup.Slow),
            Row(SignalId.PcieAtomicsSent, atomics, SampleGroup.Slow, "direction", "sent"),
            Row(SignalId.PcieAtomicsReceived, atomics, SampleGroup.Slow, "direction", "received"),
        ];

        Signal Error(SignalId id, string kind) => Row(id, errors, SampleGroup.Slow, "kind", kind);
    }

    private static Signal[] Links()
    {
        var up = new MetricFamily("forewarn_link_up", SignalKind.State, SignalUnit.None, "1 while a link between accelerators is active.");
        var errors = new MetricFamily("forewarn_link_errors_total", SignalKind.Counter, SignalUnit.None,
            "Errors of a link between accelerators since the driver was loaded, by kind.");
        return
        [
            new(SignalId.LinkUp, up, SampleGroup.Slow, "link", []),
            Errors(SignalId.LinkErrorsReplay, "replay"),
            Errors(SignalId.LinkErrorsRecovery, "recovery"),
            Errors(SignalId.LinkErrorsCrcFlit, "crc_flit"),
            Errors(SignalId.LinkErrorsCrcData, "crc_data"),
            Errors(SignalId.LinkErrorsEccData, "ecc_data"),
            Errors(SignalId.LinkErrorsMalformed, "malformed_packet"),
            Errors(SignalId.LinkErrorsBufferOverrun, "buffer_overrun"),
            Errors(SignalId.LinkErrorsReceive, "receive"),
            Errors(SignalId.LinkErrorsReceiveRemote, "receive_remote"),
            Errors(SignalId.LinkErrorsReceiveGeneral, "receive_general"),
            Errors(SignalId.LinkErrorsLocalIntegrity, "local_integrity"),
            Errors(SignalId.LinkErrorsTransmitDiscard, "transmit_discard"),
            Errors(SignalId.LinkErrorsEffective, "effective"),
            Errors(SignalId.LinkErrorsSymbol, "symbol"),
            Errors(SignalId.LinkErrorsRawLane0, "raw_lane0"),
            Errors(SignalId.LinkErrorsRawLane1, "raw_lane1"),
        ];

        Signal Errors(SignalId id, string kind) => new(id, errors, SampleGroup.Slow, "link", [new("kind", kind)]);
    }
}
