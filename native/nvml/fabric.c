/* Scale-up fabric and chip-to-chip link. An HGX H100 node is a fabric of its own. */
#include "call.h"

#include <string.h>

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuFabricInfo(nvmlDevice_t device, nvmlGpuFabricInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetGpuFabricInfo, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    *info = (nvmlGpuFabricInfo_t){.state = 3}; /* registration completed; no cluster on a single node */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuFabricInfoV(nvmlDevice_t device, nvmlGpuFabricInfo_v2_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetGpuFabricInfoV, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    if (info->version != NVML_STRUCT_VERSION(nvmlGpuFabricInfo_v2_t, 2))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    *info = (nvmlGpuFabricInfo_v2_t){.version = info->version, .state = 3, .healthMask = 2}; /* bandwidth not degraded */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetC2cModeInfoV(nvmlDevice_t device, nvmlC2cModeInfo_v1_t *info)
{
    return not_supported(FN_nvmlDeviceGetC2cModeInfoV, device, info != NULL); /* only with a Grace CPU */
}
