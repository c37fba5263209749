namespace Forewarn.Interop.Nvml;

/// <summary>
/// NVML_FI_DEV_* of nvml.h 13.3 whose meaning never changed between drivers; a driver that does not know an id answers
/// InvalidArgument or NotSupported for that entry alone. Ids that changed their meaning are in <see cref="NvmlFieldIds"/>.
/// </summary>
public static class NvmlField
{
    /// <summary>ScopeId of 138 to 141 for the sum over all links.</summary>
    public const uint AllLinks = 0xFFFFFFFF;

    /// <summary>ScopeIds of 185 to 192: the GPU, the module (CPU and GPU together), and the GPU's base (limits only).</summary>
    public const uint PowerOfGpu = 0;

    /// <inheritdoc cref="PowerOfGpu"/>
    public const uint PowerOfModule = 1;

    /// <inheritdoc cref="PowerOfGpu"/>
    public const uint PowerOfGpuBase = 2;

    // ECC: 1 or 0, then counts; SBE is corrected, DBE uncorrected, VOL since driver load, AGG over life.
    public const uint EccCurrent = 1;
    public const uint EccPending = 2;
    public const uint EccSbeVolTotal = 3;
    public const uint EccDbeVolTotal = 4;
    public const uint EccSbeAggTotal = 5;
    public const uint EccDbeAggTotal = 6;
    public const uint EccSbeVolL1 = 7;
    public const uint EccDbeVolL1 = 8;
    public const uint EccSbeVolL2 = 9;
    public const uint EccDbeVolL2 = 10;
    public const uint EccSbeVolDev = 11;
    public const uint EccDbeVolDev = 12;
    public const uint EccSbeVolReg = 13;
    public const uint EccDbeVolReg = 14;
    public const uint EccSbeVolTex = 15;
    public const uint EccDbeVolTex = 16;
    public const uint EccDbeVolCbu = 17;
    public const uint EccSbeAggL1 = 18;
    public const uint EccDbeAggL1 = 19;
    public const uint EccSbeAggL2 = 20;
    public const uint EccDbeAggL2 = 21;
    public const uint EccSbeAggDev = 22;
    public const uint EccDbeAggDev = 23;
    public const uint EccSbeAggReg = 24;
    public const uint EccDbeAggReg = 25;
    public const uint EccSbeAggTex = 26;
    public const uint EccDbeAggTex = 27;
    public const uint EccDbeAggCbu = 28;

    // Retired pages (before Ampere).
    public const uint RetiredSbe = 29;
    public const uint RetiredDbe = 30;
    public const uint RetiredPending = 31;
    public const uint RetiredPendingSbe = 92;
    public const uint RetiredPendingDbe = 93;

    // NVLink errors over all links; single links begin at L0 and L6.
    public const uint NvLinkCrcFlitErrorCountL0 = 32; // L1 to L5 follow
    public const uint NvLinkCrcFlitErrorCountTotal = 38;
    public const uint NvLinkCrcFlitErrorCountL6 = 96; // L7 to L11 follow; driver 450
    public const uint NvLinkCrcDataErrorCountL0 = 39; // L1 to L5 follow
    public const uint NvLinkCrcDataErrorCountTotal = 45;
    public const uint NvLinkCrcDataErrorCountL6 = 102; // L7 to L11 follow; driver 450
    public const uint NvLinkReplayErrorCountL0 = 46; // L1 to L5 follow
    public const uint NvLinkReplayErrorCountTotal = 52;
    public const uint NvLinkReplayErrorCountL6 = 108; // L7 to L11 follow; driver 450
    public const uint NvLinkRecoveryErrorCountL0 = 53; // L1 to L5 follow
    public const uint NvLinkRecoveryErrorCountTotal = 59;
    public const uint NvLinkRecoveryErrorCountL6 = 114; // L7 to L11 follow; driver 450
    public const uint NvLinkEccDataErrorCountL0 = 148; // L1 to L11 follow, 151 is L3; driver 470, before which these numbers have no public meaning
    public const uint NvLinkEccDataErrorCountTotal = 160;

    // Time that a policy held clocks back, ns, cumulative.
    public const uint PerfPolicyPower = 74;
    public const uint PerfPolicyThermal = 75;
    public const uint PerfPolicySyncBoost = 76;
    public const uint PerfPolicyBoardLimit = 77;
    public const uint PerfPolicyLowUtilization = 78;
    public const uint PerfPolicyReliability = 79;
    public const uint PerfPolicyTotalAppClocks = 80;
    public const uint PerfPolicyTotalBaseClocks = 81;

