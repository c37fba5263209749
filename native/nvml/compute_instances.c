/* Compute instances: how a GPU instance can be divided, and how it is. */
#include "call.h"

#include <stdio.h>
#include <string.h>

/* NVML_COMPUTE_INSTANCE_PROFILE_* are numbered by slices, with a gap: 0 to 3 for 1 to 4 slices, 4 for 7, 6 for 6. The ids
 * are the same numbers, as nvidia-smi mig -lcip prints them. */
static unsigned slices_of(unsigned profile)
{
    static const unsigned slices[] = {1, 2, 3, 4, 7, 8, 6};
    return profile < sizeof slices / sizeof *slices ? slices[profile] : 0;
}

static unsigned profile_of(unsigned slices)
{
    for (unsigned profile = 0; profile < 7; profile++)
        if (slices_of(profile) == slices) return profile;
    return 0;
}

static const struct mig_profile *kind_of(const struct call *call)
{
    return &call->node->profile.mig_profiles[call->instance->profile];
}

static unsigned position_of(const struct call *call)
{
    return (unsigned)(call->instance - mig_of(call)->instances);
}

/* Begins a call about a division of the instance; NOT_SUPPORTED for one that it is too small for. Engines are shared alone. */
static nvmlReturn_t call_division(struct call *call, int function, nvmlGpuInstance_t handle, unsigned profile, unsigned engines,
                                  bool good)
{
    nvmlReturn_t result = call_instance(call, function, handle, false, good);
    if (result != NVML_SUCCESS) return result;
    unsigned slices = slices_of(profile), whole_instance = kind_of(call)->slices;
    /* 3g: 1c, 2c and whole; 4g: the same; 7g: 1c to 4c and whole (MIG user guide). */
    bool listed = slices == whole_instance || slices <= 2 || (whole_instance == 7 && slices <= 4);
    bool possible = slices > 0 && slices <= whole_instance && engines == 0 && listed;
    return possible ? NVML_SUCCESS : call_end(call, NVML_ERROR_NOT_SUPPORTED);
}

