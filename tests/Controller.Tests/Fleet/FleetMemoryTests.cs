using System.Text.Json;
using Forewarn.Controller.Fleet;
using Forewarn.Controller.Reports;

namespace Forewarn.Controller.Tests.Fleet;

[Collection(MeasuredAlone.Name)]
public class FleetMemoryTests
{
    [Fact]
    public void Ten_thousand_nodes_with_eight_cards_fit_well_below_a_gibibyte()
    {
        // As they come over the wire: no two reports share a text.
        var devices = Enumerable.Range(0, 8).Select(i => SomeReports.Device($"GPU-6c1d0f3e-8a3b-4f0e-9d1c-2b7a5f3c1e9{i}") with { PciAddress = $"0000:{i}a:00.0", Jobs = ["4711"] });
        var json = JsonSerializer.SerializeToUtf8Bytes(SomeReports.Of(devices: [.. devices]), FleetJson.Default.AgentReport);
        var texts = new SharedTexts();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var state = new FleetState(SomeReports.Now);
        for (var i = 0; i < 10_000; i++)
            state = state.Take(ReportForm.Settle(JsonSerializer.Deserialize(json, FleetJson.Default.AgentReport)! with { Node = $"node-{i}" }, texts), SomeReports.Now).State;
        var used = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.Equal(10_000, state.Nodes.Count);
        // 80,000 cards of some 0.6 KB each, by estimate; a quarter of the gibibyte leaves room for connections.
        Assert.InRange(used, 1, 256L << 20);
    }
}
