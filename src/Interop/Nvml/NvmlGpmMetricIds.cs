namespace Forewarn.Interop.Nvml;

/// <summary>GPM metrics of one NVLink or C2C link or one graphics engine, as nvml.h 13.3 numbers them; null beyond its last.</summary>
public static class NvmlGpmMetricIds
{
    // Links 0 to 17 came first; 18 to 35 have a range of their own.
    private const int LinksOfFirstRange = 18;
    private const int C2CLinks = 14;
    private const int GraphicsEngines = 8;

    /// <summary>MiB/s received over one NVLink.</summary>
    public static NvmlGpmMetricId? NvLinkRxPerSec(int link) => link switch
    {
        < 0 or >= NvmlLibrary.NvLinkMaxLinks => null,
        < LinksOfFirstRange => NvmlGpmMetricId.NvLinkL0RxPerSec + (uint)(2 * link),
        _ => NvmlGpmMetricId.NvLinkL18RxPerSec + (uint)(2 * (link - LinksOfFirstRange)),
    };

    /// <summary>MiB/s sent over one NVLink.</summary>
    public static NvmlGpmMetricId? NvLinkTxPerSec(int link) => NvLinkRxPerSec(link) + 1;

    /// <summary>Received over one NVLink, as counted.</summary>
    public static NvmlGpmMetricId? NvLinkRx(int link) =>
        link is < 0 or >= NvmlLibrary.NvLinkMaxLinks ? null : NvmlGpmMetricId.NvLinkL0Rx + (uint)(2 * link);

    /// <summary>Sent over one NVLink, as counted.</summary>
    public static NvmlGpmMetricId? NvLinkTx(int link) => NvLinkRx(link) + 1;

    /// <summary>MiB/s sent over one C2C link; received, data sent and data received are the next three.</summary>
    public static NvmlGpmMetricId? C2CLinkTotalTxPerSec(int link) =>
        link is < 0 or >= C2CLinks ? null : NvmlGpmMetricId.C2CLink0TotalTxPerSec + (uint)(4 * link);

    /// <summary>
    /// Cycles of one graphics engine's context switches; active, requests, cycles a request and percent are the next four.
    /// </summary>
    public static NvmlGpmMetricId? GrCtxswCyclesElapsed(int engine) =>
        engine is < 0 or >= GraphicsEngines ? null : NvmlGpmMetricId.Gr0CtxswCyclesElapsed + (uint)(5 * engine);
}
