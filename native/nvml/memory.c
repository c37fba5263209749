/* Frame buffer and BAR1. */
#include "call.h"

static void read_memory(const struct call *call, nvmlMemory_v2_t *memory)
{
    const struct profile *p = &call->node->profile;
    if (call->instance != NULL) { /* compute instances share the memory of their GPU instance */
        memory->total = whole(p->mig_profiles[call->instance->profile].memory);
        memory->reserved = 0;
        memory->used = mig_memory_used(call->node, call->gpu, call->instance, call->now);
        memory->free = memory->total - memory->used;
        return;
    }
    memory->total = whole(p->memory_total);
    memory->reserved = whole(p->memory_reserved);
    uint64_t most = memory->total - memory->reserved;
    memory->used = whole(gauge_now(call, SIGNAL_MEMORY_USED));
    if (memory->used > most) memory->used = most;
    memory->free = most - memory->used;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMemoryInfo(nvmlDevice_t device, nvmlMemory_t *memory)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetMemoryInfo, device, NEED_READING, memory != NULL);
    if (result != NVML_SUCCESS) return result;
    nvmlMemory_v2_t now;
    read_memory(&call, &now);
    *memory = (nvmlMemory_t){.total = now.total, .free = now.free, .used = now.used + now.reserved}; /* v1 counts it as used */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, nvmlMemory_v2_t *memory)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetMemoryInfo_v2, device, NEED_READING, memory != NULL);
    if (result != NVML_SUCCESS) return result;
    if (memory->version != NVML_STRUCT_VERSION(nvmlMemory_v2_t, 2))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    read_memory(&call, memory);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetBAR1MemoryInfo(nvmlDevice_t device, nvmlBAR1Memory_t *bar1)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetBAR1MemoryInfo, device, NEED_READING, bar1 != NULL);
    if (result != NVML_SUCCESS) return result;
    double share = 1; /* an instance has as much of the window as of the memory */
    if (call.instance != NULL)
        share = call.node->profile.mig_profiles[call.instance->profile].size / (double)MIG_MEMORY_SLICES;
    bar1->bar1Total = whole(call.node->profile.bar1_total * share);
    bar1->bar1Used = call.instance != NULL ? 0 : whole(gauge_now(&call, SIGNAL_BAR1_USED));
    if (bar1->bar1Used > bar1->bar1Total) bar1->bar1Used = bar1->bar1Total;
    bar1->bar1Free = bar1->bar1Total - bar1->bar1Used;
    return call_end(&call, NVML_SUCCESS);
}
