using Forewarn.Model;

namespace Forewarn.Daemon.Sources.Nvml;

internal static partial class NvmlSymbolLoss
{
    /// <summary>Memory errors and what was done about them.</summary>
    private static Dictionary<string, SymbolLoss> OfHealth => new()
    {
        ["nvmlDeviceGetEccMode"] = SymbolLoss.Of(SignalId.EccEnabled, SignalId.EccPending),
        ["nvmlDeviceGetDefaultEccMode"] = SymbolLoss.Of(SignalId.EccDefault),
        ["nvmlDeviceGetTotalEccErrors"] = SymbolLoss.Of(
            SignalId.EccCorrected, SignalId.EccUncorrected, SignalId.EccLifetimeCorrected, SignalId.EccLifetimeUncorrected),
        ["nvmlDeviceGetDetailedEccErrors"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetMemoryErrorCounter"] = SymbolLoss.Of(
            SignalId.EccCorrectedDram, SignalId.EccCorrectedSram, SignalId.EccCorrectedL1Cache, SignalId.EccCorrectedL2Cache,
            SignalId.EccCorrectedRegisterFile, SignalId.EccCorrectedTexture, SignalId.EccUncorrectedDram, SignalId.EccUncorrectedSram,
            SignalId.EccUncorrectedL1Cache, SignalId.EccUncorrectedL2Cache, SignalId.EccUncorrectedRegisterFile, SignalId.EccUncorrectedTexture,
            SignalId.EccUncorrectedControl, SignalId.EccLifetimeCorrectedDram, SignalId.EccLifetimeCorrectedSram, SignalId.EccLifetimeCorrectedL1Cache,
            SignalId.EccLifetimeCorrectedL2Cache, SignalId.EccLifetimeCorrectedRegisterFile, SignalId.EccLifetimeCorrectedTexture,
            SignalId.EccLifetimeUncorrectedDram, SignalId.EccLifetimeUncorrectedSram, SignalId.EccLifetimeUncorrectedL1Cache,
            SignalId.EccLifetimeUncorrectedL2Cache, SignalId.EccLifetimeUncorrectedRegisterFile, SignalId.EccLifetimeUncorrectedTexture,
            SignalId.EccLifetimeUncorrectedControl),
        ["nvmlDeviceGetSramEccErrorStatus"] = SymbolLoss.Of(
            SignalId.EccSramParity, SignalId.EccSramSecDed, SignalId.EccSramDriverParity, SignalId.EccSramDriverSecDed, SignalId.EccSramUnitL2,
            SignalId.EccSramUnitSm, SignalId.EccSramUnitPcie, SignalId.EccSramUnitMicrocontroller, SignalId.EccSramUnitOther,
            SignalId.EccSramThresholdExceeded),
        ["nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts"] = SymbolLoss.Of(SignalId.EccSramPlaces),

        ["nvmlDeviceGetRetiredPages"] = SymbolLoss.Of(SignalId.RetiredPagesSingleBit, SignalId.RetiredPagesDoubleBit) with
        {
            Unless = "nvmlDeviceGetRetiredPages_v2",
        },
        ["nvmlDeviceGetRetiredPages_v2"] = SymbolLoss.Nothing,
        ["nvmlDeviceGetRetiredPagesPendingStatus"] = SymbolLoss.Of(SignalId.RetiredPagesPending),
        ["nvmlDeviceGetRemappedRows"] = SymbolLoss.Of(
            SignalId.RemappedRowsCorrectable, SignalId.RemappedRowsUncorrectable, SignalId.RowRemapPending, SignalId.RowRemapFailed),
        ["nvmlDeviceGetRemappedRows_v2"] = SymbolLoss.Of(
            SignalId.RemappedRowsInactiveCorrectable, SignalId.RemappedRowsInactiveUncorrectable),
        ["nvmlDeviceGetRowRemapperHistogram"] = SymbolLoss.Of(
            SignalId.RowRemapBanksMax, SignalId.RowRemapBanksHigh, SignalId.RowRemapBanksPartial, SignalId.RowRemapBanksLow,
            SignalId.RowRemapBanksNone),
        ["nvmlDeviceGetRepairStatus"] = SymbolLoss.Of(SignalId.RepairPendingChannel, SignalId.RepairPendingTpc),
        ["nvmlDeviceGetUnrepairableMemoryFlag_v1"] = SymbolLoss.Of(SignalId.MemoryUnrepairable),
        ["nvmlDeviceValidateInforom"] = SymbolLoss.Of(SignalId.ConfigurationImageValid),
    };
}
