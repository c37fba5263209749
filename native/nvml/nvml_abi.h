/* The binary layouts of NVML that the simulated library speaks: our own declarations of the facts in nvml.h 13.3
 * (x86_64 and aarch64, LP64, natural alignment). tests/layout_test.c holds every size and offset as a literal. */
#ifndef FOREWARN_NVML_ABI_H
#define FOREWARN_NVML_ABI_H

#include <stdint.h>

#define NVML_EXPORT __attribute__((visibility("default")))

typedef int nvmlReturn_t;
enum {
    NVML_SUCCESS = 0,
    NVML_ERROR_UNINITIALIZED = 1,
    NVML_ERROR_INVALID_ARGUMENT = 2,
    NVML_ERROR_NOT_SUPPORTED = 3,
    NVML_ERROR_NO_PERMISSION = 4,
    NVML_ERROR_NOT_FOUND = 6,
    NVML_ERROR_INSUFFICIENT_SIZE = 7,
    NVML_ERROR_DRIVER_NOT_LOADED = 9,
    NVML_ERROR_TIMEOUT = 10,
    NVML_ERROR_CORRUPTED_INFOROM = 14,
    NVML_ERROR_GPU_IS_LOST = 15,
    NVML_ERROR_RESET_REQUIRED = 16,
    NVML_ERROR_LIB_RM_VERSION_MISMATCH = 18,
    NVML_ERROR_ARGUMENT_VERSION_MISMATCH = 25,
    NVML_ERROR_UNKNOWN = 999,
};

#define NVML_STRUCT_VERSION(type, version) ((unsigned)(sizeof(type) | (unsigned)(version) << 24))

typedef struct nvml_device *nvmlDevice_t;
typedef struct nvml_event_set *nvmlEventSet_t;
typedef struct nvml_system_event_set *nvmlSystemEventSet_t;
typedef unsigned int nvmlEnum;

typedef struct {
    char busIdLegacy[16];
    unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
    char busId[32];
} nvmlPciInfo_t;

typedef struct { /* as written by the unsuffixed and _v2 symbols */
    char busId[16];
    unsigned domain, bus, device, pciDeviceId, pciSubSystemId;
    unsigned reserved[4];
} nvmlPciInfo_v2_t;

typedef struct {
    unsigned version, domain, bus, device, pciDeviceId, pciSubSystemId, baseClass, subClass;
    char busId[32];
} nvmlPciInfoExt_v1_t;

typedef struct {
    nvmlPciInfo_t pciInfo;
    char uuid[80];
} nvmlExcludedDeviceInfo_t;

typedef union { char str[41]; unsigned char bytes[16]; } nvmlUUIDValue_t;
typedef struct { unsigned version, type; nvmlUUIDValue_t value; } nvmlUUID_v1_t;
typedef struct { unsigned version; char branch[80]; } nvmlSystemDriverBranchInfo_v1_t;
typedef struct {
    unsigned version;
    uint8_t ibGuid[16], rackGuid[16], chassisPhysicalSlotNumber, computeSlotIndex, nodeIndex, peerType, moduleId;
} nvmlPlatformInfo_v1_t;
typedef struct {
    unsigned version;
    uint8_t ibGuid[16], chassisSerialNumber[16], slotNumber, trayIndex, hostId, peerType, moduleId;
} nvmlPlatformInfo_v2_t;
typedef struct { unsigned version; uint64_t value; } nvmlPdi_v1_t;
typedef struct { unsigned version, capMask; } nvmlDeviceCapabilities_v1_t;
typedef struct { unsigned version, value; } nvmlDeviceAddressingMode_v1_t;
typedef struct { char value[64]; } nvmlHostname_v1_t;
typedef struct { unsigned timeRun; } nvmlBBXTimeData_v1_t;
typedef struct { unsigned cperTypeMask; char uuid[80]; uint64_t handle; } nvmlCPERCursor_v1_t;
typedef struct { nvmlCPERCursor_v1_t cursor; uint8_t *buffer; unsigned bufferSize; } nvmlGetCPER_v1_t;

typedef struct { unsigned gpu, memory; } nvmlUtilization_t;
typedef struct { uint64_t total, free, used; } nvmlMemory_t;
typedef struct { unsigned version; uint64_t total, reserved, free, used; } nvmlMemory_v2_t;
typedef struct { uint64_t bar1Total, bar1Free, bar1Used; } nvmlBAR1Memory_t;
typedef struct { unsigned version; nvmlEnum encryptionState; } nvmlDramEncryptionInfo_v1_t;

