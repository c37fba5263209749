using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Numbers as literals, read from nvml.h 13.3.</summary>
public sealed class NvmlGpmMetricIdsTests
{
    [Theory]
    [InlineData(0, 62, 63, 261, 262)]
    [InlineData(17, 96, 97, 295, 296)]
    [InlineData(18, 212, 213, 297, 298)]
    [InlineData(35, 246, 247, 331, 332)]
    [InlineData(36, null, null, null, null)]
    [InlineData(-1, null, null, null, null)]
    public void A_link_has_four_metrics(int link, int? rxPerSec, int? txPerSec, int? rx, int? tx)
    {
        Assert.Equal((NvmlGpmMetricId?)rxPerSec, NvmlGpmMetricIds.NvLinkRxPerSec(link));
        Assert.Equal((NvmlGpmMetricId?)txPerSec, NvmlGpmMetricIds.NvLinkTxPerSec(link));
        Assert.Equal((NvmlGpmMetricId?)rx, NvmlGpmMetricIds.NvLinkRx(link));
        Assert.Equal((NvmlGpmMetricId?)tx, NvmlGpmMetricIds.NvLinkTx(link));
    }

    [Theory]
    [InlineData(0, 104)]
    [InlineData(13, 156)]
    [InlineData(14, null)]
    [InlineData(-1, null)]
    public void A_C2C_link_has_four_from(int link, int? first) =>
        Assert.Equal((NvmlGpmMetricId?)first, NvmlGpmMetricIds.C2CLinkTotalTxPerSec(link));

    [Theory]
    [InlineData(0, 170)]
    [InlineData(7, 205)]
    [InlineData(8, null)]
    [InlineData(-1, null)]
    public void An_engine_has_five_from(int engine, int? first) =>
        Assert.Equal((NvmlGpmMetricId?)first, NvmlGpmMetricIds.GrCtxswCyclesElapsed(engine));
}
