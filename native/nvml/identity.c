/* Who a device is. All of it is answered by a GPU that needs a reset, too. */
#include "call.h"

#include <stdio.h>
#include <string.h>

#define ARCHITECTURE_HOPPER 9
#define BRAND_TESLA 2 /* of every data-centre card before driver 470 */
#define BLACK_BOX_PERIOD (600 * SIM_SECOND) /* between two writes into the infoROM; own choice */

/* A text that depends on the device must be made under the lock, so these do not use read_text. */
#define TEXT_GETTER(name, parameter, expression)                                                          \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, char *parameter, unsigned length)                  \
    {                                                                                                     \
        struct call call;                                                                                 \
        nvmlReturn_t result = call_device(&call, FN_##name, device, NEED_IDENTITY, parameter && length > 0); \
        if (result != NVML_SUCCESS) return result;                                                        \
        char text[96];                                                                                    \
        expression;                                                                                       \
        return call_end(&call, copy_text(text, parameter, length));                                       \
    }

TEXT_GETTER(nvmlDeviceGetSerial, serial, gpu_serial(call.node, call.gpu, text))
TEXT_GETTER(nvmlDeviceGetBoardPartNumber, number, snprintf(text, sizeof text, "%s", call.node->profile.part_number))
TEXT_GETTER(nvmlDeviceGetVbiosVersion, version, snprintf(text, sizeof text, "%s", call.node->profile.vbios))
TEXT_GETTER(nvmlDeviceGetInforomImageVersion, version, snprintf(text, sizeof text, "%s", call.node->profile.inforom_image))

#define NUMBER_GETTER(name, type, out, expression)                                               \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, type *out)                                \
    {                                                                                            \
        struct call call;                                                                        \
        nvmlReturn_t result = call_device(&call, FN_##name, device, NEED_IDENTITY, out != NULL); \
        if (result != NVML_SUCCESS) return result;                                               \
        *out = (type)(expression);                                                               \
        return call_end(&call, NVML_SUCCESS);                                                    \
    }

NUMBER_GETTER(nvmlDeviceGetMinorNumber, unsigned, number, call.gpu)
NUMBER_GETTER(nvmlDeviceGetModuleId, unsigned, id, call.node->profile.gpus[call.gpu].module)
NUMBER_GETTER(nvmlDeviceGetBoardId, unsigned, id, gpu_board_id(call.node, call.gpu))
NUMBER_GETTER(nvmlDeviceGetMultiGpuBoard, unsigned, multi, 0)
NUMBER_GETTER(nvmlDeviceGetBrand, nvmlEnum, brand, nvml_driver()->number < 470 ? BRAND_TESLA : call.node->profile.brand_code)
NUMBER_GETTER(nvmlDeviceGetArchitecture, nvmlEnum, architecture, call.node->profile.architecture)
NUMBER_GETTER(nvmlDeviceGetMemoryBusWidth, unsigned, width, call.node->profile.bus_width)
NUMBER_GETTER(nvmlDeviceGetIrqNum, unsigned, irq, 200 + call.gpu) /* as in /proc/driver/nvidia/gpus */
NUMBER_GETTER(nvmlDeviceGetPersistenceMode, nvmlEnum, mode, 1)    /* as servers run it, by nvidia-persistenced */
NUMBER_GETTER(nvmlDeviceGetComputeMode, nvmlEnum, mode, 0)
NUMBER_GETTER(nvmlDeviceGetVirtualizationMode, nvmlEnum, mode, 0)
NUMBER_GETTER(nvmlDeviceGetDisplayMode, nvmlEnum, display, 0)
NUMBER_GETTER(nvmlDeviceGetDisplayActive, nvmlEnum, active, 0)
NUMBER_GETTER(nvmlDeviceGetInforomConfigurationChecksum, unsigned, checksum, 0x5F0E57A1u) /* the same for cards that are configured alike, nvml.h */

/* Name, UUID and index are those of the MIG device where the handle is that of one. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetName(nvmlDevice_t device, char *name, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetName, device, NEED_IDENTITY, name != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    char text[160], part[48];
    const char *product = product_name(&call.node->profile, nvml_driver()->number);
    snprintf(text, sizeof text, "%s", product);
    if (call.part != NULL) {
        mig_part_name(call.node, mig_of(&call), call.part, part, sizeof part);
        snprintf(text, sizeof text, "%s MIG %s", product, part);
    }
    return call_end(&call, copy_text(text, name, length));
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetUUID(nvmlDevice_t device, char *uuid, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetUUID, device, NEED_IDENTITY, uuid != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    char text[96];
    if (call.part != NULL) part_uuid(&call, call.part, text, sizeof text);
    else gpu_uuid(call.node, call.gpu, text);
    return call_end(&call, copy_text(text, uuid, length));
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetIndex(nvmlDevice_t device, unsigned *index)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetIndex, device, NEED_IDENTITY, index != NULL);
    if (result != NVML_SUCCESS) return result;
    *index = call.part != NULL ? call.part->index : 0;
    for (int gpu = 0; call.part == NULL && gpu < call.gpu; gpu++)
        if (!gpu_is_excluded(call.node, gpu)) ++*index;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNumGpuCores(nvmlDevice_t device, unsigned *cores)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetNumGpuCores, device, NEED_IDENTITY, cores != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mig_of(&call)->enabled) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nvml.h */
    *cores = (unsigned)call.node->profile.cores;
    return call_end(&call, NVML_SUCCESS);
}

static unsigned pci_id(double id)
{
    return (unsigned)id;
}

void fill_pci(const struct call *call, nvmlPciInfo_t *pci)
{
    const struct profile *p = &call->node->profile;
    const struct gpu_place *place = &p->gpus[call->gpu];
    *pci = (nvmlPciInfo_t){.domain = place->domain, .bus = place->bus, .device = place->device,
                           .pciDeviceId = pci_id(p->pci_device_id), .pciSubSystemId = pci_id(p->pci_subsystem_id)};
    snprintf(pci->busIdLegacy, sizeof pci->busIdLegacy, "%04X:%02X:%02X.0", place->domain & 0xFFFFu, place->bus & 0xFFu,
             place->device & 0x1Fu);
    snprintf(pci->busId, sizeof pci->busId, "%08X:%02X:%02X.0", place->domain, place->bus, place->device);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPciInfo_v3(nvmlDevice_t device, nvmlPciInfo_t *pci)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPciInfo_v3, device, NEED_IDENTITY, pci != NULL);
    if (result != NVML_SUCCESS) return result;
    fill_pci(&call, pci);
    return call_end(&call, NVML_SUCCESS);
}

