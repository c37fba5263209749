/* What a card has mended in itself, or would mend at the next reset: rows, channels, and where SRAM failed. */
#include "call.h"

#include "../sim/noise.h"

#include <unistd.h>

enum { NOISE_SRAM_PLACE = 0x7372616D };

#define ARCHITECTURE_BLACKWELL 10

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRemappedRows_v2(nvmlDevice_t device, nvmlRemappedRowsInfo_v2_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRemappedRows_v2, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mig_of(&call)->instance_count > 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nvml.h */
    if (call.node->profile.remap_banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *info = (nvmlRemappedRowsInfo_v2_t){
        .corrActiveRemaps = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_CORRECTED)),
        .corrInactiveRemaps = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_CORRECTED_INACTIVE)),
        .uncActiveRemaps = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_UNCORRECTED)),
        .uncInactiveRemaps = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_UNCORRECTED_INACTIVE)),
        .bPending = gauge_now(&call, SIGNAL_ROW_REMAP_PENDING) > 0,
        .bFailureOccurred = gauge_now(&call, SIGNAL_ROW_REMAP_FAILED) > 0};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRepairStatus(nvmlDevice_t device, nvmlRepairStatus_v1_t *status)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRepairStatus, device, NEED_READING, status != NULL);
    if (result != NVML_SUCCESS) return result;
    if (status->version != NVML_STRUCT_VERSION(nvmlRepairStatus_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.architecture < ARCHITECTURE_BLACKWELL) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    status->bChannelRepairPending = gauge_now(&call, SIGNAL_REPAIR_CHANNEL) > 0;
    status->bTpcRepairPending = gauge_now(&call, SIGNAL_REPAIR_TPC) > 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetUnrepairableMemoryFlag_v1(nvmlDevice_t device, nvmlUnrepairableMemoryStatus_v1_t *status)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetUnrepairableMemoryFlag_v1, device, NEED_READING, status != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.remap_banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    status->bUnrepairableMemory = gauge_now(&call, SIGNAL_MEMORY_UNREPAIRABLE) > 0;
    return call_end(&call, NVML_SUCCESS);
}

/* One place for the parity errors and one for the others: the simulation does not spread them. */
static unsigned sram_entries(const struct call *call, nvmlEccSramUniqueUncorrectedErrorEntry_v1_t *out)
{
    static const int signals[] = {SIGNAL_ECC_SRAM_UNCORRECTED, SIGNAL_ECC_SRAM_UNCORRECTED_PARITY};
    unsigned count = 0;
    for (unsigned i = 0; i < 2; i++) {
        uint64_t errors = whole(counter_lifetime(call->node, call->gpu, signals[i], call->now));
        if (errors == 0) continue;
        uint64_t place = noise_hash(call->node->seed, NOISE_SRAM_PLACE, (uint64_t)call->gpu, i);
        out[count++] = (nvmlEccSramUniqueUncorrectedErrorEntry_v1_t){
            .unit = 1, .location = (unsigned)(place % 8), .sublocation = (unsigned)(place >> 8) % 9,
            .address = (unsigned)(place >> 32) & 0xFFFFu, .isParity = i, .count = (unsigned)errors};
    }
    return count;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts(nvmlDevice_t device,
                                                                         nvmlEccSramUniqueUncorrectedErrorCounts_v1_t *counts)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, device, NEED_READING, counts != NULL);
    if (result != NVML_SUCCESS) return result;
    if (counts->version != NVML_STRUCT_VERSION(nvmlEccSramUniqueUncorrectedErrorCounts_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.remap_banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* before Ampere */
    if (geteuid() != 0) return call_end(&call, NVML_ERROR_NO_PERMISSION);
    nvmlEccSramUniqueUncorrectedErrorEntry_v1_t entries[2];
    unsigned needed = sram_entries(&call, entries);
    bool asked = counts->entries != NULL, fits = counts->entryCount >= needed;
    counts->entryCount = needed;
    if (!asked) return call_end(&call, NVML_SUCCESS);
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    for (unsigned i = 0; i < needed; i++) counts->entries[i] = entries[i];
    return call_end(&call, NVML_SUCCESS);
}
