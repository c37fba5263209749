/* One function of each signature. Each answers with what it was given, so that an argument in the wrong place or of the wrong
 * width shows. Built together with required.c. */
#include <stdint.h>
#include <string.h>

typedef struct nvmlDevice_st *nvmlDevice_t;
typedef unsigned long long u64;

static u64 low(const void *handle)
{
    return (u64)(uintptr_t)handle & 0xFF;
}

const char *nvmlErrorString(int code)
{
    return code == 15 ? "GPU is lost" : "another code";
}

int nvmlSystemGetDriverVersion(char *version, unsigned int length)
{
    if (length < 11)
        return 7;
    memcpy(version, "550.163.01", 11);
    return 0;
}

int nvmlSystemGetCudaDriverVersion_v2(int *version)
{
    *version = 12040;
    return 0;
}

int nvmlDeviceGetIndex(nvmlDevice_t device, unsigned int *index)
{
    *index = (unsigned int)low(device);
    return 0;
}

int nvmlDeviceGetCudaComputeCapability(nvmlDevice_t device, int *major, int *minor)
{
    *major = (int)low(device);
    *minor = -1;
    return 0;
}

/* Fills the whole buffer, without a NUL. */
int nvmlDeviceGetSerial(nvmlDevice_t device, char *serial, unsigned int length)
{
    (void)device;
    memset(serial, '7', length);
    return 0;
}

/* NVML's one text function without a length: it fills 64 bytes, whatever the caller has. */
int nvmlDeviceGetGspFirmwareVersion(nvmlDevice_t device, char *version)
{
    (void)device;
    memset(version, 0, 64);
    memcpy(version, "550.163.01", 10);
    return 0;
}

int nvmlDeviceGetClockInfo(nvmlDevice_t device, int type, unsigned int *clock)
{
    *clock = (unsigned int)(low(device) << 8) | (unsigned int)type;
    return 0;
}

int nvmlDeviceGetTotalEccErrors(nvmlDevice_t device, int error, int counter, u64 *count)
{
    *count = low(device) << 32 | (u64)error << 8 | (u64)counter;
    return 0;
}

int nvmlDeviceGetMemoryErrorCounter(nvmlDevice_t device, int error, int counter, int location, u64 *count)
{
    *count = low(device) << 32 | (u64)error << 16 | (u64)counter << 8 | (u64)location;
    return 0;
}

int nvmlDeviceGetRemappedRows(nvmlDevice_t device, unsigned int *cor, unsigned int *unc, unsigned int *pending, unsigned int *failed)
{
    *cor = (unsigned int)low(device);
    *unc = 2;
    *pending = 3;
    *failed = 4;
    return 0;
}

int nvmlDeviceGetRetiredPages_v2(nvmlDevice_t device, int cause, unsigned int *count, u64 *addresses, u64 *timestamps)
{
    if (*count < 1) {
        *count = 1;
        return 7;
    }
    *count = 1;
    addresses[0] = low(device);
    timestamps[0] = (u64)cause;
    return 0;
}

/* A versioned struct is refused unless its tag is the one that nvml.h makes. */
int nvmlDeviceGetMemoryInfo_v2(nvmlDevice_t device, unsigned char *memory)
{
    unsigned int version;
    u64 used = low(device);

    memcpy(&version, memory, 4);
    if (version != 0x02000028)
        return 25;
    memcpy(memory + 32, &used, 8);
    return 0;
}

int nvmlDeviceGetTemperatureV(nvmlDevice_t device, unsigned char *temperature)
{
    unsigned int version;
    int celsius = -(int)low(device);

    memcpy(&version, temperature, 4);
    if (version != 0x0100000C)
        return 25;
    memcpy(temperature + 8, &celsius, 4);
    return 0;
}

/* Entry 0 succeeds, every later one is an id that this driver does not know. */
int nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, unsigned char *values)
{
    for (int i = 0; i < count; i++) {
        unsigned char *entry = values + 40 * i;
        unsigned int type = 3, code = i == 0 ? 0 : 2, id, scope;
        u64 value;

        memcpy(&id, entry, 4);
        memcpy(&scope, entry + 4, 4);
        value = low(device) << 32 | (u64)id << 16 | scope;
        memcpy(entry + 24, &type, 4);
        memcpy(entry + 28, &code, 4);
        memcpy(entry + 32, &value, 8);
    }
    return 0;
}

int nvmlEventSetCreate(void **set)
{
    *set = (void *)(uintptr_t)0x5E7;
    return 0;
}

int nvmlEventSetFree(void *set)
{
    return set == (void *)(uintptr_t)0x5E7 ? 0 : 2;
}

int nvmlDeviceRegisterEvents(nvmlDevice_t device, u64 types, void *set)
{
    return low(device) == 9 && types == 0x8 && set == (void *)(uintptr_t)0x5E7 ? 0 : 2;
}

/* The whole 32 bytes; the event says which timeout was asked for. */
int nvmlEventSetWait_v2(void *set, unsigned char *event, unsigned int timeout)
{
    u64 type = 0x8, data = timeout;
    unsigned int gpu_instance = 3, compute_instance = 4;

    memcpy(event, &set, 8);
    memcpy(event + 8, &type, 8);
    memcpy(event + 16, &data, 8);
    memcpy(event + 24, &gpu_instance, 4);
    memcpy(event + 28, &compute_instance, 4);
    return 0;
}
