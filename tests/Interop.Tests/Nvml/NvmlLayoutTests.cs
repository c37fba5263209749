using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>
/// Sizes and offsets as literals, read from nvml.h 13.3 for LP64. They are not computed from anything of ours: two sides made from
/// one source agree on the same mistake.
/// </summary>
public sealed class NvmlLayoutTests
{
    public static TheoryData<Type, int, string> Structs => new()
    {
        { typeof(NvmlPciInfo), 68, "0 BusIdLegacy, 16 Domain, 20 Bus, 24 Device, 28 PciDeviceId, 32 PciSubSystemId, 36 BusId" },
        { typeof(NvmlUtilization), 8, "0 Gpu, 4 Memory" },
        { typeof(NvmlMemory), 24, "0 Total, 8 Free, 16 Used" },
        { typeof(NvmlMemoryV2), 40, "0 Version, 8 Total, 16 Reserved, 24 Free, 32 Used" },
        { typeof(NvmlBAR1Memory), 24, "0 Bar1Total, 8 Bar1Free, 16 Bar1Used" },
        { typeof(NvmlTemperature), 12, "0 Version, 4 SensorType, 8 Temperature" },
        { typeof(NvmlViolationTime), 16, "0 ReferenceTime, 8 ViolationTime" },
        {
            typeof(NvmlEccSramErrorStatus), 104,
            "0 Version, 8 AggregateUncParity, 16 AggregateUncSecDed, 24 AggregateCor, 32 VolatileUncParity, 40 VolatileUncSecDed, "
            + "48 VolatileCor, 56 AggregateUncBucketL2, 64 AggregateUncBucketSm, 72 AggregateUncBucketPcie, 80 AggregateUncBucketMcu, "
            + "88 AggregateUncBucketOther, 96 ThresholdExceeded"
        },
        { typeof(NvmlRowRemapperHistogramValues), 20, "0 Max, 4 High, 8 Partial, 12 Low, 16 None" },
        { typeof(NvmlFieldValue), 40, "0 FieldId, 4 ScopeId, 8 Timestamp, 16 LatencyUsec, 24 ValueType, 28 Result, 32 Value" },
        { typeof(NvmlValue), 8, "0 DVal, 0 SiVal, 0 UiVal, 0 UlVal, 0 UllVal, 0 SllVal, 0 UsVal" },
        { typeof(NvmlEventData), 32, "0 Device, 8 EventType, 16 EventData, 24 GpuInstanceId, 28 ComputeInstanceId" },
        { typeof(NvmlGpuFabricInfoV2), 36, "0 Version, 4 ClusterUuid, 20 Status, 24 CliqueId, 28 State, 32 HealthMask" },
        { typeof(NvmlGpuFabricInfoV3), 40, "0 Version, 4 ClusterUuid, 20 Status, 24 CliqueId, 28 State, 32 HealthMask, 36 HealthSummary" },
        {
            typeof(NvmlAccountingStats), 56,
            "0 GpuUtilization, 4 MemoryUtilization, 8 MaxMemoryUsage, 16 Time, 24 StartTime, 32 IsRunning, 36 Reserved"
        },
        { typeof(NvmlBBXTimeData), 4, "0 TimeRun" },
        { typeof(NvmlC2CModeInfo), 4, "0 IsC2CEnabled" },
        { typeof(NvmlCPERCursor), 96, "0 CperTypeMask, 4 Uuid, 88 Handle" },
        { typeof(NvmlClkMonFaultInfo), 8, "0 ClkApiDomain, 4 ClkDomainFaultMask" },
        { typeof(NvmlClkMonStatus), 264, "0 GlobalStatus, 4 ClkMonListSize, 8 ClkMonList" },
        { typeof(NvmlComputeInstanceInfo), 32, "0 Device, 8 GpuInstance, 16 Id, 20 ProfileId, 24 Placement" },
        { typeof(NvmlComputeInstancePlacement), 8, "0 Start, 4 Size" },
        {
            typeof(NvmlComputeInstanceProfileInfoV2), 136,
            "0 Version, 4 Id, 8 SliceCount, 12 InstanceCount, 16 MultiprocessorCount, 20 SharedCopyEngineCount, "
            + "24 SharedDecoderCount, 28 SharedEncoderCount, 32 SharedJpegCount, 36 SharedOfaCount, 40 Name"
        },
        {
            typeof(NvmlComputeInstanceProfileInfoV3), 140,
            "0 Version, 4 Id, 8 SliceCount, 12 InstanceCount, 16 MultiprocessorCount, 20 SharedCopyEngineCount, "
            + "24 SharedDecoderCount, 28 SharedEncoderCount, 32 SharedJpegCount, 36 SharedOfaCount, 40 Name, 136 Capabilities"
        },
        { typeof(NvmlConfComputeMemSizeInfo), 16, "0 ProtectedMemSizeKib, 8 UnprotectedMemSizeKib" },
        { typeof(NvmlConfComputeSystemCaps), 8, "0 CpuCaps, 4 GpusCaps" },
        { typeof(NvmlConfComputeSystemState), 12, "0 Environment, 4 CcFeature, 8 DevToolsMode" },
        { typeof(NvmlDeviceAddressingMode), 8, "0 Version, 4 Value" },
        {
            typeof(NvmlDeviceAttributes), 40,
            "0 MultiprocessorCount, 4 SharedCopyEngineCount, 8 SharedDecoderCount, 12 SharedEncoderCount, "
            + "16 SharedJpegCount, 20 SharedOfaCount, 24 GpuInstanceSliceCount, 28 ComputeInstanceSliceCount, 32 MemorySizeMB"
        },
        { typeof(NvmlDeviceCapabilities), 8, "0 Version, 4 CapMask" },
        { typeof(NvmlDramEncryptionInfo), 8, "0 Version, 4 EncryptionState" },
        { typeof(NvmlEccErrorCounts), 32, "0 L1Cache, 8 L2Cache, 16 DeviceMemory, 24 RegisterFile" },
        { typeof(NvmlEccSramUniqueUncorrectedErrorCounts), 16, "0 Version, 4 EntryCount, 8 Entries" },
        {
            typeof(NvmlEccSramUniqueUncorrectedErrorEntry), 28,
            "0 Unit, 4 Location, 8 Sublocation, 12 Extlocation, 16 Address, 20 IsParity, 24 Count"
        },
        { typeof(NvmlExcludedDeviceInfo), 148, "0 PciInfo, 68 Uuid" },
        { typeof(NvmlFanSpeedInfo), 12, "0 Version, 4 Fan, 8 Speed" },
        { typeof(NvmlGetCPER), 112, "0 Cursor, 96 Buffer, 104 BufferSize" },
        { typeof(NvmlGpmMetric), 40, "0 MetricId, 4 Result, 8 Value, 16 MetricInfo" },
        { typeof(NvmlGpmMetricInfo), 24, "0 ShortName, 8 LongName, 16 Unit" },
        { typeof(NvmlGpmMetricsGet), 13344, "0 Version, 4 NumMetrics, 8 Sample1, 16 Sample2, 24 Metrics" },
        { typeof(NvmlGpmSupport), 8, "0 Version, 4 IsSupportedDevice" },
        { typeof(NvmlGpuDynamicPstatesInfo), 132, "0 Flags, 4 Utilization" },
        { typeof(NvmlGpuDynamicPstatesInfoUtilization), 16, "0 IsPresent, 4 Percentage, 8 IncThreshold, 12 DecThreshold" },
        { typeof(NvmlGpuFabricInfo), 28, "0 ClusterUuid, 16 Status, 20 CliqueId, 24 State" },
        { typeof(NvmlGpuInstanceInfo), 24, "0 Device, 8 Id, 12 ProfileId, 16 Placement" },
        { typeof(NvmlGpuInstancePlacement), 8, "0 Start, 4 Size" },
        {
            typeof(NvmlGpuInstanceProfileInfoV2), 152,
            "0 Version, 4 Id, 8 IsP2PSupported, 12 SliceCount, 16 InstanceCount, 20 MultiprocessorCount, "
            + "24 CopyEngineCount, 28 DecoderCount, 32 EncoderCount, 36 JpegCount, 40 OfaCount, 48 MemorySizeMB, 56 Name"
        },
        {
            typeof(NvmlGpuInstanceProfileInfoV3), 152,
            "0 Version, 4 Id, 8 SliceCount, 12 InstanceCount, 16 MultiprocessorCount, 20 CopyEngineCount, 24 DecoderCount, "
            + "28 EncoderCount, 32 JpegCount, 36 OfaCount, 40 MemorySizeMB, 48 Name, 144 Capabilities"
        },
        { typeof(NvmlGpuThermalSettings), 64, "0 Count, 4 Sensor" },
        { typeof(NvmlGpuThermalSettingsSensor), 20, "0 Controller, 4 DefaultMinTemp, 8 DefaultMaxTemp, 12 CurrentTemp, 16 Target" },
        { typeof(NvmlHostname), 64, "0 Value" },
        { typeof(NvmlMarginTemperature), 8, "0 Version, 4 MarginTemperature" },
        { typeof(NvmlNvLinkInfoV1), 8, "0 Version, 4 IsNvleEnabled" },
        { typeof(NvmlNvLinkInfoV2), 1612, "0 Version, 4 IsNvleEnabled, 8 FirmwareInfo" },
        { typeof(NvmlNvlinkFirmwareInfo), 1604, "0 FirmwareVersion, 1600 NumValidEntries" },
        { typeof(NvmlNvlinkFirmwareVersion), 16, "0 UcodeType, 4 Major, 8 Minor, 12 SubMinor" },
        { typeof(NvmlNvlinkGetBwMode), 12, "0 Version, 4 IsBest, 8 BwMode" },
        { typeof(NvmlPRMCounter), 24, "0 CounterId, 4 LocalPort, 8 CounterValue" },
        { typeof(NvmlPRMCounterList), 16, "0 NumCounters, 8 Counters" },
        { typeof(NvmlPRMCounterValue), 16, "0 Status, 4 OutputType, 8 OutputValue" },
        { typeof(NvmlPRMTLV), 504, "0 DataSize, 4 Status, 8 InData, 8 OutData" },
        {
            typeof(NvmlPciInfoExt), 64,
            "0 Version, 4 Domain, 8 Bus, 12 Device, 16 PciDeviceId, 20 PciSubSystemId, 24 BaseClass, 28 SubClass, 32 BusId"
        },
        { typeof(NvmlPdi), 16, "0 Version, 8 Value" },
        {
            typeof(NvmlPlatformInfoV1), 44,
            "0 Version, 4 IbGuid, 20 RackGuid, 36 ChassisPhysicalSlotNumber, 37 ComputeSlotIndex, 38 NodeIndex, "
            + "39 PeerType, 40 ModuleId"
        },
        {
            typeof(NvmlPlatformInfoV2), 44,
            "0 Version, 4 IbGuid, 20 ChassisSerialNumber, 36 SlotNumber, 37 TrayIndex, 38 HostId, 39 PeerType, 40 ModuleId"
        },
        { typeof(NvmlProcessDetail), 32, "0 Pid, 8 UsedGpuMemory, 16 GpuInstanceId, 20 ComputeInstanceId, 24 UsedGpuCcProtectedMemory" },
        { typeof(NvmlProcessDetailList), 24, "0 Version, 4 Mode, 8 NumProcArrayEntries, 16 ProcArray" },
        { typeof(NvmlProcessInfo), 24, "0 Pid, 8 UsedGpuMemory, 16 GpuInstanceId, 20 ComputeInstanceId" },
        { typeof(NvmlProcessInfoV1), 16, "0 Pid, 8 UsedGpuMemory" },
        {
            typeof(NvmlProcessUtilizationInfo), 40,
            "0 TimeStamp, 8 Pid, 12 SmUtil, 16 MemUtil, 20 EncUtil, 24 DecUtil, 28 JpgUtil, 32 OfaUtil"
        },
        { typeof(NvmlProcessUtilizationSample), 32, "0 Pid, 8 TimeStamp, 16 SmUtil, 20 MemUtil, 24 EncUtil, 28 DecUtil" },
        { typeof(NvmlProcessesUtilizationInfo), 24, "0 Version, 4 ProcessSamplesCount, 8 LastSeenTimeStamp, 16 ProcUtilArray" },
        {
            typeof(NvmlRemappedRowsInfoV2), 24,
            "0 CorrActiveRemaps, 4 CorrInactiveRemaps, 8 UncActiveRemaps, 12 UncInactiveRemaps, 16 Pending, "
            + "20 FailureOccurred"
        },
        { typeof(NvmlRepairStatus), 12, "0 Version, 4 ChannelRepairPending, 8 TpcRepairPending" },
        { typeof(NvmlSample), 16, "0 TimeStamp, 8 SampleValue" },
        { typeof(NvmlSystemConfComputeSettings), 20, "0 Version, 4 Environment, 8 CcFeature, 12 DevToolsMode, 16 MultiGpuMode" },
        { typeof(NvmlSystemDriverBranchInfo), 84, "0 Version, 4 Branch" },
        { typeof(NvmlSystemEventData), 16, "0 EventType, 8 GpuId" },
        { typeof(NvmlSystemEventSetCreateRequest), 16, "0 Version, 8 Set" },
        { typeof(NvmlSystemEventSetFreeRequest), 16, "0 Version, 8 Set" },
        { typeof(NvmlSystemEventSetWaitRequest), 32, "0 Version, 4 TimeoutMs, 8 Set, 16 Data, 24 DataSize, 28 NumEvent" },
        { typeof(NvmlSystemRegisterEventRequest), 24, "0 Version, 8 EventTypes, 16 Set" },
        { typeof(NvmlUUID), 52, "0 Version, 4 Type, 8 Value" },
        { typeof(NvmlUnrepairableMemoryStatus), 4, "0 UnrepairableMemory" },
        {
            typeof(NvmlWorkloadPowerProfileCurrentProfiles), 100,
            "0 Version, 4 PerfProfilesMask, 36 RequestedProfilesMask, 68 EnforcedProfilesMask"
        },
    };