    // Heat (°C) and energy (mJ).
    public const uint MemoryTemp = 82;
    public const uint TotalEnergyConsumption = 83;

    // NVLink: MB/s, links, and KiB transferred with the link as scope.
    public const uint NvLinkSpeedMbpsL0 = 84; // L1 to L5 follow
    public const uint NvLinkSpeedMbpsCommon = 90;
    public const uint NvLinkLinkCount = 91;
    public const uint NvLinkSpeedMbpsL6 = 132; // L7 to L11 follow; driver 450
    public const uint NvLinkThroughputDataTx = 138;
    public const uint NvLinkThroughputDataRx = 139;
    public const uint NvLinkThroughputRawTx = 140;
    public const uint NvLinkThroughputRawRx = 141;
    public const uint NvLinkRemoteNvLinkId = 146;
    public const uint NvSwitchConnectedLinkCount = 147;

    // NVLink bandwidth counters, deprecated in favour of 138 to 141.
    public const uint NvLinkBandwidthC0L0 = 60; // L1 to L5 follow
    public const uint NvLinkBandwidthC0Total = 66;
    public const uint NvLinkBandwidthC1L0 = 67; // L1 to L5 follow
    public const uint NvLinkBandwidthC1Total = 73;
    public const uint NvLinkBandwidthC0L6 = 120; // L7 to L11 follow; driver 450
    public const uint NvLinkBandwidthC1L6 = 126; // L7 to L11 follow; driver 450

    // PCIe replays.
    public const uint PcieReplayCounter = 94;
    public const uint PcieReplayRolloverCounter = 95;

    // Remapped rows (Ampere on).
    public const uint RemappedCor = 142;
    public const uint RemappedUnc = 143;
    public const uint RemappedPending = 144;
    public const uint RemappedFailure = 145;
    public const uint RemappedRowsCorInactive = 301;
    public const uint RemappedRowsUncInactive = 302;

    // NVLink by link (scope), before Blackwell; driver 520.
    public const uint NvLinkErrorDlReplay = 161;
    public const uint NvLinkErrorDlRecovery = 162;
    public const uint NvLinkErrorDlCrc = 163;
    public const uint NvLinkGetSpeed = 164;
    public const uint NvLinkGetState = 165;
    public const uint NvLinkGetVersion = 166;
    public const uint NvLinkGetPowerState = 167;
    public const uint NvLinkGetPowerThreshold = 168;

    // C2C; driver 530, its errors 575.
    public const uint C2CLinkCount = 170;
    public const uint C2CLinkGetStatus = 171;
    public const uint C2CLinkGetMaxBw = 172;
    public const uint C2CLinkErrorIntr = 231;
    public const uint C2CLinkErrorReplay = 232;
    public const uint C2CLinkErrorReplayB2B = 233;
    public const uint C2CLinkPowerState = 234;

    // PCIe errors; driver 535. LaneError takes the lane as scope.
    public const uint PcieL0ToRecoveryCounter = 169;
    public const uint PcieCountCorrectableErrors = 173;
    public const uint PcieCountNaksReceived = 174;
    public const uint PcieCountReceiverError = 175;
    public const uint PcieCountBadTlp = 176;
    public const uint PcieCountNaksSent = 177;
    public const uint PcieCountBadDllp = 178;
    public const uint PcieCountNonFatalError = 179;
    public const uint PcieCountFatalError = 180;
    public const uint PcieCountUnsupportedReq = 181;
    public const uint PcieCountLcrcError = 182;
    public const uint PcieCountLaneError = 183;
    public const uint PcieCountTxBytes = 197;
    public const uint PcieCountRxBytes = 198;
    public const uint PcieOutboundAtomicsMask = 228;
    public const uint PcieInboundAtomicsMask = 229;

    // Power, mW; driver 535. Scope: 0 GPU, 1 module, 2 GPU base (limits only).
    public const uint IsResetlessMigSupported = 184;
    public const uint PowerAverage = 185;
    public const uint PowerInstant = 186;
    public const uint PowerMinLimit = 187;
    public const uint PowerMaxLimit = 188;
    public const uint PowerDefaultLimit = 189;
    public const uint PowerCurrentLimit = 190;
    public const uint Energy = 191;
    public const uint PowerRequestedLimit = 192;

