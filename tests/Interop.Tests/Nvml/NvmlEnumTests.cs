using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>Numbers as literals, read from nvml.h 13.3.</summary>
public sealed class NvmlEnumTests
{
    public static TheoryData<Type, string> Enums => new()
    {
        {
            typeof(NvmlReturn),
            "0 Success, 1 Uninitialized, 2 InvalidArgument, 3 NotSupported, 4 NoPermission, 5 AlreadyInitialized, 6 NotFound, "
            + "7 InsufficientSize, 8 InsufficientPower, 9 DriverNotLoaded, 10 Timeout, 11 IrqIssue, 12 LibraryNotFound, "
            + "13 FunctionNotFound, 14 CorruptedInforom, 15 GpuIsLost, 16 ResetRequired, 17 OperatingSystem, 18 LibRmVersionMismatch, "
            + "19 InUse, 20 Memory, 21 NoData, 22 VgpuEccNotSupported, 23 InsufficientResources, 24 FreqNotSupported, "
            + "25 ArgumentVersionMismatch, 26 Deprecated, 27 NotReady, 28 GpuNotFound, 29 InvalidState, 30 ResetTypeNotSupported, "
            + "999 Unknown"
        },
        { typeof(NvmlEnableState), "0 Disabled, 1 Enabled" },
        { typeof(NvmlMemoryErrorType), "0 Corrected, 1 Uncorrected" },
        { typeof(NvmlEccCounterType), "0 Volatile, 1 Aggregate" },
        {
            typeof(NvmlMemoryLocation),
            "0 L1Cache, 1 L2Cache, 2 Dram, 3 RegisterFile, 4 TextureMemory, 5 TextureShm, 6 Cbu, 7 Sram"
        },
        { typeof(NvmlPageRetirementCause), "0 MultipleSingleBitEccErrors, 1 DoubleBitEccError" },
        { typeof(NvmlClockType), "0 Graphics, 1 SM, 2 Mem, 3 Video" },
        {
            typeof(NvmlPerfPolicyType),
            "0 Power, 1 Thermal, 2 SyncBoost, 3 BoardLimit, 4 LowUtilization, 5 Reliability, 10 TotalAppClocks, 11 TotalBaseClocks"
        },
        { typeof(NvmlTemperatureSensors), "0 Gpu" },
        {
            typeof(NvmlTemperatureThresholds),
            "0 Shutdown, 1 Slowdown, 2 MemMax, 3 GpuMax, 4 AcousticMin, 5 AcousticCurr, 6 AcousticMax, 7 GpsCurr"
        },
        {
            typeof(NvmlPstates),
            "0 P0, 1 P1, 2 P2, 3 P3, 4 P4, 5 P5, 6 P6, 7 P7, 8 P8, 9 P9, 10 P10, 11 P11, 12 P12, 13 P13, 14 P14, 15 P15, 32 Unknown"
        },
        {
            typeof(NvmlDeviceArchitecture),
            "0 None, 2 Kepler, 3 Maxwell, 4 Pascal, 5 Volta, 6 Turing, 7 Ampere, 8 Ada, 9 Hopper, 10 Blackwell, 13 Rubin, "
            + "4294967295 Unknown"
        },
        {
            typeof(NvmlBrandType),
            "0 Unknown, 1 Quadro, 2 Tesla, 3 Nvs, 4 Grid, 5 GeForce, 6 Titan, 7 VirtualApps, 8 VirtualPC, 9 VirtualCS, 10 VirtualWS, "
            + "11 CloudGaming, 12 QuadroRtx, 13 NvidiaRtx, 14 Nvidia, 15 GeForceRtx, 16 TitanRtx"
        },
        { typeof(NvmlComputeMode), "0 Default, 1 ExclusiveThread, 2 Prohibited, 3 ExclusiveProcess" },
        { typeof(NvmlNvLinkVersion), "0 Invalid, 1 V1, 2 V2, 3 V22, 4 V3, 5 V31, 6 V4, 7 V5, 8 V6" },
        { typeof(NvmlNvLinkErrorCounter), "0 DlReplay, 1 DlRecovery, 2 DlCrcFlit, 3 DlCrcData, 4 DlEccData" },
        { typeof(NvmlNvLinkState), "0 Inactive, 1 Active, 2 Sleep" },
        { typeof(NvmlIntNvLinkDeviceType), "0 Gpu, 1 IbmNpu, 2 Switch, 255 Unknown" },
        { typeof(NvmlGpuFabricState), "0 NotSupported, 1 NotStarted, 2 InProgress, 3 Completed" },
        { typeof(NvmlGpuFabricHealthSummary), "0 NotSupported, 1 Healthy, 2 Unhealthy, 3 LimitedCapacity" },
        {
            typeof(NvmlValueType),
            "0 DoublePrecision, 1 UnsignedInt, 2 UnsignedLong, 3 UnsignedLongLong, 4 SignedLongLong, 5 SignedInt, 6 UnsignedShort"
        },
        {
            typeof(NvmlGpuRecoveryAction),
            "0 None, 1 GpuReset, 2 NodeReboot, 3 DrainP2P, 4 DrainAndReset, 5 RecoverImexDomain"
        },
        {
            typeof(NvmlEventTypes),
            "0 None, 1 SingleBitEccError, 2 DoubleBitEccError, 4 PState, 8 XidCriticalError, 16 Clock, 128 PowerSourceChange, "
            + "256 MigConfigChange, 512 SingleBitEccErrorStorm, 1024 DramRetirementEvent, 2048 DramRetirementFailure, "
            + "4096 NonFatalPoisonError, 8192 FatalPoisonError, 16384 GpuUnavailableError, 32768 GpuRecoveryAction, 65439 All"
        },
        {
            typeof(NvmlClocksEventReasons),
            "0 None, 1 GpuIdle, 2 ApplicationsClocksSetting, 4 SwPowerCap, 8 HwSlowdown, 16 SyncBoost, 32 SwThermalSlowdown, "
            + "64 HwThermalSlowdown, 128 HwPowerBrakeSlowdown, 256 DisplayClockSetting"
        },
        { typeof(NvmlInitOptions), "0 None, 1 NoGpus, 2 NoAttach, 4 ForceInit" },
        { typeof(NvmlUUIDType), "0 None, 1 Ascii, 2 Binary" },
        { typeof(NvmlInforomObject), "0 Oem, 1 Ecc, 2 Power, 3 Den" },
        { typeof(NvmlGpuVirtualizationMode), "0 None, 1 Passthrough, 2 Vgpu, 3 HostVgpu, 4 HostVsga" },
        { typeof(NvmlDeviceAddressingModeType), "0 None, 1 Hmm, 2 Ats" },
        {
            typeof(NvmlThermalTarget),
            "0 None, 1 Gpu, 2 Memory, 4 PowerSupply, 8 Board, 9 VcdBoard, 10 VcdInlet, 11 VcdOutlet, 15 All, -1 Unknown"
        },
        { typeof(NvmlPowerSource), "0 AC, 1 Battery, 2 Undersized" },
        { typeof(NvmlClockId), "0 Current, 1 AppClockTarget, 2 AppClockDefault, 3 CustomerBoostMax" },
        {
            typeof(NvmlSamplingType),
            "0 TotalPower, 1 GpuUtilization, 2 MemoryUtilization, 3 EncUtilization, 4 DecUtilization, 5 ProcessorClk, "
            + "6 MemoryClk, 7 ModulePower, 8 JpgUtilization, 9 OfaUtilization"
        },
        { typeof(NvmlPcieUtilCounter), "0 TxBytes, 1 RxBytes" },
        { typeof(NvmlPcieLinkMaxSpeed), "0 Invalid, 1 MTs2500, 2 MTs5000, 3 MTs8000, 4 MTs16000, 5 MTs32000, 6 MTs64000" },
        { typeof(NvmlPcieAtomics), "0 None, 1 FetchAdd32, 2 FetchAdd64, 4 Swap32, 8 Swap64, 16 Cas32, 32 Cas64, 64 Cas128" },
        { typeof(NvmlNvLinkCapability), "0 P2PSupported, 1 SysmemAccess, 2 P2PAtomics, 3 SysmemAtomics, 4 SliBridge, 5 Valid" },
        { typeof(NvmlNvlinkFirmwareUcodeType), "0 None, 1 Mse, 2 NetIr, 3 NetIrUphy, 4 NetIrCln, 5 NetIrDln" },
        { typeof(NvmlGpuTopologyLevel), "0 Internal, 10 SingleSwitch, 20 MultipleSwitches, 30 HostBridge, 40 Node, 50 System" },
        { typeof(NvmlGpuP2PCapsIndex), "0 Read, 1 Write, 2 NvLink, 3 Atomics, 4 Pci, 5 Unknown" },
        {
            typeof(NvmlGpuP2PStatus),
            "0 Ok, 1 ChipsetNotSupported, 2 GpuNotSupported, 3 IohTopologyNotSupported, 4 DisabledByRegkey, 5 NotSupported, "
            + "6 Unknown"
        },
        { typeof(NvmlAffinityScope), "0 Node, 1 Socket" },
        { typeof(NvmlProcessMode), "0 Compute, 1 Graphics, 2 Mps, 3 All" },
        { typeof(NvmlSystemEventTypes), "0 None, 1 GpuDriverUnbind, 2 GpuDriverBind" },
        {
            typeof(NvmlGpuInstanceProfile),
            "0 Slice1, 1 Slice2, 2 Slice3, 3 Slice4, 4 Slice7, 5 Slice8, 6 Slice6, 7 Slice1Rev1, 8 Slice2Rev1, 9 Slice1Rev2, "
            + "10 Slice1Gfx, 11 Slice2Gfx, 12 Slice4Gfx, 13 Slice1NoME, 14 Slice2NoME, 15 Slice1AllME, 16 Slice2AllME, "
            + "17 Slice3Gfx"
        },
        {
            typeof(NvmlComputeInstanceProfile),
            "0 Slice1, 1 Slice2, 2 Slice3, 3 Slice4, 4 Slice7, 5 Slice8, 6 Slice6, 7 Slice1Rev1, 8 Slice7Nvl"
        },
        { typeof(NvmlComputeInstanceEngineProfile), "0 Shared" },
        { typeof(NvmlConfComputeEnvironment), "0 Unavailable, 1 Sim, 2 Prod" },
        { typeof(NvmlConfComputeCpuCaps), "0 None, 1 AmdSev, 2 IntelTdx, 3 AmdSevSnp, 4 AmdSnpVtom" },
        { typeof(NvmlConfComputeMultiGpuMode), "0 None, 1 ProtectedPcie, 2 Nvle" },
        {
            typeof(NvmlPRMCounterId),
            "0 None, 1 PpcntPhysicalLayerCtrsLinkDownEvents, 2 PpcntPhysicalLayerCtrsSuccessfulRecoveryEvents, "
            + "101 PpcntRecoveryCtrsTotalSuccessfulRecoveryEvents, 102 PpcntRecoveryCtrsTimeSinceLastRecovery, "
            + "103 PpcntRecoveryCtrsTimeBetweenLastTwoRecoveries, 201 PpcntPortcountersPortXmitWait, 301 PpcntPlrRcvCodes, "
            + "302 PpcntPlrRcvCodeErr, 303 PpcntPlrRcvUncorrectableCode, 304 PpcntPlrXmitCodes, 305 PpcntPlrXmitRetryCodes, "
            + "306 PpcntPlrXmitRetryEvents, 307 PpcntPlrSyncEvents, 1001 PprmOperRecovery"
        },
        {
            typeof(NvmlGpmMetricId),
            "0 None, 1 GraphicsUtil, 2 SMUtil, 3 SMOccupancy, 4 IntegerUtil, 5 AnyTensorUtil, 6 DfmaTensorUtil, "
            + "7 HmmaTensorUtil, 8 DmmaTensorUtil, 9 ImmaTensorUtil, 10 DramBwUtil, 11 Fp64Util, 12 Fp32Util, 13 Fp16Util, "
            + "20 PcieTxPerSec, 21 PcieRxPerSec, 30 NvDec0Util, 40 NvJpg0Util, 50 NvOfa0Util, 51 NvOfa1Util, "
            + "60 NvLinkTotalRxPerSec, 61 NvLinkTotalTxPerSec, 62 NvLinkL0RxPerSec, 63 NvLinkL0TxPerSec, 100 C2CTotalTxPerSec, "
            + "101 C2CTotalRxPerSec, 102 C2CDataTxPerSec, 103 C2CDataRxPerSec, 104 C2CLink0TotalTxPerSec, 160 HostMemCacheHit, "
            + "161 HostMemCacheMiss, 162 PeerMemCacheHit, 163 PeerMemCacheMiss, 164 DramCacheHit, 165 DramCacheMiss, "
            + "166 NvEnc0Util, 170 Gr0CtxswCyclesElapsed, 212 NvLinkL18RxPerSec, 213 NvLinkL18TxPerSec, 248 SMCyclesElapsed, "
            + "249 SMCyclesActive, 250 MmaCyclesActive, 251 DmmaCyclesActive, 252 HmmaCyclesActive, 253 ImmaCyclesActive, "
            + "254 DfmaCyclesActive, 255 PcieTx, 256 PcieRx, 257 IntegerCyclesActive, 258 Fp64CyclesActive, "
            + "259 Fp32CyclesActive, 260 Fp16CyclesActive, 261 NvLinkL0Rx, 262 NvLinkL0Tx"
        },
        {
            typeof(NvmlGpuFabricConfiguration),
            "0 NotSupported, 1 None, 2 IncorrectSysGuid, 3 IncorrectChassisSN, 4 NoPartition, 5 InsufficientNvLinks, "
            + "6 IncompatibleGpuFirmware, 7 InvalidLocation, 8 GpuStateInvalid"
        },
        {
            typeof(NvmlPowerSmoothingField),
            "0 Enabled, 1 PrivLvl, 2 ImmRampDownEnabled, 3 AppliedTmpCeil, 4 AppliedTmpFloor, 5 MaxPercentTmpFloorSetting, "
            + "6 MinPercentTmpFloorSetting, 7 HwCircuitryPercentLifetimeRemaining, 8 MaxNumPresetProfiles, 9 ProfilePercentTmpFloor, "
            + "10 ProfileRampUpRate, 11 ProfileRampDownRate, 12 ProfileRampDownHystVal, 13 ActivePresetProfile, "
            + "14 AdminOverridePercentTmpFloor, 15 AdminOverrideRampUpRate, 16 AdminOverrideRampDownRate, "
            + "17 AdminOverrideRampDownHystVal"
        },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void An_enum_has_the_headers_numbers(Type type, string members) =>
        Assert.Equal(
            members,
            string.Join(", ", Enum.GetValuesAsUnderlyingType(type).Cast<object>()
                .Select(value => $"{value} {Enum.GetName(type, value)}")));

    [Fact]
    public void No_enum_is_left_out() =>
        Assert.Equal(
            typeof(NvmlLibrary).Assembly.GetExportedTypes()
                .Where(type => type.IsEnum && type.Namespace == typeof(NvmlLibrary).Namespace)
                .Select(type => type.Name).Order(),
            Enums.Select(row => ((Type)row[0]).Name).Order());

    // C's `unsigned long long` masks are 64 bits; every other enum is an int (or one byte of a struct, see NvmlLayoutTests).
    [Fact]
    public void Masks_are_64_bits_wide()
    {
        Assert.Equal(typeof(ulong), Enum.GetUnderlyingType(typeof(NvmlEventTypes)));
        Assert.Equal(typeof(ulong), Enum.GetUnderlyingType(typeof(NvmlClocksEventReasons)));
        Assert.Equal(4, sizeof(NvmlReturn));
        Assert.Equal(4, sizeof(NvmlDeviceArchitecture));
    }
}