typedef struct { unsigned version; nvmlEnum sensorType; int temperature; } nvmlTemperature_v1_t;
typedef struct { unsigned version; int marginTemperature; } nvmlMarginTemperature_v1_t;
typedef struct { unsigned version, fan, speed; } nvmlFanSpeedInfo_v1_t;

typedef struct {
    nvmlEnum controller;
    int defaultMinTemp, defaultMaxTemp, currentTemp;
    nvmlEnum target;
} nvmlGpuThermalSettingsSensor_t;
typedef struct { unsigned count; nvmlGpuThermalSettingsSensor_t sensor[3]; } nvmlGpuThermalSettings_t;

typedef struct { uint64_t referenceTime, violationTime; } nvmlViolationTime_t;
typedef struct { unsigned clkApiDomain, clkDomainFaultMask; } nvmlClkMonFaultInfo_t;
typedef struct {
    unsigned bGlobalStatus, clkMonListSize;
    nvmlClkMonFaultInfo_t clkMonList[32];
} nvmlClkMonStatus_t;
typedef struct { unsigned bIsPresent, percentage, incThreshold, decThreshold; } nvmlGpuDynamicPstatesInfoUtilization_t;
typedef struct {
    unsigned flags;
    nvmlGpuDynamicPstatesInfoUtilization_t utilization[8];
} nvmlGpuDynamicPstatesInfo_t;

typedef struct { uint64_t l1Cache, l2Cache, deviceMemory, registerFile; } nvmlEccErrorCounts_t;
typedef struct {
    unsigned version;
    uint64_t aggregateUncParity, aggregateUncSecDed, aggregateCor, volatileUncParity, volatileUncSecDed, volatileCor;
    uint64_t aggregateUncBucketL2, aggregateUncBucketSm, aggregateUncBucketPcie, aggregateUncBucketMcu,
        aggregateUncBucketOther;
    unsigned bThresholdExceeded;
} nvmlEccSramErrorStatus_v1_t;
typedef struct {
    unsigned unit, location, sublocation, extlocation, address, isParity, count;
} nvmlEccSramUniqueUncorrectedErrorEntry_v1_t;
typedef struct {
    unsigned version, entryCount;
    nvmlEccSramUniqueUncorrectedErrorEntry_v1_t *entries;
} nvmlEccSramUniqueUncorrectedErrorCounts_v1_t;
typedef struct { unsigned max, high, partial, low, none; } nvmlRowRemapperHistogramValues_t;
typedef struct {
    unsigned corrActiveRemaps, corrInactiveRemaps, uncActiveRemaps, uncInactiveRemaps, bPending, bFailureOccurred;
} nvmlRemappedRowsInfo_v2_t;
typedef struct { unsigned version, bChannelRepairPending, bTpcRepairPending; } nvmlRepairStatus_v1_t;
typedef struct { unsigned bUnrepairableMemory; } nvmlUnrepairableMemoryStatus_v1_t;

typedef union {
    double dVal;
    int siVal;
    unsigned uiVal;
    unsigned long ulVal;
    unsigned long long ullVal;
    long long sllVal;
    unsigned short usVal;
} nvmlValue_t;
typedef struct {
    unsigned fieldId, scopeId;
    int64_t timestamp, latencyUsec;
    nvmlEnum valueType;
    nvmlReturn_t nvmlReturn;
    nvmlValue_t value;
} nvmlFieldValue_t;
enum { NVML_VALUE_TYPE_DOUBLE, NVML_VALUE_TYPE_UNSIGNED_INT, NVML_VALUE_TYPE_UNSIGNED_LONG,
       NVML_VALUE_TYPE_UNSIGNED_LONG_LONG, NVML_VALUE_TYPE_SIGNED_LONG_LONG, NVML_VALUE_TYPE_SIGNED_INT };

typedef struct { uint64_t timeStamp; nvmlValue_t sampleValue; } nvmlSample_t;

typedef struct {
    nvmlDevice_t device;
    uint64_t eventType, eventData;
    unsigned gpuInstanceId, computeInstanceId;
} nvmlEventData_t;
typedef struct { nvmlDevice_t device; uint64_t eventType, eventData; } nvmlEventData_v1_t;

