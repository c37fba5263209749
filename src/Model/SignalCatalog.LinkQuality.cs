namespace Forewarn.Model;

public static partial class SignalCatalog
{
    /// <summary>Bins of a link's history of error correction: codewords with so many symbols corrected.</summary>
    public const int FecBins = 16;

    private static Signal[] LinkQuality()
    {
        var recoveries = new MetricFamily("forewarn_link_recoveries_total", SignalKind.Counter, SignalUnit.None,
            "Times that a link between accelerators was brought back after errors, by how that went.");
        var ratio = new MetricFamily("forewarn_link_bit_error_ratio", SignalKind.Gauge, SignalUnit.Ratio,
            "Wrong bits of a link between accelerators per bit: raw (of all lanes, and of each), in its symbols, and effective, that is after correction.");
        var fec = new MetricFamily("forewarn_link_fec_codewords_total", SignalKind.Counter, SignalUnit.None,
            "Codewords of a link between accelerators by how many of their symbols had to be corrected.");
        var blocks = new MetricFamily("forewarn_link_retry_blocks_total", SignalKind.Counter, SignalUnit.None,
            "Blocks that a link between accelerators sent under physical-layer retry, and those that it repeated.");
        return
        [
            PerLink(SignalId.LinkRecoveriesAll, recoveries, "outcome", "any"),
            PerLink(SignalId.LinkRecoveriesSuccessful, recoveries, "outcome", "successful"),
            PerLink(SignalId.LinkRecoveriesFailed, recoveries, "outcome", "failed"),
            PerLink(SignalId.LinkBitErrorsEffective, ratio, "kind", "effective"),
            PerLink(SignalId.LinkBitErrorsSymbol, ratio, "kind", "symbol"),
            PerLink(SignalId.LinkBitErrorsRaw, ratio, "kind", "raw"),
            PerLink(SignalId.LinkBitErrorsRawLane0, ratio, "kind", "raw_lane0"),
            PerLink(SignalId.LinkBitErrorsRawLane1, ratio, "kind", "raw_lane1"),
            .. Enumerable.Range(0, FecBins).Select(bin => PerLink(SignalId.LinkFec0 + (ushort)bin, fec, "corrected", $"{bin}")),
            PerLink(SignalId.LinkRetryBlocksSent, blocks, "kind", "sent"),
            PerLink(SignalId.LinkRetryBlocksRepeated, blocks, "kind", "repeated"),
        ];
    }

    private static Signal[] LinkTraffic()
    {
        var bytes = new MetricFamily("forewarn_link_bytes_total", SignalKind.Counter, SignalUnit.Bytes,
            "Payload that a link between accelerators carried.");
        var packets = new MetricFamily("forewarn_link_packets_total", SignalKind.Counter, SignalUnit.None,
            "Packets that a link between accelerators carried.");
        var speed = new MetricFamily("forewarn_link_speed_bytes_per_second", SignalKind.Gauge, SignalUnit.None,
            "Speed of a link between accelerators now; 0 while it is down.");
        var generation = new MetricFamily("forewarn_link_generation", SignalKind.Gauge, SignalUnit.None,
            "Generation of a link between accelerators, for example 4 (NVLink 4.0).");
        var low = new MetricFamily("forewarn_link_low_power", SignalKind.State, SignalUnit.None,
            "1 while a link between accelerators saves power.");
        var remote = new MetricFamily("forewarn_link_remote_type", SignalKind.State, SignalUnit.None,
            "What is at the other end of a link: 0 an accelerator, 1 a processor, 2 a switch, 255 unknown.");
        var number = new MetricFamily("forewarn_link_remote_number", SignalKind.Gauge, SignalUnit.None,
            "Number of a link at its other end.");
        var all = new MetricFamily("forewarn_device_link_bytes_total", SignalKind.Counter, SignalUnit.Bytes,
            "Payload that all links of the device together carried.");
        return
        [
            PerLink(SignalId.LinkBytesSent, bytes, "direction", "sent"),
            PerLink(SignalId.LinkBytesReceived, bytes, "direction", "received"),
            PerLink(SignalId.LinkPacketsSent, packets, "direction", "sent"),
            PerLink(SignalId.LinkPacketsReceived, packets, "direction", "received"),
            new(SignalId.LinkSpeed, speed, SampleGroup.Slow, "link", []),
            new(SignalId.LinkGeneration, generation, SampleGroup.Slow, "link", []),
            new(SignalId.LinkLowPower, low, SampleGroup.Slow, "link", []),
            new(SignalId.LinkRemoteType, remote, SampleGroup.Slow, "link", []),
            new(SignalId.LinkRemoteNumber, number, SampleGroup.Slow, "link", []),
            Row(SignalId.LinksSent, all, SampleGroup.Fast, "direction", "sent"),
            Row(SignalId.LinksReceived, all, SampleGroup.Fast, "direction", "received"),
        ];
    }

    private static Signal PerLink(SignalId id, MetricFamily family, string key, string value)
        => new(id, family, SampleGroup.Slow, "link", [new(key, value)]);
}
