/* NVLink. On an HGX board every link of a GPU ends at an NVSwitch. */
#include "call.h"

#include <stdio.h>

#define NVLINK_3 4            /* NVML_NVLINK_VERSION_3_0 */
#define NVLINK_5 7            /* NVML_NVLINK_VERSION_5_0 */
#define ARCHITECTURE_BLACKWELL 10
#define BANDWIDTH_MODE_FULL 0 /* every link at its best, nvml.h */

static nvmlReturn_t begin_link(struct call *call, int function, nvmlDevice_t device, unsigned link, bool arguments_good)
{
    nvmlReturn_t result = call_device(call, function, device, NEED_READING, arguments_good);
    if (result != NVML_SUCCESS) return result;
    if (call->node->profile.link_count == 0) return call_end(call, NVML_ERROR_NOT_SUPPORTED);
    if (link >= call->node->profile.link_count) return call_end(call, NVML_ERROR_INVALID_ARGUMENT);
    return NVML_SUCCESS;
}

static bool link_up(const struct call *call, unsigned link)
{
    return gauge_now(call, signal_of_link((int)link, LINK_STATE)) > 0;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkState(nvmlDevice_t device, unsigned link, nvmlEnum *active)
{
    struct call call;
    nvmlReturn_t result = begin_link(&call, FN_nvmlDeviceGetNvLinkState, device, link, active != NULL);
    if (result != NVML_SUCCESS) return result;
    *active = link_up(&call, link);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkVersion(nvmlDevice_t device, unsigned link, unsigned *version)
{
    struct call call;
    nvmlReturn_t result = begin_link(&call, FN_nvmlDeviceGetNvLinkVersion, device, link, version != NULL);
    if (result != NVML_SUCCESS) return result;
    *version = (unsigned)call.node->profile.link_version;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkCapability(nvmlDevice_t device, unsigned link, nvmlEnum capability, unsigned *value)
{
    struct call call;
    nvmlReturn_t result =
        begin_link(&call, FN_nvmlDeviceGetNvLinkCapability, device, link, value != NULL && capability <= 5);
    if (result != NVML_SUCCESS) return result;
    /* P2P, system memory, atomics to both and "valid"; no SLI bridge. */
    *value = capability != 4 && link_up(&call, link);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkErrorCounter(nvmlDevice_t device, unsigned link, nvmlEnum counter, uint64_t *value)
{
    static const enum link_field fields[] = {LINK_REPLAY, LINK_RECOVERY, LINK_CRC, LINK_CRC_DATA, LINK_ECC};
    struct call call;
    nvmlReturn_t result =
        begin_link(&call, FN_nvmlDeviceGetNvLinkErrorCounter, device, link, value != NULL && counter <= 4);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.link_version >= NVLINK_5) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* counts otherwise */
    *value = whole(counter_now(&call, signal_of_link((int)link, fields[counter])));
    return call_end(&call, NVML_SUCCESS);
}

/* The NVSwitches of the baseboard, as addresses that no GPU of the profile has: six of the second generation with A100, four
 * of the third with Hopper. How NVLink 5 names its switches is not known to us; they get two more of the third. */
static void fill_switch(nvmlPciInfo_t *pci, const struct profile *p, unsigned link)
{
    bool ampere = p->link_version <= NVLINK_3, fifth = p->link_version >= NVLINK_5;
    unsigned bus = (ampere ? 0xC1 : 0x05) + link % (ampere ? 6 : fifth ? 2 : 4);
    *pci = (nvmlPciInfo_t){.bus = bus, .pciDeviceId = ampere ? 0x1AF110DE : 0x22A310DE}; /* LR10, LS10 */
    snprintf(pci->busIdLegacy, sizeof pci->busIdLegacy, "0000:%02X:00.0", bus & 0xFFu);
    snprintf(pci->busId, sizeof pci->busId, "00000000:%02X:00.0", bus & 0xFFu);
}

static nvmlReturn_t remote_pci(int function, nvmlDevice_t device, unsigned link, nvmlPciInfo_t *pci)
{
    struct call call;
    nvmlReturn_t result = begin_link(&call, function, device, link, pci != NULL);
    /* nvidia-smi topo -m asks for as many links as any card has and gives up at any code but this one. */
    if (result == NVML_ERROR_INVALID_ARGUMENT && pci != NULL && link < SIM_MAX_LINKS && device_index(device) >= 0)
        return NVML_ERROR_NOT_SUPPORTED;
    if (result != NVML_SUCCESS) return result;
    if (!link_up(&call, link)) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    fill_switch(pci, &call.node->profile, link);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkRemotePciInfo_v2(nvmlDevice_t device, unsigned link, nvmlPciInfo_t *pci)
{
    return remote_pci(FN_nvmlDeviceGetNvLinkRemotePciInfo_v2, device, link, pci);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkRemotePciInfo(nvmlDevice_t device, unsigned link, nvmlPciInfo_v2_t *pci)
{
    nvmlPciInfo_t now;
    nvmlReturn_t result =
        remote_pci(FN_nvmlDeviceGetNvLinkRemotePciInfo, device, link, pci != NULL ? &now : NULL);
    if (result != NVML_SUCCESS) return result;
    *pci = (nvmlPciInfo_v2_t){.bus = now.bus, .pciDeviceId = now.pciDeviceId};
    snprintf(pci->busId, sizeof pci->busId, "%.15s", now.busIdLegacy);
    return NVML_SUCCESS;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkRemoteDeviceType(nvmlDevice_t device, unsigned link, nvmlEnum *type)
{
    struct call call;
    nvmlReturn_t result = begin_link(&call, FN_nvmlDeviceGetNvLinkRemoteDeviceType, device, link, type != NULL);
    if (result != NVML_SUCCESS) return result;
    *type = 2; /* switch */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkUtilizationCounter(nvmlDevice_t device, unsigned link, unsigned counter,
                                                               uint64_t *rx, uint64_t *tx)
{
    (void)link, (void)counter; /* gone since Ampere: field values 138 to 141 took its place */
    return not_supported(FN_nvmlDeviceGetNvLinkUtilizationCounter, device, rx != NULL && tx != NULL);
}

/* The microcode of a link of the fifth generation; versions are own choices. Older links name none. */
static void fill_firmware(nvmlNvlinkFirmwareInfo_t *info)
{
    *info = (nvmlNvlinkFirmwareInfo_t){.numValidEntries = 2};
    info->firmwareVersion[0] = (nvmlNvlinkFirmwareVersion_t){.ucodeType = 1, .major = 35, .minor = 2014, .subMinor = 1676}; /* MSE */
    info->firmwareVersion[1] = (nvmlNvlinkFirmwareVersion_t){.ucodeType = 2, .major = 39, .minor = 2016, .subMinor = 3004}; /* NETIR */
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvLinkInfo(nvmlDevice_t device, nvmlNvLinkInfo_v2_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetNvLinkInfo, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    bool second = info->version == NVML_STRUCT_VERSION(nvmlNvLinkInfo_v2_t, 2);
    if (!second && info->version != NVML_STRUCT_VERSION(nvmlNvLinkInfo_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.link_count == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    info->isNvleEnabled = 0; /* links are encrypted in confidential computing alone */
    if (second && call.node->profile.link_version >= NVLINK_5) fill_firmware(&info->firmwareInfo);
    else if (second) info->firmwareInfo.numValidEntries = 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNvlinkBwMode(nvmlDevice_t device, nvmlNvlinkGetBwMode_v1_t *mode)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetNvlinkBwMode, device, NEED_READING, mode != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mode->version != NVML_STRUCT_VERSION(nvmlNvlinkGetBwMode_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.architecture < ARCHITECTURE_BLACKWELL) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    mode->bwMode = (uint8_t)gauge_now(&call, SIGNAL_LINK_BANDWIDTH_MODE);
    mode->bIsBest = mode->bwMode == BANDWIDTH_MODE_FULL;
    return call_end(&call, NVML_SUCCESS);
}
