/* Who is near whom. */
#include "call.h"

#include <string.h>

/* Two cards of one socket meet at its root complex, two of different sockets at the link between them. */
static nvmlEnum level_between(const struct sim_node *node, int a, int b)
{
    if (a == b) return 0;                                                        /* internal */
    return node->profile.gpus[a].numa == node->profile.gpus[b].numa ? 40 : 50;   /* node, system */
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTopologyCommonAncestor(nvmlDevice_t a, nvmlDevice_t b, nvmlEnum *level)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetTopologyCommonAncestor, a, NEED_IDENTITY, level != NULL && device_index(b) >= 0);
    if (result != NVML_SUCCESS) return result;
    *level = level_between(call.node, call.gpu, device_index(b));
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTopologyNearestGpus(nvmlDevice_t device, nvmlEnum level, unsigned *count,
                                                          nvmlDevice_t *devices)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetTopologyNearestGpus, device, NEED_IDENTITY, count != NULL && level <= 50);
    if (result != NVML_SUCCESS) return result;
    unsigned found = 0;
    for (int other = 0; other < (int)call.node->profile.gpu_count; other++) {
        if (other == call.gpu || gpu_is_excluded(call.node, other) || level_between(call.node, call.gpu, other) != level) continue;
        if (devices != NULL && found < *count) devices[found] = device_of(other);
        found++;
    }
    *count = found;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceOnSameBoard(nvmlDevice_t a, nvmlDevice_t b, int *same)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceOnSameBoard, a, NEED_IDENTITY, same != NULL && device_index(b) >= 0);
    if (result != NVML_SUCCESS) return result;
    *same = call.gpu == device_index(b);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetP2PStatus(nvmlDevice_t a, nvmlDevice_t b, nvmlEnum index, nvmlEnum *status)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetP2PStatus, a, NEED_READING,
                                      status != NULL && index <= 5 && device_index(b) >= 0);
    if (result != NVML_SUCCESS) return result;
    *status = index == 5 ? 6 : 0; /* all kinds work over NVLink; "unknown" for the unknown */
    return call_end(&call, NVML_SUCCESS);
}

static void fill_cores(const struct gpu_place *place, unsigned words, unsigned long *set)
{
    memset(set, 0, words * sizeof *set);
    for (unsigned core = place->cpu_first; core <= place->cpu_last; core++)
        if (core / 64 < words) set[core / 64] |= 1ul << core % 64;
}

static nvmlReturn_t cores_near(int function, nvmlDevice_t device, unsigned words, unsigned long *set, nvmlEnum scope)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_IDENTITY, set != NULL && words > 0 && scope <= 1);
    if (result != NVML_SUCCESS) return result;
    fill_cores(&call.node->profile.gpus[call.gpu], words, set); /* one NUMA node a socket: both scopes agree */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCpuAffinity(nvmlDevice_t device, unsigned words, unsigned long *set)
{
    return cores_near(FN_nvmlDeviceGetCpuAffinity, device, words, set, 0);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCpuAffinityWithinScope(nvmlDevice_t device, unsigned words, unsigned long *set,
                                                             nvmlEnum scope)
{
    return cores_near(FN_nvmlDeviceGetCpuAffinityWithinScope, device, words, set, scope);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMemoryAffinity(nvmlDevice_t device, unsigned words, unsigned long *set, nvmlEnum scope)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetMemoryAffinity, device, NEED_IDENTITY, set != NULL && words > 0 && scope <= 1);
    if (result != NVML_SUCCESS) return result;
    memset(set, 0, words * sizeof *set);
    set[0] = 1ul << call.node->profile.gpus[call.gpu].numa; /* profiles allow nodes 0 to 63 */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetTopologyGpuSet(unsigned cpu, unsigned *count, nvmlDevice_t *devices)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetTopologyGpuSet, count != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned found = 0;
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++) {
        const struct gpu_place *place = &call.node->profile.gpus[gpu];
        if (gpu_is_excluded(call.node, gpu) || cpu < place->cpu_first || cpu > place->cpu_last) continue;
        if (devices != NULL && found < *count) devices[found] = device_of(gpu);
        found++;
    }
    *count = found;
    return call_end(&call, NVML_SUCCESS);
}