    [Theory]
    [MemberData(nameof(Structs))]
    public void A_struct_lies_as_in_the_header(Type type, int size, string fields)
    {
        Assert.Equal(size, Marshal.SizeOf(type));
        Assert.Equal(size, SizeOf(type));
        Assert.Equal(
            fields,
            string.Join(", ", FieldsOf(type).Select(field => $"{Marshal.OffsetOf(type, field.Name)} {field.Name}")));
    }

    [Fact]
    public void No_struct_is_left_out()
    {
        IEnumerable<Type> filledByTheLibrary = typeof(NvmlLibrary).Assembly.GetExportedTypes().Where(type =>
            type is { IsValueType: true, IsEnum: false } && type.Namespace == typeof(NvmlLibrary).Namespace
            && type.GetCustomAttribute<InlineArrayAttribute>() is null && FieldsOf(type).Length > 0);

        Assert.Equal(
            filledByTheLibrary.Select(type => type.Name).Order(),
            Structs.Select(row => ((Type)row[0]).Name).Order());
    }

    [Fact]
    public void Handles_are_pointers()
    {
        Assert.Equal(8, SizeOf(typeof(NvmlDevice)));
        Assert.Equal(8, SizeOf(typeof(NvmlEventSet)));
        Assert.Equal(8, SizeOf(typeof(NvmlSystemEventSet)));
        Assert.Equal(8, SizeOf(typeof(NvmlGpuInstance)));
        Assert.Equal(8, SizeOf(typeof(NvmlComputeInstance)));
        Assert.Equal(8, SizeOf(typeof(NvmlGpmSample)));
    }

