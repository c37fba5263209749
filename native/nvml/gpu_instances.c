/* GPU instances: what kinds of them a card can be cut into, and those that it is. Finding one takes root. */
#include "call.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const struct mig_profile *kind_by(const struct call *call, unsigned value, bool by_id)
{
    const struct profile *p = &call->node->profile;
    for (unsigned i = 0; i < p->mig_profile_count; i++)
        if ((by_id ? p->mig_profiles[i].id : p->mig_profiles[i].number) == value) return &p->mig_profiles[i];
    return NULL;
}

/* Profiles that came with a driver: 7 (with media engines) with 470, 9 (twice the memory) with 525; nvml.h. */
static unsigned first_driver(unsigned number)
{
    return number >= 9 ? 525 : number >= 7 ? 470 : 450;
}

/* Begins a call about a kind of instance; NOT_SUPPORTED for one that this card or this driver does not have. */
static nvmlReturn_t call_kind(struct call *call, int function, nvmlDevice_t device, unsigned value, bool by_id, bool good,
                              const struct mig_profile **kind)
{
    nvmlReturn_t result = call_device(call, function, device, NEED_READING, good);
    if (result != NVML_SUCCESS) return result;
    *kind = kind_by(call, value, by_id);
    if (*kind != NULL && first_driver((*kind)->number) <= (unsigned)nvml_driver()->number) return NVML_SUCCESS;
    return call_end(call, NVML_ERROR_NOT_SUPPORTED);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstanceProfileInfo(nvmlDevice_t device, unsigned profile, nvmlGpuInstanceProfileInfo_v1_t *info)
{
    struct call call;
    const struct mig_profile *kind;
    nvmlReturn_t result = call_kind(&call, FN_nvmlDeviceGetGpuInstanceProfileInfo, device, profile, false, info != NULL, &kind);
    if (result != NVML_SUCCESS) return result;
    *info = (nvmlGpuInstanceProfileInfo_v1_t){
        .id = kind->id, .sliceCount = kind->slices, .instanceCount = kind->count, .multiprocessorCount = kind->multiprocessors,
        .copyEngineCount = kind->copy_engines, .decoderCount = kind->decoders, .encoderCount = kind->encoders,
        .jpegCount = kind->jpeg, .ofaCount = kind->ofa, .memorySizeMB = whole(kind->memory / 1048576)};
    return call_end(&call, NVML_SUCCESS);
}

/* Versions 2 and 3 are one function; 3 came with driver 545. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstanceProfileInfoV(nvmlDevice_t device, unsigned profile, nvmlGpuInstanceProfileInfo_v2_t *info)
{
    struct call call;
    const struct mig_profile *kind;
    nvmlReturn_t result = call_kind(&call, FN_nvmlDeviceGetGpuInstanceProfileInfoV, device, profile, false, info != NULL, &kind);
    if (result != NVML_SUCCESS) return result;
    char name[32];
    snprintf(name, sizeof name, "MIG %s", kind->name);
    if (info->version == NVML_STRUCT_VERSION(nvmlGpuInstanceProfileInfo_v2_t, 2)) {
        *info = (nvmlGpuInstanceProfileInfo_v2_t){
            .version = info->version, .id = kind->id, .sliceCount = kind->slices, .instanceCount = kind->count,
            .multiprocessorCount = kind->multiprocessors, .copyEngineCount = kind->copy_engines, .decoderCount = kind->decoders,
            .encoderCount = kind->encoders, .jpegCount = kind->jpeg, .ofaCount = kind->ofa,
            .memorySizeMB = whole(kind->memory / 1048576)};
        return call_end(&call, copy_text(name, info->name, sizeof info->name));
    }
    if (info->version != NVML_STRUCT_VERSION(nvmlGpuInstanceProfileInfo_v3_t, 3) || nvml_driver()->number < 545)
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    nvmlGpuInstanceProfileInfo_v3_t *info3 = (nvmlGpuInstanceProfileInfo_v3_t *)(void *)info;
    *info3 = (nvmlGpuInstanceProfileInfo_v3_t){
        .version = info3->version, .id = kind->id, .sliceCount = kind->slices, .instanceCount = kind->count,
        .multiprocessorCount = kind->multiprocessors, .copyEngineCount = kind->copy_engines, .decoderCount = kind->decoders,
        .encoderCount = kind->encoders, .jpegCount = kind->jpeg, .ofaCount = kind->ofa,
        .memorySizeMB = whole(kind->memory / 1048576)};
    return call_end(&call, copy_text(name, info3->name, sizeof info3->name));
}

static bool is_free(const struct call *call, unsigned start, unsigned size)
{
    const struct mig_state *mig = mig_of(call);
    for (unsigned i = 0; i < mig->instance_count; i++) {
        unsigned other = mig->instances[i].start, end = other + call->node->profile.mig_profiles[mig->instances[i].profile].size;
        if (start < end && other < start + size) return false;
    }
    return true;
}

static nvmlReturn_t placements(int function, nvmlDevice_t device, unsigned profile, nvmlGpuInstancePlacement_t *out, unsigned *count)
{
    struct call call;
    const struct mig_profile *kind;
    nvmlReturn_t result = call_kind(&call, function, device, profile, true, count != NULL, &kind);
    if (result != NVML_SUCCESS) return result;
    for (unsigned i = 0; out != NULL && i < kind->start_count; i++)
        out[i] = (nvmlGpuInstancePlacement_t){.start = kind->starts[i], .size = kind->size};
    *count = kind->start_count;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstancePossiblePlacements(nvmlDevice_t device, unsigned profile,
                                                                    nvmlGpuInstancePlacement_t *out, unsigned *count)
{
    return placements(FN_nvmlDeviceGetGpuInstancePossiblePlacements, device, profile, out, count);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstancePossiblePlacements_v2(nvmlDevice_t device, unsigned profile,
                                                                       nvmlGpuInstancePlacement_t *out, unsigned *count)
{
    return placements(FN_nvmlDeviceGetGpuInstancePossiblePlacements_v2, device, profile, out, count);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstanceRemainingCapacity(nvmlDevice_t device, unsigned profile, unsigned *count)
{
    struct call call;
    const struct mig_profile *kind;
    nvmlReturn_t result = call_kind(&call, FN_nvmlDeviceGetGpuInstanceRemainingCapacity, device, profile, true, count != NULL, &kind);
    if (result != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    unsigned free_places = 0, made = 0;
    for (unsigned i = 0; mig->enabled && i < kind->start_count; i++) free_places += is_free(&call, kind->starts[i], kind->size);
    for (unsigned i = 0; i < mig->instance_count; i++)
        made += &call.node->profile.mig_profiles[mig->instances[i].profile] == kind;
    *count = free_places < kind->count - made ? free_places : kind->count - made;
    return call_end(&call, NVML_SUCCESS);
}

static nvmlReturn_t privileged(struct call *call)
{
    if (geteuid() != 0) return call_end(call, NVML_ERROR_NO_PERMISSION);
    return mig_of(call)->enabled ? NVML_SUCCESS : call_end(call, NVML_ERROR_NOT_SUPPORTED);
}

/* The array has no size of its own: the caller made it for the profile's instanceCount. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstances(nvmlDevice_t device, unsigned profile, nvmlGpuInstance_t *out, unsigned *count)
{
    struct call call;
    const struct mig_profile *kind;
    nvmlReturn_t result = call_kind(&call, FN_nvmlDeviceGetGpuInstances, device, profile, true, out != NULL && count != NULL, &kind);
    if (result != NVML_SUCCESS || (result = privileged(&call)) != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    *count = 0;
    for (unsigned i = 0; i < mig->instance_count; i++)
        if (&call.node->profile.mig_profiles[mig->instances[i].profile] == kind)
            out[(*count)++] = piece_of(call.gpu, mig->instances[i].birth);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuInstanceById(nvmlDevice_t device, unsigned id, nvmlGpuInstance_t *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetGpuInstanceById, device, NEED_READING, out != NULL);
    if (result != NVML_SUCCESS || (result = privileged(&call)) != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    for (unsigned i = 0; i < mig->instance_count; i++) {
        if (mig->instances[i].id != id) continue;
        *out = piece_of(call.gpu, mig->instances[i].birth);
        return call_end(&call, NVML_SUCCESS);
    }
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetInfo(nvmlGpuInstance_t handle, nvmlGpuInstanceInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = call_instance(&call, FN_nvmlGpuInstanceGetInfo, handle, false, info != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct mig_profile *kind = &call.node->profile.mig_profiles[call.instance->profile];
    *info = (nvmlGpuInstanceInfo_t){.device = device_of(call.gpu), .id = call.instance->id, .profileId = kind->id,
                                    .placement = {.start = call.instance->start, .size = kind->size}};
    return call_end(&call, NVML_SUCCESS);
}
