/* Event sets: Xids, changes of the MIG layout, and single- and double-bit ECC errors that a scenario adds. */
#include "call.h"

#include <stdlib.h>

#define EVENT_SINGLE_BIT 0x1u
#define EVENT_DOUBLE_BIT 0x2u
#define EVENT_XID 0x8u
#define EVENT_MIG_CHANGE 0x100u
#define EVENTS_SUPPORTED (EVENT_SINGLE_BIT | EVENT_DOUBLE_BIT | EVENT_XID)
#define XID_OFF_THE_BUS 79

struct watched {
    uint64_t types; /* 0 = not registered */
    int64_t at;     /* of the last event delivered, or of the registration; */
    int64_t order;  /* later events compare greater by (at, order) */
};

struct nvml_event_set {
    struct watched gpus[SIM_MAX_GPUS];
};

static uint64_t event_type(const struct mutation *m)
{
    if (m->kind == MUTATION_MIG) return EVENT_MIG_CHANGE;
    if (m->kind != MUTATION_SIGNAL) return EVENT_XID;
    return m->signal == SIGNAL_ECC_DRAM_CORRECTED || m->signal == SIGNAL_ECC_SRAM_CORRECTED ? EVENT_SINGLE_BIT
                                                                                             : EVENT_DOUBLE_BIT;
}

static uint64_t supported(const struct call *call)
{
    return EVENTS_SUPPORTED | (call->node->profile.mig_profile_count > 0 ? EVENT_MIG_CHANGE : 0);
}

NVML_EXPORT nvmlReturn_t nvmlEventSetCreate(nvmlEventSet_t *set)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlEventSetCreate, set != NULL);
    if (result != NVML_SUCCESS) return result;
    *set = calloc(1, sizeof **set);
    return call_end(&call, *set != NULL ? NVML_SUCCESS : NVML_ERROR_UNKNOWN);
}

NVML_EXPORT nvmlReturn_t nvmlEventSetFree(nvmlEventSet_t set)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlEventSetFree, set != NULL);
    if (result != NVML_SUCCESS) return result;
    free(set);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSupportedEventTypes(nvmlDevice_t device, uint64_t *types)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetSupportedEventTypes, device, NEED_READING, types != NULL);
    if (result != NVML_SUCCESS) return result;
    *types = supported(&call);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceRegisterEvents(nvmlDevice_t device, uint64_t types, nvmlEventSet_t set)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceRegisterEvents, device, NEED_READING, set != NULL);
    if (result != NVML_SUCCESS) return result;
    if ((types & ~supported(&call)) != 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nothing registered */
    struct watched *watched = &set->gpus[call.gpu];
    if (watched->types == 0) { /* only what comes from now on */
        watched->at = call.now;
        watched->order = (int64_t)call.node->timeline.all.count - 1;
    }
    watched->types |= types;
    return call_end(&call, NVML_SUCCESS);
}

/* The earliest undelivered event of all watched GPUs that has happened by now; `next` becomes the earliest to come. */
static const struct mutation *next_event(const struct call *call, nvmlEventSet_t set, int *gpu, int64_t *next)
{
    const struct mutation *found = NULL;
    *next = SIM_FOREVER;
    for (int i = 0; i < (int)call->node->profile.gpu_count; i++) {
        const struct watched *watched = &set->gpus[i];
        const struct mutation_list *list = &call->node->timeline.gpus[i].events;
        for (size_t k = 0; watched->types != 0 && k < list->count; k++) {
            const struct mutation *m = list->items[k];
            if (m->at < watched->at || (m->at == watched->at && (int64_t)m->order <= watched->order)) continue;
            if ((event_type(m) & watched->types) == 0) continue;
            if (m->at > call->now) {
                if (m->at < *next) *next = m->at;
            } else if (found == NULL || m->at < found->at || (m->at == found->at && m->order < found->order)) {
                found = m;
                *gpu = i;
            }
            break;
        }
    }
    return found;
}

static bool any_lost(const struct call *call, nvmlEventSet_t set)
{
    for (int i = 0; i < (int)call->node->profile.gpu_count; i++)
        if (set->gpus[i].types != 0 && device_alive(call->node, i, NEED_IDENTITY) == NVML_ERROR_GPU_IS_LOST) return true;
    return false;
}

static nvmlReturn_t wait(int function, nvmlEventSet_t set, nvmlEventData_t *data, unsigned timeout_ms)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, set != NULL && data != NULL);
    if (result != NVML_SUCCESS) return result;
    int64_t end = sim_monotonic_ns() + (int64_t)timeout_ms * 1000000; /* the caller's time, not the simulated one */
    for (;;) {
        int gpu = -1;
        int64_t next;
        const struct mutation *event = next_event(&call, set, &gpu, &next);
        if (event != NULL) {
            set->gpus[gpu].at = event->at;
            set->gpus[gpu].order = event->order;
            unsigned xid = event->kind == MUTATION_LOST ? XID_OFF_THE_BUS : (unsigned)event->code;
            *data = (nvmlEventData_t){.device = device_of(gpu), .eventType = event_type(event),
                                      .eventData = event_type(event) == EVENT_XID ? xid : 0,
                                      .gpuInstanceId = event->instance, .computeInstanceId = event->compute};
            return call_end(&call, NVML_SUCCESS);
        }
        if (any_lost(&call, set)) return call_end(&call, NVML_ERROR_GPU_IS_LOST); /* at once, every time */
        int64_t left = end - sim_monotonic_ns();
        if (left <= 0) return call_end(&call, NVML_ERROR_TIMEOUT);
        int64_t until_next = next == SIM_FOREVER ? SIM_SECOND : call_real_ns(&call, next - call.now);
        if (!call_wait(&call, left < until_next ? left : until_next, &result)) return result;
    }
}

NVML_EXPORT nvmlReturn_t nvmlEventSetWait_v2(nvmlEventSet_t set, nvmlEventData_t *data, unsigned timeout_ms)
{
    return wait(FN_nvmlEventSetWait_v2, set, data, timeout_ms);
}

NVML_EXPORT nvmlReturn_t nvmlEventSetWait(nvmlEventSet_t set, nvmlEventData_v1_t *data, unsigned timeout_ms)
{
    nvmlEventData_t now;
    nvmlReturn_t result = wait(FN_nvmlEventSetWait, set, data != NULL ? &now : NULL, timeout_ms);
    if (result == NVML_SUCCESS)
        *data = (nvmlEventData_v1_t){.device = now.device, .eventType = now.eventType, .eventData = now.eventData};
    return result;
}
