using Forewarn.Interop.Nvml;

namespace Forewarn.Interop.Tests.Nvml;

/// <summary>The tags of versioned structs as literals, read from nvml.h 13.3.</summary>
public sealed class NvmlVersionTests
{
    public static TheoryData<Type, uint, uint> Tags => new()
    {
        { typeof(NvmlComputeInstanceProfileInfoV2), NvmlVersion.Of<NvmlComputeInstanceProfileInfoV2>(2), 0x02000088 },
        { typeof(NvmlComputeInstanceProfileInfoV3), NvmlVersion.Of<NvmlComputeInstanceProfileInfoV3>(3), 0x0300008C },
        { typeof(NvmlDeviceAddressingMode), NvmlVersion.Of<NvmlDeviceAddressingMode>(1), 0x01000008 },
        { typeof(NvmlDeviceCapabilities), NvmlVersion.Of<NvmlDeviceCapabilities>(1), 0x01000008 },
        { typeof(NvmlDramEncryptionInfo), NvmlVersion.Of<NvmlDramEncryptionInfo>(1), 0x01000008 },
        { typeof(NvmlEccSramErrorStatus), NvmlVersion.Of<NvmlEccSramErrorStatus>(1), 0x01000068 },
        { typeof(NvmlEccSramUniqueUncorrectedErrorCounts), NvmlVersion.Of<NvmlEccSramUniqueUncorrectedErrorCounts>(1), 0x01000010 },
        { typeof(NvmlFanSpeedInfo), NvmlVersion.Of<NvmlFanSpeedInfo>(1), 0x0100000C },
        { typeof(NvmlGpuFabricInfoV2), NvmlVersion.Of<NvmlGpuFabricInfoV2>(2), 0x02000024 },
        { typeof(NvmlGpuFabricInfoV3), NvmlVersion.Of<NvmlGpuFabricInfoV3>(3), 0x03000028 },
        { typeof(NvmlGpuInstanceProfileInfoV2), NvmlVersion.Of<NvmlGpuInstanceProfileInfoV2>(2), 0x02000098 },
        { typeof(NvmlGpuInstanceProfileInfoV3), NvmlVersion.Of<NvmlGpuInstanceProfileInfoV3>(3), 0x03000098 },
        { typeof(NvmlMarginTemperature), NvmlVersion.Of<NvmlMarginTemperature>(1), 0x01000008 },
        { typeof(NvmlMemoryV2), NvmlVersion.Of<NvmlMemoryV2>(2), 0x02000028 },
        { typeof(NvmlNvLinkInfoV1), NvmlVersion.Of<NvmlNvLinkInfoV1>(1), 0x01000008 },
        { typeof(NvmlNvLinkInfoV2), NvmlVersion.Of<NvmlNvLinkInfoV2>(2), 0x0200064C },
        { typeof(NvmlNvlinkGetBwMode), NvmlVersion.Of<NvmlNvlinkGetBwMode>(1), 0x0100000C },
        { typeof(NvmlPciInfoExt), NvmlVersion.Of<NvmlPciInfoExt>(1), 0x01000040 },
        { typeof(NvmlPdi), NvmlVersion.Of<NvmlPdi>(1), 0x01000010 },
        { typeof(NvmlPlatformInfoV1), NvmlVersion.Of<NvmlPlatformInfoV1>(1), 0x0100002C },
        { typeof(NvmlPlatformInfoV2), NvmlVersion.Of<NvmlPlatformInfoV2>(2), 0x0200002C },
        { typeof(NvmlProcessDetailList), NvmlVersion.Of<NvmlProcessDetailList>(1), 0x01000018 },
        { typeof(NvmlProcessesUtilizationInfo), NvmlVersion.Of<NvmlProcessesUtilizationInfo>(1), 0x01000018 },
        { typeof(NvmlRepairStatus), NvmlVersion.Of<NvmlRepairStatus>(1), 0x0100000C },
        { typeof(NvmlSystemConfComputeSettings), NvmlVersion.Of<NvmlSystemConfComputeSettings>(1), 0x01000014 },
        { typeof(NvmlSystemDriverBranchInfo), NvmlVersion.Of<NvmlSystemDriverBranchInfo>(1), 0x01000054 },
        { typeof(NvmlSystemEventSetCreateRequest), NvmlVersion.Of<NvmlSystemEventSetCreateRequest>(1), 0x01000010 },
        { typeof(NvmlSystemEventSetFreeRequest), NvmlVersion.Of<NvmlSystemEventSetFreeRequest>(1), 0x01000010 },
        { typeof(NvmlSystemEventSetWaitRequest), NvmlVersion.Of<NvmlSystemEventSetWaitRequest>(1), 0x01000020 },
        { typeof(NvmlSystemRegisterEventRequest), NvmlVersion.Of<NvmlSystemRegisterEventRequest>(1), 0x01000018 },
        { typeof(NvmlTemperature), NvmlVersion.Of<NvmlTemperature>(1), 0x0100000C },
        { typeof(NvmlUUID), NvmlVersion.Of<NvmlUUID>(1), 0x01000034 },
        { typeof(NvmlWorkloadPowerProfileCurrentProfiles), NvmlVersion.Of<NvmlWorkloadPowerProfileCurrentProfiles>(1), 0x01000064 },
    };

    [Theory]
    [MemberData(nameof(Tags))]
    public void A_version_tag_is_that_of_the_header(Type type, uint computed, uint tag) =>
        Assert.Equal((type.Name, tag), (type.Name, computed));

    // NVML_GPM_METRICS_GET_VERSION and NVML_GPM_SUPPORT_VERSION are plain numbers.
    [Fact]
    public void Every_other_struct_with_a_version_is_tagged() =>
        Assert.Equal(
            ["NvmlGpmMetricsGet", "NvmlGpmSupport"],
            NvmlLayoutTests.Structs.Select(row => (Type)row[0])
                .Where(type => type.GetField("Version") is not null)
                .Except(Tags.Select(row => (Type)row[0]))
                .Select(type => type.Name).Order());
}
