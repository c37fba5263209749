using Forewarn.Model;
using Forewarn.Predict.Catalogs;

namespace Forewarn.Predict.Tests.Catalogs;

public class NvLink5CatalogTests
{
    /// <summary>First register: NVIDIA's masks of the decode sheet, before R575 (V1) and from then on (V2), with the reason in bits 25 to 20.</summary>
    [Theory]
    [InlineData(144, "SAW_MVB", 0x021u, 0x2u, "SawMvb", Severity.Failed)]
    [InlineData(144, "", 0x021u, 0x10u, "SawMvb", Severity.Failed)] // V1
    [InlineData(144, "", 0x001u, 0x1u, "SawMvb", Severity.Watch)] // V2
    [InlineData(144, "", 0x001u, 0x20u, "SawMvb", Severity.Watch)]
    [InlineData(145, "", 0x062u, 0x80000000u, "RlwCtrl", Severity.Watch)] // V1
    [InlineData(145, "", 0x004u, 0x1u, "RlwRemap", Severity.Watch)] // V2: the driver's advice decides
    [InlineData(145, "", 0x082u, 0x40u, "RlwRemap", Severity.Failed)] // V1
    [InlineData(145, "", 0x0A2u, 0x2u, "RlwRspcol", Severity.Failed)]
    [InlineData(145, "", 0x0C2u, 0x1u, "RlwRxpipe", Severity.Watch)]
    [InlineData(145, "", 0x4C2u, 0x1u, "RlwRxpipe", Severity.Failed)] // V1: bit 10
    [InlineData(145, "RLW_RXPIPE", 0x086u, 0x4u, "RlwRxpipe", Severity.Failed)] // V2: bit 7
    [InlineData(145, "RLW_RXPIPE", 0x086u, 0x8u, "RlwRxpipe", Severity.Watch)]
    [InlineData(145, "", 0x0E2u, 0x20u, "RlwSrcTrack", Severity.Failed)]
    [InlineData(145, "RLW_SRC_TRACK", 0x007u, 0x2u, "RlwSrcTrack", Severity.Watch)]
    [InlineData(145, "", 0x008u, 0x100000u, "RlwTagstate", Severity.Failed)] // V2
    [InlineData(146, "", 0x123u, 0x4u, "TlwCtrl", Severity.Failed)] // V1
    [InlineData(146, "", 0x00Bu, 0x2u, "TlwRx", Severity.Watch)] // V2, pipe 1
    [InlineData(146, "TLW_TX", 0x163u, 0x4u, "TlwTx", Severity.Failed)]
    [InlineData(147, "", 0x00Eu, 0x1u, "Trex", Severity.Watch)]
    [InlineData(148, "", 0x005u, 0x80000000u, "Nvlpw", Severity.Watch)] // V1
    [InlineData(149, "", 0x006u, 0x0u, "NetirInterrupt", Severity.Degraded)] // V1
    [InlineData(149, "NETIR_LINK_EVT", 0x004505C6u, 0x0u, "NetirLinkDown", Severity.Degraded)] // as printed, reason 0x04
    [InlineData(149, "", 0x02600011u, 0x0u, "NetirLinkDown", Severity.Watch)] // V2, reason 0x26: nothing to do
    [InlineData(149, "", 0x028001C6u, 0x0u, "NetirLinkDown", Severity.Watch)] // V1, reason 0x28
    [InlineData(149, "", 0x226u, 0x3u, "NetirBer", Severity.Watch)] // V1
    [InlineData(149, "", 0x014u, 0x5u, "NetirMfde", Severity.Failed)] // V2
    [InlineData(149, "", 0x014u, 0x3u, "NetirMfde", Severity.Watch)]
    [InlineData(150, "", 0x007u, 0x0u, "Mse", Severity.Failed)] // V1
    [InlineData(150, "MSE Degraded", 0x000u, 0xFFFFFFFFu, "Mse", Severity.Failed)] // V2
    public void The_registers_say_unit_and_remedy(int code, string unit, uint info, uint status, string known, Severity severity)
    {
        var decoded = NvLink5Catalog.Decode(code, unit, [info, status, 0, 0, 0, 0, 0]);
        Assert.Equal((known, severity), (decoded.Unit.ToString(), decoded.Remedy.Severity));
    }

    [Fact]
    public void Of_some_the_drivers_advice_decides()
    {
        Assert.True(NvLink5Catalog.Decode(145, "RLW_REMAP", [0x4, 0x20]).FollowsAdvice);
        Assert.True(NvLink5Catalog.Decode(145, "RLW_SRC_TRACK", [0x7, 0x8]).FollowsAdvice);
        Assert.False(NvLink5Catalog.Decode(145, "RLW_REMAP", [0x4, 0x40]).FollowsAdvice);
    }

    [Fact]
    public void A_link_that_is_down_says_why()
    {
        Assert.Equal("signal integrity of the link", NvLink5Catalog.Decode(149, "NETIR_LINK_EVT", [0x004505C6, 0]).Reason!.LookAt);
        Assert.Equal("the device at the other end", NvLink5Catalog.Decode(149, "NETIR_LINK_DOWN", [0x01500011, 0]).Reason!.LookAt);
        Assert.Null(NvLink5Catalog.Decode(149, "NETIR_LINK_DOWN", [0x03F00011, 0]).Reason);
        Assert.Equal(21, NvLink5Catalog.Reasons.Length);
    }

    [Fact]
    public void Without_registers_the_name_decides_and_without_either_the_row()
    {
        Assert.Equal(Remedy.ResetSoon, NvLink5Catalog.Decode(149, "NETIR_LINK_DOWN", []).Remedy);
        Assert.Equal(Remedy.InspectFabric, NvLink5Catalog.Decode(149, "", []).Remedy);
        Assert.Equal(Remedy.InspectFabric, NvLink5Catalog.Decode(146, "NEW_UNIT", [0x7F, 1]).Remedy);
    }
}
