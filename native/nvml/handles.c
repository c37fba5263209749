/* Finding devices. */
#include "call.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define UUID_ASCII 1u
#define UUID_BINARY 2u

static nvmlReturn_t count(int function, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, out != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!call.node->driver.loaded) return call_end(&call, NVML_ERROR_UNINITIALIZED);
    *out = 0;
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++)
        if (!gpu_is_excluded(call.node, gpu)) ++*out; /* a lost GPU is still counted */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCount(unsigned *out) { return count(FN_nvmlDeviceGetCount, out); }
NVML_EXPORT nvmlReturn_t nvmlDeviceGetCount_v2(unsigned *out) { return count(FN_nvmlDeviceGetCount_v2, out); }

typedef bool (*matcher)(const struct call *call, int gpu, const char *wanted);

/* A handle getter initialises its GPU, so a GPU that hangs can hang here. */
static nvmlReturn_t hand_out(struct call *call, int gpu, nvmlDevice_t *device)
{
    nvmlReturn_t result;
    if (gpu_is_excluded(call->node, gpu)) return call_end(call, NVML_ERROR_NOT_FOUND); /* own choice of the code */
    if (!call_touch(call, gpu, &result)) return result;
    result = device_alive(call->node, gpu, NEED_IDENTITY);
    if (result == NVML_SUCCESS) *device = device_of(gpu);
    return call_end(call, result);
}

static nvmlReturn_t find(int function, const char *wanted, matcher matches, nvmlDevice_t *device)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, wanted != NULL && device != NULL);
    if (result != NVML_SUCCESS) return result;
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++)
        if (matches(&call, gpu, wanted)) return hand_out(&call, gpu, device);
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}

static nvmlReturn_t by_index(int function, unsigned index, nvmlDevice_t *device)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, device != NULL);
    if (result != NVML_SUCCESS) return result;
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++)
        if (!gpu_is_excluded(call.node, gpu) && index-- == 0) return hand_out(&call, gpu, device);
    return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByIndex(unsigned index, nvmlDevice_t *device)
{
    return by_index(FN_nvmlDeviceGetHandleByIndex, index, device);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned index, nvmlDevice_t *device)
{
    return by_index(FN_nvmlDeviceGetHandleByIndex_v2, index, device);
}

static bool has_uuid(const struct call *call, int gpu, const char *wanted)
{
    char uuid[48];
    gpu_uuid(call->node, gpu, uuid);
    return strcasecmp(uuid, wanted) == 0;
}

/* The card whose MIG device has that UUID, and the device's birth; -1 when there is none. */
static int part_with_uuid(const struct call *call, const char *wanted, unsigned *birth)
{
    char uuid[96];
    struct call other = *call;
    for (other.gpu = 0; other.gpu < (int)call->node->profile.gpu_count; other.gpu++) {
        if (gpu_is_excluded(call->node, other.gpu)) continue;
        const struct mig_state *mig = mig_of(&other);
        for (unsigned i = 0; i < mig->part_count; i++) {
            part_uuid(&other, &mig->parts[i], uuid, sizeof uuid);
            if (strcasecmp(uuid, wanted) != 0) continue;
            *birth = mig->parts[i].birth;
            return other.gpu;
        }
    }
    return -1;
}

static bool names_part(const char *uuid)
{
    return strncasecmp(uuid, "MIG-", 4) == 0;
}

/* As hand_out, for the MIG device of that UUID. */
static nvmlReturn_t hand_out_part(struct call *call, const char *uuid, nvmlDevice_t *device)
{
    unsigned birth;
    nvmlReturn_t result;
    int gpu = part_with_uuid(call, uuid, &birth);
    if (gpu < 0) return call_end(call, NVML_ERROR_NOT_FOUND);
    if (!call_touch(call, gpu, &result)) return result;
    result = device_alive(call->node, gpu, NEED_IDENTITY);
    if (result == NVML_SUCCESS) *device = piece_of(gpu, birth);
    return call_end(call, result);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByUUID(const char *uuid, nvmlDevice_t *device)
{
    struct call call;
    if (uuid == NULL || !names_part(uuid)) return find(FN_nvmlDeviceGetHandleByUUID, uuid, has_uuid, device);
    nvmlReturn_t result = call_system(&call, FN_nvmlDeviceGetHandleByUUID, device != NULL);
    return result == NVML_SUCCESS ? hand_out_part(&call, uuid, device) : result;
}

static bool has_uuid_bytes(const struct call *call, int gpu, const char *wanted)
{
    char uuid[48], digits[33];
    size_t used = 0;
    gpu_uuid(call->node, gpu, uuid);
    for (const char *c = uuid + 4; *c != '\0' && used < 32; c++) /* behind "GPU-" */
        if (*c != '-') digits[used++] = *c;
    digits[used] = '\0';
    return strcmp(digits, wanted) == 0;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByUUIDV(const nvmlUUID_v1_t *uuid, nvmlDevice_t *device)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlDeviceGetHandleByUUIDV, uuid != NULL && device != NULL);
    if (result != NVML_SUCCESS) return result;
    if (uuid->version != NVML_STRUCT_VERSION(nvmlUUID_v1_t, 1)) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    bool binary = uuid->type == UUID_BINARY;
    if (!binary && uuid->type != UUID_ASCII) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    char wanted[sizeof uuid->value.str + 1] = "";
    if (!binary) memcpy(wanted, uuid->value.str, sizeof uuid->value.str);
    if (names_part(wanted)) return hand_out_part(&call, wanted, device);
    for (size_t i = 0; binary && i < sizeof uuid->value.bytes; i++) snprintf(wanted + 2 * i, 3, "%02x", uuid->value.bytes[i]);
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++)
        if (binary ? has_uuid_bytes(&call, gpu, wanted) : has_uuid(&call, gpu, wanted)) return hand_out(&call, gpu, device);
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}

/* domain:bus:device.function, domain:bus:device or bus:device.function, hexadecimal (nvml.h). */
static bool has_bus_id(const struct call *call, int gpu, const char *wanted)
{
    const struct gpu_place *place = &call->node->profile.gpus[gpu];
    unsigned domain = 0, bus = 0, device = 0, function = 0;
    int used = 0;
    size_t length = strlen(wanted);
#define WHOLE(fields) ((fields) && (size_t)used == length)
    bool parsed = WHOLE(sscanf(wanted, "%x:%x:%x.%x%n", &domain, &bus, &device, &function, &used) == 4) ||
                  WHOLE(sscanf(wanted, "%x:%x:%x%n", &domain, &bus, &device, &used) == 3);
    if (!parsed) {
        domain = 0;
        parsed = WHOLE(sscanf(wanted, "%x:%x.%x%n", &bus, &device, &function, &used) == 3);
    }
#undef WHOLE
    return parsed && function == 0 && domain == place->domain && bus == place->bus && device == place->device;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByPciBusId(const char *bus_id, nvmlDevice_t *device)
{
    return find(FN_nvmlDeviceGetHandleByPciBusId, bus_id, has_bus_id, device);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleByPciBusId_v2(const char *bus_id, nvmlDevice_t *device)
{
    return find(FN_nvmlDeviceGetHandleByPciBusId_v2, bus_id, has_bus_id, device);
}

static bool has_serial(const struct call *call, int gpu, const char *wanted)
{
    char serial[32];
    gpu_serial(call->node, gpu, serial);
    return strcmp(serial, wanted) == 0;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetHandleBySerial(const char *serial, nvmlDevice_t *device)
{
    return find(FN_nvmlDeviceGetHandleBySerial, serial, has_serial, device);
}
