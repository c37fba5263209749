/* Retired pages: what cards before Ampere do with memory that fails. */
#include "call.h"

#include "../sim/noise.h"

enum { NOISE_PAGE = 0x70616765 };

#define PAGE_BITS 12 /* pages of 4 KiB */

static int cause_signal(nvmlEnum cause)
{
    return cause == 0 ? SIGNAL_PAGES_SINGLE_BIT : SIGNAL_PAGES_DOUBLE_BIT; /* several corrected errors, or one uncorrected */
}

/* When the count reached `number`: it never falls, so halving finds it. */
static int64_t retired_at(const struct call *call, int signal, uint64_t number)
{
    int64_t before = -1, after = call->now;
    while (after - before > 1) {
        int64_t middle = before + (after - before) / 2;
        if (whole(counter_lifetime(call->node, call->gpu, signal, middle)) >= number) after = middle;
        else before = middle;
    }
    return after;
}

static nvmlReturn_t pages(int function, nvmlDevice_t device, nvmlEnum cause, unsigned *count, uint64_t *addresses,
                          uint64_t *timestamps, bool timed)
{
    struct call call;
    bool buffers = count != NULL && (*count == 0 || (addresses != NULL && (timestamps != NULL || !timed)));
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, buffers && cause <= 1);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.remap_banks > 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    int signal = cause_signal(cause);
    unsigned needed = (unsigned)whole(counter_now(&call, signal)), given = *count;
    *count = needed;
    if (given < needed) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    uint64_t all = whole(call.node->profile.memory_total) >> PAGE_BITS;
    for (unsigned i = 0; i < needed; i++) {
        addresses[i] = noise_hash(call.node->seed, NOISE_PAGE + cause, (uint64_t)call.gpu, i) % all << PAGE_BITS;
        if (timed) timestamps[i] = (uint64_t)((call.node->clock.epoch_unix_ns + retired_at(&call, signal, i + 1)) / 1000);
    }
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRetiredPages(nvmlDevice_t device, nvmlEnum cause, unsigned *count, uint64_t *addresses)
{
    return pages(FN_nvmlDeviceGetRetiredPages, device, cause, count, addresses, NULL, false);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRetiredPages_v2(nvmlDevice_t device, nvmlEnum cause, unsigned *count,
                                                      uint64_t *addresses, uint64_t *timestamps)
{
    return pages(FN_nvmlDeviceGetRetiredPages_v2, device, cause, count, addresses, timestamps, true);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRetiredPagesPendingStatus(nvmlDevice_t device, nvmlEnum *pending)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRetiredPagesPendingStatus, device, NEED_READING, pending != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.remap_banks > 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *pending = gauge_now(&call, SIGNAL_PAGES_PENDING) > 0;
    return call_end(&call, NVML_SUCCESS);
}
