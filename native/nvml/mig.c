/* Multi-instance GPU: supported by the card, switched off. */
#include "call.h"

#include <unistd.h>

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned *current, unsigned *pending)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMigMode, device, NEED_READING, current != NULL && pending != NULL);
    if (result != NVML_SUCCESS) return result;
    *current = *pending = 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned *count)
{
    return read_constant(FN_nvmlDeviceGetMaxMigDeviceCount, device, NEED_READING, 0, count); /* 0 while the mode is off */
}

NVML_EXPORT nvmlReturn_t nvmlDeviceIsMigDeviceHandle(nvmlDevice_t device, unsigned *is_mig)
{
    return read_constant(FN_nvmlDeviceIsMigDeviceHandle, device, NEED_IDENTITY, 0, is_mig);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned index, nvmlDevice_t *mig)
{
    struct call call;
    (void)index;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMigDeviceHandleByIndex, device, NEED_READING, mig != NULL);
    return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_NOT_FOUND) : result;
}

/* The rest wants a MIG handle, and there is none. */
#define WANTS_MIG_HANDLE(name, type)                                               \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, type *out)                  \
    {                                                                              \
        struct call call;                                                          \
        nvmlReturn_t result = call_device(&call, FN_##name, device, NEED_READING, out != NULL); \
        return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_INVALID_ARGUMENT) : result;  \
    }

WANTS_MIG_HANDLE(nvmlDeviceGetDeviceHandleFromMigDeviceHandle, nvmlDevice_t)
WANTS_MIG_HANDLE(nvmlDeviceGetGpuInstanceId, unsigned)
WANTS_MIG_HANDLE(nvmlDeviceGetComputeInstanceId, unsigned)
WANTS_MIG_HANDLE(nvmlDeviceGetAttributes_v2, nvmlDeviceAttributes_t)

static nvmlReturn_t no_instances(int function, nvmlDevice_t device, bool arguments_good)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, arguments_good);
    if (result != NVML_SUCCESS) return result;
    return call_end(&call, geteuid() != 0 ? NVML_ERROR_NO_PERMISSION : NVML_ERROR_NOT_SUPPORTED);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstances(nvmlDevice_t device, unsigned profile, void **instances, unsigned *count)
{
    (void)profile;
    return no_instances(FN_nvmlDeviceGetGpuInstances, device, instances != NULL && count != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstanceById(nvmlDevice_t device, unsigned id, void **instance)
{
    (void)id;
    return no_instances(FN_nvmlDeviceGetGpuInstanceById, device, instance != NULL);
}

/* GPU performance metrics are not simulated: a caller is told so here, before it asks for samples. */
NVML_EXPORT nvmlReturn_t nvmlGpmQueryDeviceSupport(nvmlDevice_t device, nvmlGpmSupport_t *support)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlGpmQueryDeviceSupport, device, NEED_READING, support != NULL);
    if (result != NVML_SUCCESS) return result;
    if (support->version != 1) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH); /* GPM counts plainly */
    support->isSupportedDevice = 0;
    return call_end(&call, NVML_SUCCESS);
}
