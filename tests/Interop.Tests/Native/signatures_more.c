/* The shapes that signatures.c does not have: instances, samples, pairs of devices, lists and requests. Each function answers with
 * what it was given. Built together with required.c. */
#include <stdint.h>
#include <string.h>

typedef unsigned long long u64;

static u64 low(const void *handle)
{
    return (u64)(uintptr_t)handle & 0xFF;
}

static void *handle(u64 number)
{
    return (void *)(uintptr_t)number;
}

static unsigned int version_of(const void *structure)
{
    unsigned int version;

    memcpy(&version, structure, 4);
    return version;
}

int nvmlInitWithFlags(unsigned int flags)
{
    return flags == 5 ? 0 : 2;
}

int nvmlSystemGetDriverBranch(unsigned char *info, unsigned int length)
{
    if (version_of(info) != 0x01000054)
        return 25;
    if (length != 80)
        return 7;
    memcpy(info + 4, "r580_00", 8);
    return 0;
}

int nvmlSystemGetProcessName(unsigned int pid, char *name, unsigned int length)
{
    if (length < 4)
        return 7;
    memcpy(name, "p", 1);
    name[1] = (char)('0' + pid);
    name[2] = 0;
    return 0;
}

int nvmlDeviceGetInforomVersion(void *device, int object, char *version, unsigned int length)
{
    memset(version, 0, length);
    version[0] = (char)('0' + low(device));
    version[1] = (char)('0' + object);
    return 0;
}

int nvmlDeviceValidateInforom(void *device)
{
    return low(device) == 9 ? 14 : 0;
}

int nvmlDeviceGetHandleByUUIDV(const unsigned char *uuid, void **device)
{
    unsigned int type;

    if (version_of(uuid) != 0x01000034)
        return 25;
    memcpy(&type, uuid + 4, 4);
    *device = handle((u64)type << 8 | uuid[8]);
    return 0;
}

int nvmlGetExcludedDeviceInfoByIndex(unsigned int index, unsigned char *info)
{
    memset(info, 0, 148);
    memcpy(info + 16, &index, 4);
    memcpy(info + 68, "GPU-excluded", 13);
    return 0;
}

int nvmlDeviceQueryDrainState(const unsigned char *pci, int *state)
{
    unsigned int bus;

    memcpy(&bus, pci + 20, 4);
    *state = bus == 0x18;
    return 0;
}

int nvmlDeviceGetTopologyCommonAncestor(void *first, void *second, int *level)
{
    *level = (int)(low(first) * 10 + low(second));
    return 0;
}

int nvmlDeviceGetP2PStatus(void *first, void *second, int index, int *status)
{
    *status = (int)(low(first) * 100 + low(second) * 10) + index;
    return 0;
}

/* Two devices, or the number of them. */
int nvmlDeviceGetTopologyNearestGpus(void *device, int level, unsigned int *count, void **devices)
{
    unsigned int room = *count;

    *count = 2;
    if (devices == NULL)
        return 0;
    if (room < 2)
        return 7;
    devices[0] = device;
    devices[1] = handle((u64)level);
    return 0;
}

int nvmlSystemGetTopologyGpuSet(unsigned int cpu, unsigned int *count, void **devices)
{
    *count = 1;
    if (devices != NULL)
        devices[0] = handle(cpu);
    return 0;
}

int nvmlDeviceGetCpuAffinityWithinScope(void *device, unsigned int words, u64 *set, unsigned int scope)
{
    set[words - 1] = low(device) << 8 | scope;
    return 0;
}

int nvmlDeviceGetAccountingPids(void *device, unsigned int *count, unsigned int *pids)
{
    unsigned int room = *count;

    *count = 2;
    if (room < 2)
        return 7;
    pids[0] = (unsigned int)low(device);
    pids[1] = 42;
    return 0;
}

int nvmlDeviceGetProcessUtilization(void *device, unsigned char *samples, unsigned int *count, u64 last_seen)
{
    unsigned int pid = (unsigned int)low(device);

    if (*count < 1) {
        *count = 1;
        return 7;
    }
    *count = 1;
    memcpy(samples, &pid, 4);
    memcpy(samples + 8, &last_seen, 8);
    return 0;
}

int nvmlDeviceGetSamples(void *device, int type, u64 last_seen, int *value_type, unsigned int *count, unsigned char *samples)
{
    u64 value = low(device);

    *value_type = type;
    if (samples != NULL) {
        memcpy(samples, &last_seen, 8);
        memcpy(samples + 8, &value, 8);
    }
    *count = 1;
    return 0;
}

int nvmlDeviceGetNvLinkUtilizationCounter(void *device, unsigned int link, unsigned int counter, u64 *rx, u64 *tx)
{
    *rx = low(device) << 16 | (u64)link << 8 | counter;
    *tx = *rx + 1;
    return 0;
}