static nvmlComputeInstanceProfileInfo_v1_t describe(const struct call *call, unsigned profile)
{
    const struct mig_profile *kind = kind_of(call);
    unsigned slices = slices_of(profile);
    return (nvmlComputeInstanceProfileInfo_v1_t){
        .id = profile, .sliceCount = slices, .instanceCount = kind->slices / slices,
        .multiprocessorCount = kind->multiprocessors * slices / kind->slices, .sharedCopyEngineCount = kind->copy_engines,
        .sharedDecoderCount = kind->decoders, .sharedEncoderCount = kind->encoders, .sharedJpegCount = kind->jpeg,
        .sharedOfaCount = kind->ofa};
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstanceProfileInfo(nvmlGpuInstance_t handle, unsigned profile, unsigned engines,
                                                                      nvmlComputeInstanceProfileInfo_v1_t *info)
{
    struct call call;
    nvmlReturn_t result =
        call_division(&call, FN_nvmlGpuInstanceGetComputeInstanceProfileInfo, handle, profile, engines, info != NULL);
    if (result != NVML_SUCCESS) return result;
    *info = describe(&call, profile);
    return call_end(&call, NVML_SUCCESS);
}

/* Versions 2 and 3 begin alike; 3, which came with driver 545, has one number more at its end. */
NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstanceProfileInfoV(nvmlGpuInstance_t handle, unsigned profile, unsigned engines,
                                                                       nvmlComputeInstanceProfileInfo_v2_t *info)
{
    struct call call;
    nvmlReturn_t result =
        call_division(&call, FN_nvmlGpuInstanceGetComputeInstanceProfileInfoV, handle, profile, engines, info != NULL);
    if (result != NVML_SUCCESS) return result;
    bool third = info->version == NVML_STRUCT_VERSION(nvmlComputeInstanceProfileInfo_v3_t, 3) && nvml_driver()->number >= 545;
    if (!third && info->version != NVML_STRUCT_VERSION(nvmlComputeInstanceProfileInfo_v2_t, 2))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    nvmlComputeInstanceProfileInfo_v1_t plain = describe(&call, profile);
    memcpy(&info->id, &plain, sizeof plain); /* the same nine numbers, behind the version */
    if (third) ((nvmlComputeInstanceProfileInfo_v3_t *)(void *)info)->capabilities = 0;
    const struct mig_profile *kind = kind_of(&call);
    if (plain.sliceCount == kind->slices) snprintf(info->name, sizeof info->name, "MIG %s", kind->name);
    else snprintf(info->name, sizeof info->name, "MIG %uc.%s", plain.sliceCount, kind->name);
    return call_end(&call, NVML_SUCCESS);
}

static bool is_free(const struct call *call, unsigned start, unsigned slices)
{
    const struct mig_state *mig = mig_of(call);
    for (unsigned i = 0; i < mig->part_count; i++) {
        const struct mig_part *part = &mig->parts[i];
        if (part->instance == position_of(call) && start < part->start + part->slices && part->start < start + slices) return false;
    }
    return true;
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstancePossiblePlacements(nvmlGpuInstance_t handle, unsigned profile,
                                                                             nvmlComputeInstancePlacement_t *out, unsigned *count)
{
    struct call call;
    nvmlReturn_t result =
        call_division(&call, FN_nvmlGpuInstanceGetComputeInstancePossiblePlacements, handle, profile, 0, count != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned slices = slices_of(profile), found = kind_of(&call)->slices / slices;
    for (unsigned i = 0; out != NULL && i < found; i++)
        out[i] = (nvmlComputeInstancePlacement_t){.start = i * slices, .size = slices};
    *count = found;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstanceRemainingCapacity(nvmlGpuInstance_t handle, unsigned profile, unsigned *count)
{
    struct call call;
    nvmlReturn_t result =
        call_division(&call, FN_nvmlGpuInstanceGetComputeInstanceRemainingCapacity, handle, profile, 0, count != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned slices = slices_of(profile);
    *count = 0;
    for (unsigned start = 0; start + slices <= kind_of(&call)->slices; start += slices) *count += is_free(&call, start, slices);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstances(nvmlGpuInstance_t handle, unsigned profile, nvmlComputeInstance_t *out,
                                                            unsigned *count)
{
    struct call call;
    nvmlReturn_t result =
        call_division(&call, FN_nvmlGpuInstanceGetComputeInstances, handle, profile, 0, out != NULL && count != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    *count = 0;
    for (unsigned i = 0; i < mig->part_count; i++)
        if (mig->parts[i].instance == position_of(&call) && mig->parts[i].slices == slices_of(profile))
            out[(*count)++] = piece_of(call.gpu, mig->parts[i].birth);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpuInstanceGetComputeInstanceById(nvmlGpuInstance_t handle, unsigned id, nvmlComputeInstance_t *out)
{
    struct call call;
    nvmlReturn_t result = call_instance(&call, FN_nvmlGpuInstanceGetComputeInstanceById, handle, false, out != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    for (unsigned i = 0; i < mig->part_count; i++) {
        if (mig->parts[i].instance != position_of(&call) || mig->parts[i].id != id) continue;
        *out = piece_of(call.gpu, mig->parts[i].birth);
        return call_end(&call, NVML_SUCCESS);
    }
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}

static nvmlReturn_t read_info(int function, nvmlComputeInstance_t handle, nvmlComputeInstanceInfo_t *info, bool good)
{
    struct call call;
    nvmlReturn_t result = call_instance(&call, function, handle, true, good);
    if (result != NVML_SUCCESS) return result;
    *info = (nvmlComputeInstanceInfo_t){.device = device_of(call.gpu), .gpuInstance = piece_of(call.gpu, call.instance->birth),
                                        .id = call.part->id, .profileId = profile_of(call.part->slices),
                                        .placement = {.start = call.part->start, .size = call.part->slices}};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlComputeInstanceGetInfo_v2(nvmlComputeInstance_t handle, nvmlComputeInstanceInfo_t *info)
{
    return read_info(FN_nvmlComputeInstanceGetInfo_v2, handle, info, info != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlComputeInstanceGetInfo(nvmlComputeInstance_t handle, nvmlComputeInstanceInfo_v1_t *info)
{
    nvmlComputeInstanceInfo_t now;
    nvmlReturn_t result = read_info(FN_nvmlComputeInstanceGetInfo, handle, &now, info != NULL);
    if (result == NVML_SUCCESS) memcpy(info, &now, sizeof *info); /* without the placement */
    return result;
}
