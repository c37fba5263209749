namespace Forewarn.Interop.Nvml;

/// <summary>
/// nvmlGpmMetricId_t. Percent from 0 to 100, PerSec in MiB/s, cycles and transfers as counts. Ids of a link or an engine begin at its
/// first; <see cref="NvmlGpmMetricIds"/> counts on. 98 and above came with driver 575, 210 and above with 595.
/// </summary>
public enum NvmlGpmMetricId : uint
{
    None = 0,
    GraphicsUtil = 1,
    SMUtil = 2,
    SMOccupancy = 3,
    IntegerUtil = 4,
    AnyTensorUtil = 5,
    DfmaTensorUtil = 6,
    HmmaTensorUtil = 7,
    DmmaTensorUtil = 8,
    ImmaTensorUtil = 9,
    DramBwUtil = 10,
    Fp64Util = 11,
    Fp32Util = 12,
    Fp16Util = 13,
    PcieTxPerSec = 20,
    PcieRxPerSec = 21,
    NvDec0Util = 30, // 1 to 7 follow
    NvJpg0Util = 40, // 1 to 7 follow
    NvOfa0Util = 50,
    NvOfa1Util = 51,
    NvLinkTotalRxPerSec = 60,
    NvLinkTotalTxPerSec = 61,
    NvLinkL0RxPerSec = 62, // TX of L0, then L1 to L17 in pairs
    NvLinkL0TxPerSec = 63,
    C2CTotalTxPerSec = 100,
    C2CTotalRxPerSec = 101,
    C2CDataTxPerSec = 102,
    C2CDataRxPerSec = 103,
    C2CLink0TotalTxPerSec = 104, // total RX, data TX, data RX; then links 1 to 13 in fours
    HostMemCacheHit = 160,
    HostMemCacheMiss = 161,
    PeerMemCacheHit = 162,
    PeerMemCacheMiss = 163,
    DramCacheHit = 164,
    DramCacheMiss = 165,
    NvEnc0Util = 166, // 1 to 3 follow
    Gr0CtxswCyclesElapsed = 170, // active, requests, cycles per request, active percent; then engines 1 to 7 in fives
    NvLinkL18RxPerSec = 212, // TX of L18, then L19 to L35 in pairs
    NvLinkL18TxPerSec = 213,
    SMCyclesElapsed = 248,
    SMCyclesActive = 249,
    MmaCyclesActive = 250,
    DmmaCyclesActive = 251,
    HmmaCyclesActive = 252,
    ImmaCyclesActive = 253,
    DfmaCyclesActive = 254,
    PcieTx = 255,
    PcieRx = 256,
    IntegerCyclesActive = 257,
    Fp64CyclesActive = 258,
    Fp32CyclesActive = 259,
    Fp16CyclesActive = 260,
    NvLinkL0Rx = 261, // TX of L0, then L1 to L35 in pairs
    NvLinkL0Tx = 262,
}