typedef struct { unsigned version; nvmlSystemEventSet_t set; } nvmlSystemEventSetCreateRequest_v1_t;
typedef struct { unsigned version; nvmlSystemEventSet_t set; } nvmlSystemEventSetFreeRequest_v1_t;
typedef struct { unsigned version; uint64_t eventTypes; nvmlSystemEventSet_t set; } nvmlSystemRegisterEventRequest_v1_t;
typedef struct { uint64_t eventType; unsigned gpuId; } nvmlSystemEventData_v1_t;
typedef struct {
    unsigned version, timeoutms;
    nvmlSystemEventSet_t set;
    nvmlSystemEventData_v1_t *data;
    unsigned dataSize, numEvent;
} nvmlSystemEventSetWaitRequest_v1_t;

typedef struct { unsigned pid; uint64_t usedGpuMemory; } nvmlProcessInfo_v1_t;
typedef struct { unsigned pid; uint64_t usedGpuMemory; unsigned gpuInstanceId, computeInstanceId; } nvmlProcessInfo_t;
typedef struct {
    unsigned pid;
    uint64_t usedGpuMemory;
    unsigned gpuInstanceId, computeInstanceId;
    uint64_t usedGpuCcProtectedMemory;
} nvmlProcessDetail_v1_t;
typedef struct { unsigned version, mode, numProcArrayEntries; nvmlProcessDetail_v1_t *procArray; } nvmlProcessDetailList_v1_t;
typedef struct { unsigned pid; uint64_t timeStamp; unsigned smUtil, memUtil, encUtil, decUtil; } nvmlProcessUtilizationSample_t;
typedef struct {
    uint64_t timeStamp;
    unsigned pid, smUtil, memUtil, encUtil, decUtil, jpgUtil, ofaUtil;
} nvmlProcessUtilizationInfo_v1_t;
typedef struct {
    unsigned version, processSamplesCount;
    uint64_t lastSeenTimeStamp;
    nvmlProcessUtilizationInfo_v1_t *procUtilArray;
} nvmlProcessesUtilizationInfo_v1_t;
typedef struct {
    unsigned gpuUtilization, memoryUtilization;
    uint64_t maxMemoryUsage, time, startTime;
    unsigned isRunning, reserved[5];
} nvmlAccountingStats_t;

typedef struct { uint8_t ucodeType; unsigned major, minor, subMinor; } nvmlNvlinkFirmwareVersion_t;
typedef struct { nvmlNvlinkFirmwareVersion_t firmwareVersion[100]; unsigned numValidEntries; } nvmlNvlinkFirmwareInfo_t;
typedef struct { unsigned version, isNvleEnabled; } nvmlNvLinkInfo_v1_t;
typedef struct { unsigned version, isNvleEnabled; nvmlNvlinkFirmwareInfo_t firmwareInfo; } nvmlNvLinkInfo_v2_t;
typedef struct { unsigned version, bIsBest; uint8_t bwMode; } nvmlNvlinkGetBwMode_v1_t;

typedef struct { unsigned localPort; } nvmlPRMCounterInput_v1_t;
typedef struct { nvmlReturn_t status; nvmlEnum outputType; nvmlValue_t outputValue; } nvmlPRMCounterValue_v1_t;
typedef struct { unsigned counterId; nvmlPRMCounterInput_v1_t inData; nvmlPRMCounterValue_v1_t counterValue; } nvmlPRMCounter_v1_t;
typedef struct { unsigned numCounters; nvmlPRMCounter_v1_t *counters; } nvmlPRMCounterList_v1_t;
typedef struct { unsigned dataSize, status; union { uint8_t inData[496], outData[496]; }; } nvmlPRMTLV_v1_t;

typedef struct { unsigned isC2cEnabled; } nvmlC2cModeInfo_v1_t;
typedef struct { uint8_t clusterUuid[16]; nvmlReturn_t status; unsigned cliqueId; nvmlEnum state; } nvmlGpuFabricInfo_t;
typedef struct {
    unsigned version;
    uint8_t clusterUuid[16];
    nvmlReturn_t status;
    unsigned cliqueId;
    nvmlEnum state;
    unsigned healthMask;
} nvmlGpuFabricInfo_v2_t;
typedef struct {
    unsigned version;
    uint8_t clusterUuid[16];
    nvmlReturn_t status;
    unsigned cliqueId;
    nvmlEnum state;
    unsigned healthMask;
    uint8_t healthSummary;
} nvmlGpuFabricInfo_v3_t;

