/* System event sets: a card that is taken from the driver, or given back to it. */
#include "call.h"

#include <stdlib.h>

#define EVENT_UNBIND 0x1u
#define EVENT_BIND 0x2u

struct system_event {
    int64_t at;    /* events are told in the order of these three */
    int64_t order;
    int gpu;
    uint64_t type;
};

struct nvml_system_event_set {
    uint64_t types;           /* 0 = not registered */
    struct system_event told; /* the last one, or the moment of the registration */
};

static bool later(const struct system_event *a, const struct system_event *b)
{
    if (a->at != b->at) return a->at > b->at;
    return a->order != b->order ? a->order > b->order : a->gpu > b->gpu;
}

static bool version_fits(unsigned version, unsigned wanted, struct call *call, nvmlReturn_t *result)
{
    if (version == wanted) return true;
    *result = call_end(call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    return false;
}

NVML_EXPORT nvmlReturn_t nvmlSystemEventSetCreate(nvmlSystemEventSetCreateRequest_v1_t *request)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemEventSetCreate, request != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!version_fits(request->version, NVML_STRUCT_VERSION(nvmlSystemEventSetCreateRequest_v1_t, 1), &call, &result)) return result;
    request->set = calloc(1, sizeof *request->set);
    return call_end(&call, request->set != NULL ? NVML_SUCCESS : NVML_ERROR_UNKNOWN);
}

NVML_EXPORT nvmlReturn_t nvmlSystemEventSetFree(nvmlSystemEventSetFreeRequest_v1_t *request)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemEventSetFree, request != NULL && request->set != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!version_fits(request->version, NVML_STRUCT_VERSION(nvmlSystemEventSetFreeRequest_v1_t, 1), &call, &result)) return result;
    free(request->set);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemRegisterEvents(nvmlSystemRegisterEventRequest_v1_t *request)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemRegisterEvents, request != NULL && request->set != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!version_fits(request->version, NVML_STRUCT_VERSION(nvmlSystemRegisterEventRequest_v1_t, 1), &call, &result)) return result;
    if ((request->eventTypes & ~(uint64_t)(EVENT_UNBIND | EVENT_BIND)) != 0 || request->eventTypes == 0)
        return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    if (request->set->types == 0) /* only what comes from now on */
        request->set->told = (struct system_event){.at = call.now, .order = (int64_t)call.node->timeline.all.count - 1, .gpu = SIM_MAX_GPUS};
    request->set->types |= request->eventTypes;
    return call_end(&call, NVML_SUCCESS);
}

/* The earliest event that was not told; false when none is known. */
static bool next_event(const struct call *call, const struct nvml_system_event_set *set, struct system_event *out)
{
    bool found = false;
    for (int gpu = 0; gpu < (int)call->node->profile.gpu_count; gpu++) {
        const struct mutation_list *list = &call->node->timeline.gpus[gpu].binding;
        for (size_t i = 0; i < list->count; i++) {
            const struct mutation *m = list->items[i];
            struct system_event events[2] = {{m->at, m->order, gpu, m->kind == MUTATION_UNBIND ? EVENT_UNBIND : EVENT_BIND},
                                             {m->until, m->order, gpu, EVENT_BIND}};
            for (int k = 0; k < (m->kind == MUTATION_UNBIND && m->until != SIM_FOREVER ? 2 : 1); k++) {
                if ((events[k].type & set->types) == 0 || !later(&events[k], &set->told)) continue;
                if (!found || later(out, &events[k])) *out = events[k];
                found = true;
            }
        }
    }
    return found;
}

static void tell(const struct call *call, const struct system_event *event, struct nvml_system_event_set *set,
                 nvmlSystemEventData_v1_t *out)
{
    *out = (nvmlSystemEventData_v1_t){.eventType = event->type, .gpuId = gpu_board_id(call->node, event->gpu)};
    set->told = *event;
}

NVML_EXPORT nvmlReturn_t nvmlSystemEventSetWait(nvmlSystemEventSetWaitRequest_v1_t *request)
{
    struct call call;
    bool good = request != NULL && request->set != NULL && request->data != NULL && request->dataSize > 0;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemEventSetWait, good);
    if (result != NVML_SUCCESS) return result;
    if (!version_fits(request->version, NVML_STRUCT_VERSION(nvmlSystemEventSetWaitRequest_v1_t, 1), &call, &result)) return result;
    int64_t end = sim_monotonic_ns() + (int64_t)request->timeoutms * 1000000; /* the caller's time, not the simulated one */
    request->numEvent = 0;
    for (;;) {
        struct system_event event;
        bool known;
        while ((known = next_event(&call, request->set, &event)) && event.at <= call.now && request->numEvent < request->dataSize)
            tell(&call, &event, request->set, &request->data[request->numEvent++]);
        if (request->numEvent > 0) return call_end(&call, NVML_SUCCESS);
        int64_t left = end - sim_monotonic_ns();
        if (left <= 0) return call_end(&call, NVML_ERROR_TIMEOUT);
        int64_t until_next = known ? call_real_ns(&call, event.at - call.now) : SIM_SECOND;
        if (!call_wait(&call, left < until_next ? left : until_next, &result)) return result;
    }
}
