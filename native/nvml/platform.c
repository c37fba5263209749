/* Where a card sits in a rack, and what else newer drivers tell about it. */
#include "call.h"

#include "../sim/noise.h"

#include <stdio.h>
#include <string.h>

enum { NOISE_PLATFORM = 0x706C6174, NOISE_PDI = 0x00706469, NOISE_BLACK_BOX = 0x00626278 };

#define CAPABILITY_EXTENDED_MEMORY 0x1u /* EGM: memory of the CPU within the GPU's reach */
#define ADDRESSING_ATS 2u               /* address translation by the CPU, over C2C */

/* Of the 16 bytes of either GUID a Blackwell fills the first and leaves the rest 0. */
#define IB_GUID_BYTES 8
#define RACK_GUID_BYTES 13

static void fill_bytes(uint8_t *out, int count, const struct sim_node *node, int gpu)
{
    for (int i = 0; i < count; i++) out[i] = (uint8_t)(noise_hash(node->seed, NOISE_PLATFORM, (uint64_t)gpu, i / 8) >> i % 8 * 8);
}

/* The second version renamed the members of the first and put the chassis' serial number where the rack's GUID stood. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetPlatformInfo(nvmlDevice_t device, nvmlPlatformInfo_v2_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPlatformInfo, device, NEED_IDENTITY, info != NULL);
    if (result != NVML_SUCCESS) return result;
    bool first = info->version == NVML_STRUCT_VERSION(nvmlPlatformInfo_v1_t, 1);
    if (!first && info->version != NVML_STRUCT_VERSION(nvmlPlatformInfo_v2_t, 2))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    const struct profile *p = &call.node->profile;
    if (p->chassis_serial[0] == '\0') return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *info = (nvmlPlatformInfo_v2_t){.version = info->version, .slotNumber = (uint8_t)p->platform_slot,
                                    .trayIndex = (uint8_t)p->platform_tray, .hostId = 1,
                                    .peerType = (uint8_t)p->platform_peer, .moduleId = (uint8_t)p->gpus[call.gpu].module};
    fill_bytes(info->ibGuid, IB_GUID_BYTES, call.node, call.gpu);
    if (first) fill_bytes(info->chassisSerialNumber, RACK_GUID_BYTES, call.node, SIM_MAX_GPUS); /* one rack for all cards */
    else memcpy(info->chassisSerialNumber, p->chassis_serial, strnlen(p->chassis_serial, sizeof info->chassisSerialNumber));
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPdi(nvmlDevice_t device, nvmlPdi_v1_t *pdi)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPdi, device, NEED_IDENTITY, pdi != NULL);
    if (result != NVML_SUCCESS) return result;
    if (pdi->version != NVML_STRUCT_VERSION(nvmlPdi_v1_t, 1)) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    pdi->value = noise_hash(call.node->seed, NOISE_PDI, (uint64_t)call.gpu, 0);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCapabilities(nvmlDevice_t device, nvmlDeviceCapabilities_v1_t *capabilities)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetCapabilities, device, NEED_IDENTITY, capabilities != NULL);
    if (result != NVML_SUCCESS) return result;
    if (capabilities->version != NVML_STRUCT_VERSION(nvmlDeviceCapabilities_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    capabilities->capMask = call.node->profile.c2c_links > 0 ? CAPABILITY_EXTENDED_MEMORY : 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAddressingMode(nvmlDevice_t device, nvmlDeviceAddressingMode_v1_t *mode)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetAddressingMode, device, NEED_IDENTITY, mode != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mode->version != NVML_STRUCT_VERSION(nvmlDeviceAddressingMode_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    mode->value = call.node->profile.c2c_links > 0 ? ADDRESSING_ATS : 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHostname_v1(nvmlDevice_t device, nvmlHostname_v1_t *hostname)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetHostname_v1, device, NEED_IDENTITY, hostname != NULL);
    if (result != NVML_SUCCESS) return result;
    *hostname = (nvmlHostname_v1_t){{0}};
    snprintf(hostname->value, sizeof hostname->value, "simnode-%.50s", call.node->profile.name);
    return call_end(&call, NVML_SUCCESS);
}

/* The black box is a part of the infoROM: it has counted since the card was made. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetBBXTimeData_v1(nvmlDevice_t device, nvmlBBXTimeData_v1_t *data)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetBBXTimeData_v1, device, NEED_READING, data != NULL);
    if (result != NVML_SUCCESS) return result;
    double before = 31536000 * noise_unit(call.node->seed, NOISE_BLACK_BOX, (uint64_t)call.gpu, 0); /* up to a year; own choice */
    data->timeRun = (unsigned)(before + (double)call.now / 1e9);
    return call_end(&call, NVML_SUCCESS);
}

/* Where the card's memory is a NUMA node of its own: behind a Grace CPU. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetNumaNodeId(nvmlDevice_t device, unsigned *numa)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetNumaNodeId, device, NEED_IDENTITY, numa != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct profile *p = &call.node->profile;
    if (p->numa_first <= 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *numa = (unsigned)(p->numa_first + p->numa_step * call.gpu);
    return call_end(&call, NVML_SUCCESS);
}