    // °C relative to T.Limit, never above 0; Ada on, driver 535.
    public const uint TemperatureShutdownTLimit = 193;
    public const uint TemperatureSlowdownTLimit = 194;
    public const uint TemperatureMemMaxTLimit = 195;
    public const uint TemperatureGpuMaxTLimit = 196;

    // NVLink 5 by link (scope); driver 560, FEC bins 570.
    public const uint NvLinkCountXmitPackets = 201;
    public const uint NvLinkCountXmitBytes = 202;
    public const uint NvLinkCountRcvPackets = 203;
    public const uint NvLinkCountRcvBytes = 204;
    public const uint NvLinkCountMalformedPacketErrors = 206;
    public const uint NvLinkCountBufferOverrunErrors = 207;
    public const uint NvLinkCountRcvErrors = 208;
    public const uint NvLinkCountRcvRemoteErrors = 209;
    public const uint NvLinkCountRcvGeneralErrors = 210;
    public const uint NvLinkCountLocalLinkIntegrityErrors = 211;
    public const uint NvLinkCountXmitDiscards = 212;
    public const uint NvLinkCountLinkRecoverySuccessfulEvents = 213;
    public const uint NvLinkCountLinkRecoveryFailedEvents = 214;
    public const uint NvLinkCountLinkRecoveryEvents = 215;
    public const uint NvLinkCountEffectiveErrors = 219;
    public const uint NvLinkCountEffectiveBer = 220;
    public const uint NvLinkCountSymbolErrors = 221;
    public const uint NvLinkCountSymbolBer = 222;
    public const uint NvLinkGetPowerThresholdMin = 223;
    public const uint NvLinkGetPowerThresholdUnits = 224;
    public const uint NvLinkGetPowerThresholdSupported = 225;
    public const uint NvLinkCountFecHistory0 = 235; // 1 to 15 follow: codewords with so many corrected symbols
    public const uint NvLinkCountRawErrorsLane0 = 289;
    public const uint NvLinkCountRawErrorsLane1 = 290;
    public const uint NvLinkCountRawBerLane0V2 = 291;
    public const uint NvLinkCountRawBerLane1V2 = 292;
    public const uint NvLinkCountRawBerV2 = 293;
    public const uint NvLinkPlrXmitBlocks = 294;
    public const uint NvLinkPlrXmitRetryBlocks = 295;
    public const uint NvLinkGetDataRate = 296;

    // Deprecated as soon as they were declared: nvml.h 13.3 says not to use them.
    public const uint NvLinkCountVL15Dropped = 205;
    public const uint NvLinkCountRawBerLane0 = 216;
    public const uint NvLinkCountRawBerLane1 = 217;
    public const uint NvLinkCountRawBer = 218;
    public const uint ResetStatus = 226;
    public const uint DrainAndResetStatus = 227;

    // What the driver advises, see NvmlGpuRecoveryAction; driver 565.
    public const uint GetGpuRecoveryAction = 230;

    // Power smoothing with a delay; driver 590. Those before it moved, see NvmlFieldIds.
    public const uint PowerSmoothingPrimaryPowerFloor = 275;
    public const uint PowerSmoothingSecondaryPowerFloor = 276;
    public const uint PowerSmoothingMinPrimaryFloorActOffset = 277;
    public const uint PowerSmoothingMinPrimaryFloorActPoint = 278;
    public const uint PowerSmoothingWindowMultiplier = 279;
    public const uint PowerSmoothingDelayedPwrSmoothingSupported = 280;
    public const uint PowerSmoothingProfileSecondaryPowerFloor = 281;
    public const uint PowerSmoothingProfilePrimaryFloorActWinMult = 282;
    public const uint PowerSmoothingProfilePrimaryFloorTarWinMult = 283;
    public const uint PowerSmoothingProfilePrimaryFloorActOffset = 284;
    public const uint PowerSmoothingAdminOverrideSecondaryPowerFloor = 285;
    public const uint PowerSmoothingAdminOverridePrimaryFloorActWinMult = 286;
    public const uint PowerSmoothingAdminOverridePrimaryFloorTarWinMult = 287;
    public const uint PowerSmoothingAdminOverridePrimaryFloorActOffset = 288;
    public const uint PowerSmoothingSocEnabled = 300;

    // Driver 590 and later.
    public const uint EdppMultiplier = 274;
    public const uint MmaStallPercent = 297;
    public const uint MclkSwitchType = 298;
    public const uint MclkMinSwitchIntervalMilliseconds = 299;
}
