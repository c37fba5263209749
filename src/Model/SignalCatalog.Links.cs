namespace Forewarn.Model;

public static partial class SignalCatalog
{
    private static Signal[] Pcie()
    {
        var replays = new MetricFamily("forewarn_device_pcie_replays_total", SignalKind.Counter, SignalUnit.None,
            "PCIe packets sent again since the driver was loaded.");
        var width = new MetricFamily("forewarn_device_pcie_link_width", SignalKind.Gauge, SignalUnit.None, "PCIe lanes in use now.");
        var generation = new MetricFamily("forewarn_device_pcie_link_generation", SignalKind.Gauge, SignalUnit.None,
            "PCIe generation in use now; falls while the card is idle.");
        var widthMax = new MetricFamily("forewarn_device_pcie_link_width_max", SignalKind.Gauge, SignalUnit.None,
            "PCIe lanes that card and slot can use.");
        var generationMax = new MetricFamily("forewarn_device_pcie_link_generation_max", SignalKind.Gauge, SignalUnit.None,
            "PCIe generation that card and slot can use.");
        return
        [
            Row(SignalId.PcieReplays, replays, SampleGroup.Slow),
            Row(SignalId.PcieLinkWidth, width, SampleGroup.Fast),
            Row(SignalId.PcieLinkGeneration, generation, SampleGroup.Fast),
            Row(SignalId.PcieLinkWidthMax, widthMax, SampleGroup.Slow),
            Row(SignalId.PcieLinkGenerationMax, generationMax, SampleGroup.Slow),
        ];
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
        ];

        Signal Errors(SignalId id, string kind) => new(id, errors, SampleGroup.Slow, "link", [new("kind", kind)]);
    }
}