static nvmlReturn_t pci_info_old(int function, nvmlDevice_t device, nvmlPciInfo_v2_t *pci)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_IDENTITY, pci != NULL);
    if (result != NVML_SUCCESS) return result;
    nvmlPciInfo_t now;
    fill_pci(&call, &now);
    *pci = (nvmlPciInfo_v2_t){.domain = now.domain, .bus = now.bus, .device = now.device,
                              .pciDeviceId = now.pciDeviceId, .pciSubSystemId = now.pciSubSystemId};
    memcpy(pci->busId, now.busIdLegacy, sizeof pci->busId);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPciInfo(nvmlDevice_t device, nvmlPciInfo_v2_t *pci)
{
    return pci_info_old(FN_nvmlDeviceGetPciInfo, device, pci);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPciInfo_v2(nvmlDevice_t device, nvmlPciInfo_v2_t *pci)
{
    return pci_info_old(FN_nvmlDeviceGetPciInfo_v2, device, pci);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPciInfoExt(nvmlDevice_t device, nvmlPciInfoExt_v1_t *pci)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPciInfoExt, device, NEED_IDENTITY, pci != NULL);
    if (result != NVML_SUCCESS) return result;
    if (pci->version != NVML_STRUCT_VERSION(nvmlPciInfoExt_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    nvmlPciInfo_t now;
    fill_pci(&call, &now);
    pci->domain = now.domain;
    pci->bus = now.bus;
    pci->device = now.device;
    pci->pciDeviceId = now.pciDeviceId;
    pci->pciSubSystemId = now.pciSubSystemId;
    pci->baseClass = 0x03; /* display controller, 3D */
    pci->subClass = 0x02;
    memcpy(pci->busId, now.busId, sizeof pci->busId);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int *major, int *minor)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetCudaComputeCapability, device, NEED_IDENTITY, major != NULL && minor != NULL);
    if (result != NVML_SUCCESS) return result;
    *major = (int)call.node->profile.cuda_major;
    *minor = (int)call.node->profile.cuda_minor;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetInforomVersion(nvmlDevice_t device, nvmlEnum object, char *version, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetInforomVersion, device, NEED_IDENTITY,
                                      version != NULL && length > 0 && object <= 3);
    if (result != NVML_SUCCESS) return result;
    const struct profile *p = &call.node->profile;
    const char *const versions[] = {p->inforom_oem, p->inforom_ecc, p->inforom_power, "N/A"}; /* OEM ECC POWER DEN */
    if (strcmp(versions[object], "N/A") == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    return call_end(&call, copy_text(versions[object], version, length));
}

NVML_EXPORT nvmlReturn_t nvmlDeviceValidateInforom(nvmlDevice_t device)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceValidateInforom, device, NEED_READING, true);
    if (result != NVML_SUCCESS) return result;
    return call_end(&call, gauge_now(&call, SIGNAL_INFOROM_VALID) > 0 ? NVML_SUCCESS : NVML_ERROR_CORRUPTED_INFOROM);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGspFirmwareVersion(nvmlDevice_t device, char *version)
{
    /* No length argument: the caller's buffer holds 64 bytes, nvml.h. */
    return read_text(FN_nvmlDeviceGetGspFirmwareVersion, device, nvml_driver()->version, version, 64);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGspFirmwareMode(nvmlDevice_t device, unsigned *enabled, unsigned *by_default)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetGspFirmwareMode, device, NEED_IDENTITY, enabled != NULL && by_default != NULL);
    if (result != NVML_SUCCESS) return result;
    *enabled = *by_default = 1; /* data-centre cards from Turing on run their resource manager on the GSP, since driver 510 */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetLastBBXFlushTime(nvmlDevice_t device, uint64_t *timestamp, unsigned long *duration)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetLastBBXFlushTime, device, NEED_READING,
                                      timestamp != NULL && duration != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.architecture < ARCHITECTURE_HOPPER) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    int64_t flushed = call.now / BLACK_BOX_PERIOD * BLACK_BOX_PERIOD;
    if (flushed <= call.node->driver.loaded_since) return call_end(&call, NVML_ERROR_NOT_READY); /* not since the driver came */
    *timestamp = (uint64_t)((call.node->clock.epoch_unix_ns + flushed) / 1000);
    *duration = 15000; /* us; own choice */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceQueryDrainState(nvmlPciInfo_t *pci, nvmlEnum *state)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlDeviceQueryDrainState, pci != NULL && state != NULL);
    if (result != NVML_SUCCESS) return result;
    *state = 0; /* also of a place where there is no card; own choice */
    for (call.gpu = 0; call.gpu < (int)call.node->profile.gpu_count; call.gpu++) {
        const struct gpu_place *place = &call.node->profile.gpus[call.gpu];
        if (place->domain != pci->domain || place->bus != pci->bus || place->device != pci->device) continue;
        *state = gauge_now(&call, SIGNAL_DRAINING) > 0;
        return call_end(&call, NVML_SUCCESS);
    }
    return call_end(&call, NVML_SUCCESS);
}