    [Fact]
    public void Buffers_end_at_the_first_NUL()
    {
        var buffer = default(AsciiBuffer16);
        Assert.True(buffer.Text.IsEmpty);

        "0000:18:00.0"u8.CopyTo(buffer);
        Assert.Equal("0000:18:00.0"u8, buffer.Text);

        "sixteen letters!"u8.CopyTo(buffer);
        Assert.Equal("sixteen letters!"u8, buffer.Text);

        Assert.Equal(16, SizeOf(typeof(AsciiBuffer16)));
        Assert.Equal(32, SizeOf(typeof(AsciiBuffer32)));
        Assert.Equal(41, SizeOf(typeof(AsciiBuffer41)));
        Assert.Equal(64, SizeOf(typeof(AsciiBuffer64)));
        Assert.Equal(80, SizeOf(typeof(AsciiBuffer80)));
        Assert.Equal(96, SizeOf(typeof(AsciiBuffer96)));
        Assert.Equal(16, SizeOf(typeof(UuidBytes)));
    }

    private static FieldInfo[] FieldsOf(Type type) => type.GetFields(BindingFlags.Public | BindingFlags.Instance);

    internal static int SizeOf(Type type) =>
        (int)typeof(Unsafe).GetMethod(nameof(Unsafe.SizeOf))!.MakeGenericMethod(type).Invoke(null, null)!;
}
