/* Functions on MIG instances, GPM samples and per-process sums, for cards that have none of them. */
#include "call.h"

/* No handle of an instance or sample can be had, so any that is given is wrong. */
#define WANTS_HANDLE(name, code)                                                  \
    NVML_EXPORT nvmlReturn_t name(void)                                           \
    {                                                                             \
        struct call call;                                                         \
        nvmlReturn_t result = call_system(&call, FN_##name, true);                \
        return result == NVML_SUCCESS ? call_end(&call, code) : result;           \
    }

#define WANTS_DEVICE(name)                                                        \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device)                            \
    {                                                                             \
        return not_supported(FN_##name, device, true);                            \
    }

WANTS_HANDLE(nvmlGpuInstanceGetInfo, NVML_ERROR_INVALID_ARGUMENT)
WANTS_HANDLE(nvmlGpuInstanceGetComputeInstances, NVML_ERROR_INVALID_ARGUMENT)
WANTS_HANDLE(nvmlGpuInstanceGetComputeInstanceById, NVML_ERROR_INVALID_ARGUMENT)
WANTS_HANDLE(nvmlGpuInstanceGetComputeInstanceProfileInfoV, NVML_ERROR_INVALID_ARGUMENT)
WANTS_HANDLE(nvmlComputeInstanceGetInfo_v2, NVML_ERROR_INVALID_ARGUMENT)
WANTS_HANDLE(nvmlGpmSampleAlloc, NVML_ERROR_NOT_SUPPORTED)
WANTS_HANDLE(nvmlGpmSampleFree, NVML_ERROR_NOT_SUPPORTED)
WANTS_HANDLE(nvmlGpmMetricsGet, NVML_ERROR_NOT_SUPPORTED)
WANTS_DEVICE(nvmlDeviceGetGpuInstanceProfileInfoV)
WANTS_DEVICE(nvmlDeviceGetProcessesUtilizationInfo)
WANTS_DEVICE(nvmlGpmSampleGet)
WANTS_DEVICE(nvmlGpmMigSampleGet)
WANTS_DEVICE(nvmlGpmQueryIfStreamingEnabled)