typedef struct {
    unsigned multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount, sharedJpegCount,
        sharedOfaCount, gpuInstanceSliceCount, computeInstanceSliceCount;
    uint64_t memorySizeMB;
} nvmlDeviceAttributes_t;

typedef struct nvml_device *nvmlGpuInstance_t;
typedef struct nvml_device *nvmlComputeInstance_t;
typedef struct { unsigned start, size; } nvmlGpuInstancePlacement_t;
typedef nvmlGpuInstancePlacement_t nvmlComputeInstancePlacement_t;
typedef struct { nvmlDevice_t device; unsigned id, profileId; nvmlGpuInstancePlacement_t placement; } nvmlGpuInstanceInfo_t;
typedef struct { nvmlDevice_t device; nvmlGpuInstance_t gpuInstance; unsigned id, profileId; } nvmlComputeInstanceInfo_v1_t;
typedef struct {
    nvmlDevice_t device;
    nvmlGpuInstance_t gpuInstance;
    unsigned id, profileId;
    nvmlComputeInstancePlacement_t placement;
} nvmlComputeInstanceInfo_t;
typedef struct {
    unsigned id, isP2pSupported, sliceCount, instanceCount, multiprocessorCount, copyEngineCount, decoderCount, encoderCount,
        jpegCount, ofaCount;
    uint64_t memorySizeMB;
} nvmlGpuInstanceProfileInfo_v1_t;
typedef struct {
    unsigned version, id, isP2pSupported, sliceCount, instanceCount, multiprocessorCount, copyEngineCount, decoderCount,
        encoderCount, jpegCount, ofaCount;
    uint64_t memorySizeMB;
    char name[96];
} nvmlGpuInstanceProfileInfo_v2_t;
typedef struct {
    unsigned version, id, sliceCount, instanceCount, multiprocessorCount, copyEngineCount, decoderCount, encoderCount, jpegCount,
        ofaCount;
    uint64_t memorySizeMB;
    char name[96];
    unsigned capabilities;
} nvmlGpuInstanceProfileInfo_v3_t;
typedef struct {
    unsigned id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount, sharedEncoderCount,
        sharedJpegCount, sharedOfaCount;
} nvmlComputeInstanceProfileInfo_v1_t;
typedef struct {
    unsigned version, id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount,
        sharedEncoderCount, sharedJpegCount, sharedOfaCount;
    char name[96];
} nvmlComputeInstanceProfileInfo_v2_t;
typedef struct {
    unsigned version, id, sliceCount, instanceCount, multiprocessorCount, sharedCopyEngineCount, sharedDecoderCount,
        sharedEncoderCount, sharedJpegCount, sharedOfaCount;
    char name[96];
    unsigned capabilities;
} nvmlComputeInstanceProfileInfo_v3_t;

typedef struct { unsigned version, isSupportedDevice; } nvmlGpmSupport_t;
typedef struct nvml_gpm_sample *nvmlGpmSample_t;
typedef struct { char *shortName, *longName, *unit; } nvmlGpmMetricMetricInfo_t;
typedef struct {
    unsigned metricId;
    nvmlReturn_t nvmlReturn;
    double value;
    nvmlGpmMetricMetricInfo_t metricInfo;
} nvmlGpmMetric_t;
#define NVML_GPM_METRIC_MAX 333 /* of nvml.h 13.2; older ones say 98 or 210. A bound only: numMetrics are read */
typedef struct {
    unsigned version, numMetrics;
    nvmlGpmSample_t sample1, sample2;
    nvmlGpmMetric_t metrics[NVML_GPM_METRIC_MAX];
} nvmlGpmMetricsGet_t;
typedef struct { unsigned environment, ccFeature, devToolsMode; } nvmlConfComputeSystemState_t;
typedef struct { unsigned cpuCaps, gpusCaps; } nvmlConfComputeSystemCaps_t;
typedef struct { uint64_t protectedMemSizeKib, unprotectedMemSizeKib; } nvmlConfComputeMemSizeInfo_t;
typedef struct { unsigned version, environment, ccFeature, devToolsMode, multiGpuMode; } nvmlSystemConfComputeSettings_v1_t;

typedef struct { unsigned mask[8]; } nvmlMask255_t;
typedef struct {
    unsigned version;
    nvmlMask255_t perfProfilesMask, requestedProfilesMask, enforcedProfilesMask;
} nvmlWorkloadPowerProfileCurrentProfiles_v1_t;

#endif
