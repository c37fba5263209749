/* Event sets: Xids, and what else of a scenario's lines NVML tells as an event. */
#include "call.h"

#include <stdlib.h>
#include <unistd.h>

#define XID_OFF_THE_BUS 79

enum { /* nvmlEventType*, nvml.h 13.3 */
    EVENT_SINGLE_BIT = 0x1,
    EVENT_DOUBLE_BIT = 0x2,
    EVENT_PSTATE = 0x4,
    EVENT_XID = 0x8,
    EVENT_CLOCK = 0x10,
    EVENT_POWER_SOURCE = 0x80,
    EVENT_MIG_CONFIG = 0x100,
    EVENT_SINGLE_BIT_STORM = 0x200,
    EVENT_RETIREMENT = 0x400,
    EVENT_RETIREMENT_FAILURE = 0x800,
    EVENT_POISON = 0x1000,
    EVENT_FATAL_POISON = 0x2000,
    EVENT_UNAVAILABLE = 0x4000,
    EVENT_RECOVERY_ACTION = 0x8000,
};

struct watched {
    uint64_t types; /* 0 = not registered */
    int64_t at;     /* of the last event delivered, or of the registration; */
    int64_t order;  /* later events compare greater by (at, order) */
    uint64_t told;  /* types already delivered of that very line: a loss is an Xid and an absence */
};

struct nvml_event_set {
    struct watched gpus[SIM_MAX_GPUS];
};

static uint64_t supported_types(const struct profile *p)
{
    int driver = nvml_driver()->number;
    uint64_t types = EVENT_SINGLE_BIT | EVENT_DOUBLE_BIT | EVENT_PSTATE | EVENT_XID | EVENT_CLOCK | EVENT_POWER_SOURCE;
    if (mig_capable(p)) types |= EVENT_MIG_CONFIG;
    if (driver >= 560)
        types |= EVENT_SINGLE_BIT_STORM | EVENT_RETIREMENT | EVENT_RETIREMENT_FAILURE | EVENT_POISON | EVENT_FATAL_POISON;
    return driver >= 565 ? types | EVENT_UNAVAILABLE | EVENT_RECOVERY_ACTION : types;
}

static uint64_t signal_types(const struct mutation *m)
{
    switch (m->signal) {
    case SIGNAL_ECC_DRAM_CORRECTED:
    case SIGNAL_ECC_SRAM_CORRECTED: return EVENT_SINGLE_BIT;
    case SIGNAL_ROW_REMAP_CORRECTED:
    case SIGNAL_ROW_REMAP_UNCORRECTED:
    case SIGNAL_PAGES_SINGLE_BIT:
    case SIGNAL_PAGES_DOUBLE_BIT: return EVENT_RETIREMENT;
    case SIGNAL_ROW_REMAP_FAILED: return m->value > 0 ? EVENT_RETIREMENT_FAILURE : 0;
    case SIGNAL_PSTATE: return EVENT_PSTATE;
    case SIGNAL_POWER_SOURCE: return EVENT_POWER_SOURCE;
    case SIGNAL_RECOVERY_ACTION: return EVENT_RECOVERY_ACTION;
    default: return EVENT_DOUBLE_BIT;
    }
}

static uint64_t event_types(const struct mutation *m)
{
    switch (m->kind) {
    case MUTATION_SIGNAL: return signal_types(m);
    case MUTATION_EVENT: return (uint64_t)m->code;
    case MUTATION_LOST: return EVENT_XID | EVENT_UNAVAILABLE;
    case MUTATION_MIG: return EVENT_MIG_CONFIG;
    default: return EVENT_XID;
    }
}

static uint64_t event_data(const struct mutation *m, uint64_t type)
{
    if (m->kind == MUTATION_EVENT) return (uint64_t)m->value;
    if (type == EVENT_XID) return m->kind == MUTATION_LOST ? XID_OFF_THE_BUS : (uint64_t)m->code;
    return type == EVENT_RECOVERY_ACTION ? (uint64_t)m->value : 0;
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
    *types = supported_types(&call.node->profile);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceRegisterEvents(nvmlDevice_t device, uint64_t types, nvmlEventSet_t set)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceRegisterEvents, device, NEED_READING, set != NULL);
    if (result != NVML_SUCCESS) return result;
    if ((types & ~supported_types(&call.node->profile)) != 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nothing registered */
    struct watched *watched = &set->gpus[call.gpu];
    if (watched->types == 0) { /* only what comes from now on */
        watched->at = call.now;
        watched->order = (int64_t)call.node->timeline.all.count - 1;
        watched->told = UINT64_MAX;
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
            bool current = m->at == watched->at && (int64_t)m->order == watched->order;
            if (m->instance != NO_MIG_INSTANCE && geteuid() != 0) continue; /* what an instance has is for root, nvml.h */
            if (m->at < watched->at || (m->at == watched->at && (int64_t)m->order < watched->order)) continue;
            if ((event_types(m) & watched->types & ~(current ? watched->told : 0)) == 0) continue;
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

/* One type a time, the lowest first. */
static uint64_t deliver(struct watched *watched, const struct mutation *event)
{
    bool current = event->at == watched->at && (int64_t)event->order == watched->order;
    if (!current) *watched = (struct watched){.types = watched->types, .at = event->at, .order = event->order};
    uint64_t left = event_types(event) & watched->types & ~watched->told, type = left & ~(left - 1);
    watched->told |= type;
    return type;
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
            uint64_t type = deliver(&set->gpus[gpu], event);
            *data = (nvmlEventData_t){.device = device_of(gpu), .eventType = type, .eventData = event_data(event, type),
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
