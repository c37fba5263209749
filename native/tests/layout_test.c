/* Sizes and offsets as literals, read from nvml.h 13.3 by hand: a header that both sides share would agree with itself. */
#include "check.h"

#include <stdio.h>
#include <string.h>

static const char *const expected[] = {
    "nvmlPciInfo_t 68", "nvmlPciInfo_t.domain 16 4", "nvmlPciInfo_t.pciDeviceId 28 4", "nvmlPciInfo_t.busId 36 32",
    "nvmlPciInfoExt_v1_t 64", "nvmlPciInfoExt_v1_t.baseClass 24 4", "nvmlPciInfoExt_v1_t.busId 32 32",
    "nvmlExcludedDeviceInfo_t 148", "nvmlExcludedDeviceInfo_t.uuid 68 80", "nvmlUtilization_t 8", "nvmlMemory_t 24",
    "nvmlMemory_t.free 8 8", "nvmlMemory_t.used 16 8", "nvmlMemory_v2_t 40", "nvmlMemory_v2_t.total 8 8",
    "nvmlMemory_v2_t.reserved 16 8", "nvmlMemory_v2_t.free 24 8", "nvmlMemory_v2_t.used 32 8", "nvmlBAR1Memory_t 24",
    "nvmlBAR1Memory_t.bar1Free 8 8", "nvmlGpuThermalSettings_t 64", "nvmlGpuThermalSettings_t.sensor 4 60",
    "nvmlGpuThermalSettingsSensor_t 20", "nvmlGpuThermalSettingsSensor_t.currentTemp 12 4", "nvmlViolationTime_t 16",
    "nvmlViolationTime_t.violationTime 8 8", "nvmlClkMonStatus_t 264", "nvmlClkMonStatus_t.clkMonList 8 256",
    "nvmlGpuDynamicPstatesInfo_t 132", "nvmlGpuDynamicPstatesInfoUtilization_t 16", "nvmlEccErrorCounts_t 32",
    "nvmlEccErrorCounts_t.deviceMemory 16 8", "nvmlEccSramErrorStatus_v1_t 104",
    "nvmlEccSramErrorStatus_v1_t.aggregateUncParity 8 8", "nvmlEccSramErrorStatus_v1_t.volatileCor 48 8",
    "nvmlEccSramErrorStatus_v1_t.aggregateUncBucketL2 56 8", "nvmlEccSramErrorStatus_v1_t.aggregateUncBucketOther 88 8",
    "nvmlEccSramErrorStatus_v1_t.bThresholdExceeded 96 4", "nvmlRowRemapperHistogramValues_t 20", "nvmlFieldValue_t 40",
    "nvmlFieldValue_t.scopeId 4 4", "nvmlFieldValue_t.timestamp 8 8", "nvmlFieldValue_t.latencyUsec 16 8",
    "nvmlFieldValue_t.valueType 24 4", "nvmlFieldValue_t.nvmlReturn 28 4", "nvmlFieldValue_t.value 32 8", "nvmlValue_t 8",
    "nvmlSample_t 16", "nvmlEventData_t 32", "nvmlEventData_t.eventType 8 8", "nvmlEventData_t.eventData 16 8",
    "nvmlEventData_t.gpuInstanceId 24 4", "nvmlEventData_t.computeInstanceId 28 4", "nvmlEventData_v1_t 24",
    "nvmlProcessInfo_v1_t 16", "nvmlProcessInfo_v1_t.usedGpuMemory 8 8", "nvmlProcessInfo_t 24",
    "nvmlProcessInfo_t.gpuInstanceId 16 4", "nvmlProcessInfo_t.computeInstanceId 20 4", "nvmlProcessDetailList_v1_t 24",
    "nvmlProcessDetailList_v1_t.procArray 16 8", "nvmlProcessDetail_v1_t 32",
    "nvmlProcessDetail_v1_t.usedGpuCcProtectedMemory 24 8", "nvmlProcessUtilizationSample_t 32",
    "nvmlProcessUtilizationSample_t.timeStamp 8 8", "nvmlProcessUtilizationSample_t.decUtil 28 4", "nvmlAccountingStats_t 56",
    "nvmlAccountingStats_t.startTime 24 8", "nvmlAccountingStats_t.isRunning 32 4", "nvmlC2cModeInfo_v1_t 4",
    "nvmlGpuFabricInfo_t 28", "nvmlGpuFabricInfo_t.status 16 4", "nvmlGpuFabricInfo_v2_t 36",
    "nvmlGpuFabricInfo_v2_t.clusterUuid 4 16", "nvmlGpuFabricInfo_v2_t.healthMask 32 4", "nvmlDeviceAttributes_t 40",
    "nvmlDeviceAttributes_t.memorySizeMB 32 8", "nvmlGpmSupport_t 8", "nvmlConfComputeSystemState_t 12",
    "nvmlConfComputeSystemCaps_t 8", "nvmlSystemConfComputeSettings_v1_t 20"};

static void layouts_are_those_of_the_header(void)
{
    library_open(NULL, "r550");
    const char *(*layout)(void) = (const char *(*)(void))library_symbol("forewarn_sim_layout");
    const char *manifest = layout();
    for (size_t i = 0; i < sizeof expected / sizeof *expected; i++) {
        char line[128];
        snprintf(line, sizeof line, "%s\n", expected[i]);
        const char *found = strstr(manifest, line);
        check_that(found != NULL && (found == manifest || found[-1] == '\n'), __FILE__, __LINE__, expected[i], "is not in the manifest");
    }
}

void layout_tests(void)
{
    test_case("layouts are those of the header", layouts_are_those_of_the_header);
}
