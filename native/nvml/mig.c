/* Multi-instance GPU, seen as MIG devices: the mode of a card, the handles of the compute instances on it, what each is. */
#include "call.h"

#include <stdio.h>

void part_uuid(const struct call *call, const struct mig_part *part, char *out, size_t size)
{
    char uuid[48];
    unsigned instance = mig_instance_of(mig_of(call), part)->id;
    if (nvml_driver()->number >= 470) {
        mig_uuid(call->node, call->gpu, instance, part->id, uuid);
        snprintf(out, size, "%s", uuid);
    } else {
        gpu_uuid(call->node, call->gpu, uuid);
        snprintf(out, size, "MIG-%s/%u/%u", uuid, instance, part->id);
    }
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMigMode(nvmlDevice_t device, unsigned *current, unsigned *pending)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMigMode, device, NEED_READING, current != NULL && pending != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!mig_capable(&call.node->profile)) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *current = mig_of(&call)->enabled;
    *pending = mig_of(&call)->pending;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxMigDeviceCount(nvmlDevice_t device, unsigned *count)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMaxMigDeviceCount, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    *count = mig_of(&call)->enabled ? MIG_MAX_PARTS : 0; /* 0 while the mode is off, nvml.h */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceIsMigDeviceHandle(nvmlDevice_t device, unsigned *is_mig)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceIsMigDeviceHandle, device, NEED_IDENTITY, is_mig != NULL);
    if (result != NVML_SUCCESS) return result;
    *is_mig = call.part != NULL;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMigDeviceHandleByIndex(nvmlDevice_t device, unsigned index, nvmlDevice_t *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMigDeviceHandleByIndex, device, NEED_READING, out != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    if (mig->enabled && index >= MIG_MAX_PARTS) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    for (unsigned i = 0; i < mig->part_count; i++) {
        if (mig->parts[i].index != index) continue;
        *out = piece_of(call.gpu, mig->parts[i].birth);
        return call_end(&call, NVML_SUCCESS);
    }
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}

/* What a MIG device alone can be asked. */
#define PART_GETTER(name, type, out, expression)                                                 \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, type *out)                                \
    {                                                                                            \
        struct call call;                                                                        \
        nvmlReturn_t result = call_part(&call, FN_##name, device, NEED_READING, out != NULL);    \
        if (result != NVML_SUCCESS) return result;                                               \
        if (call.part == NULL) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);              \
        *out = (expression);                                                                     \
        return call_end(&call, NVML_SUCCESS);                                                    \
    }

PART_GETTER(nvmlDeviceGetDeviceHandleFromMigDeviceHandle, nvmlDevice_t, parent, device_of(call.gpu))
PART_GETTER(nvmlDeviceGetGpuInstanceId, unsigned, id, call.instance->id)
PART_GETTER(nvmlDeviceGetComputeInstanceId, unsigned, id, call.part->id)

static nvmlDeviceAttributes_t attributes_of(const struct call *call)
{
    const struct mig_profile *kind = &call->node->profile.mig_profiles[call->instance->profile];
    return (nvmlDeviceAttributes_t){
        .multiprocessorCount = kind->multiprocessors * call->part->slices / kind->slices,
        .sharedCopyEngineCount = kind->copy_engines,
        .sharedDecoderCount = kind->decoders,
        .sharedEncoderCount = kind->encoders,
        .sharedJpegCount = kind->jpeg,
        .sharedOfaCount = kind->ofa,
        .gpuInstanceSliceCount = kind->slices,
        .computeInstanceSliceCount = call->part->slices,
        .memorySizeMB = whole(kind->memory / 1048576),
    };
}

PART_GETTER(nvmlDeviceGetAttributes, nvmlDeviceAttributes_t, attributes, attributes_of(&call))
PART_GETTER(nvmlDeviceGetAttributes_v2, nvmlDeviceAttributes_t, attributes, attributes_of(&call))
