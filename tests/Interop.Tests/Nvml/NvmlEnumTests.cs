using System.Reflection;
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
            + "4096 NonFatalPoisonError, 8192 FatalPoisonError, 16384 GpuUnavailableError, 32768 GpuRecoveryAction"
        },
        {
            typeof(NvmlClocksEventReasons),
            "0 None, 1 GpuIdle, 2 ApplicationsClocksSetting, 4 SwPowerCap, 8 HwSlowdown, 16 SyncBoost, 32 SwThermalSlowdown, "
            + "64 HwThermalSlowdown, 128 HwPowerBrakeSlowdown, 256 DisplayClockSetting"
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

    [Fact]
    public void Field_ids_are_distinct_and_known_to_the_header()
    {
        uint[] ids = FieldIds();

        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(ids, id => Assert.InRange(id, 1u, 302u)); // NVML_FI_MAX is 303
        Assert.DoesNotContain(ids, id => id is 199 or 200 or (>= 251 and <= 273)); // these moved: NvmlFieldIds
    }

    [Theory]
    [InlineData(NvmlField.EccDbeVolTotal, 4)]
    [InlineData(NvmlField.EccSbeVolDev, 11)]
    [InlineData(NvmlField.EccDbeVolCbu, 17)]
    [InlineData(NvmlField.EccSbeAggL1, 18)]
    [InlineData(NvmlField.EccDbeAggTex, 27)]
    [InlineData(NvmlField.EccDbeAggCbu, 28)]
    [InlineData(NvmlField.NvLinkCrcFlitErrorCountTotal, 38)]
    [InlineData(NvmlField.NvLinkCrcDataErrorCountTotal, 45)]
    [InlineData(NvmlField.NvLinkReplayErrorCountTotal, 52)]
    [InlineData(NvmlField.NvLinkRecoveryErrorCountTotal, 59)]
    [InlineData(NvmlField.PerfPolicyPower, 74)]
    [InlineData(NvmlField.PerfPolicyTotalBaseClocks, 81)]
    [InlineData(NvmlField.MemoryTemp, 82)]
    [InlineData(NvmlField.NvLinkLinkCount, 91)]
    [InlineData(NvmlField.PcieReplayCounter, 94)]
    [InlineData(NvmlField.RemappedFailure, 145)]
    [InlineData(NvmlField.NvLinkErrorDlCrc, 163)]
    [InlineData(NvmlField.PcieCountCorrectableErrors, 173)]
    [InlineData(NvmlField.PcieCountLaneError, 183)]
    [InlineData(NvmlField.PowerInstant, 186)]
    [InlineData(NvmlField.TemperatureGpuMaxTLimit, 196)]
    [InlineData(NvmlField.NvLinkCountRcvErrors, 208)]
    [InlineData(NvmlField.NvLinkCountSymbolBer, 222)]
    [InlineData(NvmlField.GetGpuRecoveryAction, 230)]
    [InlineData(NvmlField.NvLinkCountFecHistory0, 235)]
    [InlineData(NvmlField.RemappedRowsUncInactive, 302)]
    public void A_field_id_is_that_of_the_header(uint id, uint expected) => Assert.Equal(expected, id);

    private static uint[] FieldIds() =>
    [
        .. typeof(NvmlField).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Where(field => field.Name != nameof(NvmlField.AllLinks))
            .Select(field => (uint)field.GetRawConstantValue()!),
    ];
}