int nvmlDeviceGetGpuInstances(void *device, unsigned int profile, void **instances, unsigned int *count)
{
    instances[0] = handle(low(device) << 8 | profile);
    *count = 1;
    return 0;
}

int nvmlGpuInstanceGetInfo(void *instance, unsigned char *info)
{
    unsigned int id = (unsigned int)low(instance);

    memset(info, 0, 24);
    memcpy(info + 8, &id, 4);
    return 0;
}

int nvmlGpuInstanceGetComputeInstances(void *instance, unsigned int profile, void **instances, unsigned int *count)
{
    return nvmlDeviceGetGpuInstances(instance, profile, instances, count);
}

int nvmlGpuInstanceGetComputeInstanceById(void *instance, unsigned int id, void **compute_instance)
{
    *compute_instance = handle(low(instance) << 8 | id);
    return 0;
}

int nvmlGpuInstanceGetComputeInstanceProfileInfoV(void *instance, unsigned int profile, unsigned int engines, unsigned char *info)
{
    unsigned int id = (unsigned int)(low(instance) << 16) | profile << 8 | engines;

    if (version_of(info) != 0x02000088 && version_of(info) != 0x0300008C)
        return 25;
    memcpy(info + 4, &id, 4);
    return 0;
}

int nvmlComputeInstanceGetInfo_v2(void *compute_instance, unsigned char *info)
{
    unsigned int start = (unsigned int)low(compute_instance);

    memset(info, 0, 32);
    memcpy(info + 24, &start, 4);
    return 0;
}

int nvmlGpmSampleGet(void *device, void *sample)
{
    return low(device) == 9 && low(sample) == 5 ? 0 : 2;
}

int nvmlGpmMigSampleGet(void *device, unsigned int instance, void *sample)
{
    return low(device) == 9 && instance == 3 && low(sample) == 5 ? 0 : 2;
}

int nvmlGpmSampleFree(void *sample)
{
    return low(sample) == 5 ? 0 : 2;
}

/* Each metric's value is its id; the third and later are not known. */
int nvmlGpmMetricsGet(unsigned char *get)
{
    unsigned int count;

    if (version_of(get) != 1)
        return 25;
    memcpy(&count, get + 4, 4);
    for (unsigned int i = 0; i < count; i++) {
        unsigned char *metric = get + 24 + 40 * i;
        unsigned int id, code = i < 2 ? 0 : 2;
        double value;

        memcpy(&id, metric, 4);
        value = id;
        memcpy(metric + 4, &code, 4);
        memcpy(metric + 8, &value, 8);
    }
    return get[8] == 5 && get[16] == 6 ? 0 : 2;
}

/* A request that carries a pointer to the caller's events: two of them, as far as there is room. */
int nvmlSystemEventSetWait(unsigned char *request)
{
    unsigned char *events;
    unsigned int room, filled;
    u64 type = 1;

    if (version_of(request) != 0x01000020)
        return 25;
    memcpy(&events, request + 16, 8);
    memcpy(&room, request + 24, 4);
    filled = room < 2 ? room : 2;
    for (unsigned int i = 0; i < filled; i++) {
        memcpy(events + 16 * i, &type, 8);
        memcpy(events + 16 * i + 8, request + 4, 4); /* the timeout */
    }
    memcpy(request + 28, &filled, 4);
    return 0;
}

int nvmlDeviceReadPRMCounters_v1(void *device, unsigned char *list)
{
    unsigned char *counters;
    unsigned int count;

    memcpy(&count, list, 4);
    memcpy(&counters, list + 8, 8);
    for (unsigned int i = 0; i < count; i++) {
        unsigned char *counter = counters + 24 * i;
        unsigned int id, port, type = 3;
        u64 value;

        memcpy(&id, counter, 4);
        memcpy(&port, counter + 4, 4);
        value = low(device) << 32 | (u64)id << 8 | port;
        memcpy(counter + 12, &type, 4);
        memcpy(counter + 16, &value, 8);
    }
    return 0;
}

/* One record of four bytes, then the end. */
int nvmlSystemGetCPER_v1(unsigned char *cper)
{
    unsigned char *buffer;
    unsigned int room, length = 4;
    u64 position;

    memcpy(&position, cper + 88, 8);
    memcpy(&buffer, cper + 96, 8);
    memcpy(&room, cper + 104, 4);
    if (position > 0)
        length = 0;
    else if (room < 4)
        return memcpy(cper + 104, &length, 4), 7;
    else
        memcpy(buffer, "CPER", 4);
    position++;
    memcpy(cper + 88, &position, 8);
    memcpy(cper + 104, &length, 4);
    return 0;
}
