/* Scale-up fabric and chip-to-chip link. */
#include "call.h"

#include <stdio.h>
#include <string.h>

#define STATE_COMPLETED 3u

static nvmlReturn_t begin(struct call *call, int function, nvmlDevice_t device, bool arguments_good)
{
    nvmlReturn_t result = call_device(call, function, device, NEED_READING, arguments_good);
    if (result != NVML_SUCCESS) return result;
    return call->node->profile.fabric_state > 0 ? NVML_SUCCESS : call_end(call, NVML_ERROR_NOT_SUPPORTED);
}

static void fill_cluster(const struct call *call, uint8_t out[16])
{
    unsigned byte;
    memset(out, 0, 16);
    const char *digits = call->node->profile.fabric_cluster;
    for (int i = 0; i < 16 && sscanf(digits + 2 * i, "%2x", &byte) == 1 && digits[2 * i + 1] != '\0'; i++) {
        out[i] = (uint8_t)byte;
        if (digits[2 * i + 2] == '\0') break;
    }
}

/* The youngest layout holds all that the older ones do. */
static nvmlGpuFabricInfo_v3_t read_fabric(const struct call *call)
{
    nvmlGpuFabricInfo_v3_t info = {.status = (nvmlReturn_t)gauge_now(call, SIGNAL_FABRIC_STATUS),
                                   .cliqueId = (unsigned)whole(gauge_now(call, SIGNAL_FABRIC_CLIQUE)),
                                   .state = (nvmlEnum)whole(gauge_now(call, SIGNAL_FABRIC_STATE))};
    fill_cluster(call, info.clusterUuid);
    if (info.state == STATE_COMPLETED) { /* nothing is known about the health of what is not registered */
        info.healthMask = (unsigned)whole(gauge_now(call, SIGNAL_FABRIC_HEALTH));
        info.healthSummary = (uint8_t)whole(gauge_now(call, SIGNAL_FABRIC_SUMMARY));
    }
    return info;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuFabricInfo(nvmlDevice_t device, nvmlGpuFabricInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = begin(&call, FN_nvmlDeviceGetGpuFabricInfo, device, info != NULL);
    if (result != NVML_SUCCESS) return result;
    nvmlGpuFabricInfo_v3_t now = read_fabric(&call);
    *info = (nvmlGpuFabricInfo_t){.status = now.status, .cliqueId = now.cliqueId, .state = now.state};
    memcpy(info->clusterUuid, now.clusterUuid, sizeof info->clusterUuid);
    return call_end(&call, NVML_SUCCESS);
}

/* The version tag says which layout the caller has; the third came with driver 580.65. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuFabricInfoV(nvmlDevice_t device, nvmlGpuFabricInfo_v3_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetGpuFabricInfoV, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    bool third = info->version == NVML_STRUCT_VERSION(nvmlGpuFabricInfo_v3_t, 3) && nvml_driver()->release >= RELEASE(580, 65);
    if (!third && info->version != NVML_STRUCT_VERSION(nvmlGpuFabricInfo_v2_t, 2))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.fabric_state <= 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    nvmlGpuFabricInfo_v3_t now = read_fabric(&call);
    now.version = info->version;
    memcpy(info, &now, third ? sizeof now : sizeof(nvmlGpuFabricInfo_v2_t)); /* the second is the beginning of the third */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetC2cModeInfoV(nvmlDevice_t device, nvmlC2cModeInfo_v1_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetC2cModeInfoV, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.c2c_links <= 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* only with a Grace CPU */
    info->isC2cEnabled = 1;
    return call_end(&call, NVML_SUCCESS);
}
