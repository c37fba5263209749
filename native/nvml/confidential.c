/* Confidential computing, off until a scenario has it on (`confidential set 1`), and the encryption of memory. */
#include "call.h"

#define ARCHITECTURE_HOPPER 9
#define ARCHITECTURE_BLACKWELL 10
#define ENVIRONMENT_PRODUCTION 2 /* NVML_CC_SYSTEM_ENVIRONMENT_PROD */
#define CPU_INTEL_TDX 2          /* NVML_CC_SYSTEM_CPU_CAPS_INTEL_TDX; own choice */
#define PROTECTED_PCIE 1         /* NVML_CC_SYSTEM_MULTIGPU_PROTECTED_PCIE */

/* The feature is of the node: its first card stands for all. */
static bool is_on(const struct call *call)
{
    return gauge_value(call->node, 0, SIGNAL_CONFIDENTIAL, call->now) > 0;
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeState(nvmlConfComputeSystemState_t *state)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeState, state != NULL);
    if (result != NVML_SUCCESS) return result;
    *state = (nvmlConfComputeSystemState_t){.environment = is_on(&call) ? ENVIRONMENT_PRODUCTION : 0, .ccFeature = is_on(&call)};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeCapabilities(nvmlConfComputeSystemCaps_t *capabilities)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeCapabilities, capabilities != NULL);
    if (result != NVML_SUCCESS) return result;
    *capabilities = (nvmlConfComputeSystemCaps_t){ /* cards from Hopper on are capable, the host where it is on */
        .cpuCaps = is_on(&call) ? CPU_INTEL_TDX : 0, .gpusCaps = call.node->profile.architecture >= ARCHITECTURE_HOPPER};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeGpusReadyState(unsigned *accepting)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeGpusReadyState, accepting != NULL);
    if (result != NVML_SUCCESS) return result;
    *accepting = is_on(&call) && gauge_value(call.node, 0, SIGNAL_CONFIDENTIAL_READY, call.now) > 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeSettings(nvmlSystemConfComputeSettings_v1_t *settings)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeSettings, settings != NULL);
    if (result != NVML_SUCCESS) return result;
    if (settings->version != NVML_STRUCT_VERSION(nvmlSystemConfComputeSettings_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    *settings = (nvmlSystemConfComputeSettings_v1_t){.version = settings->version};
    if (is_on(&call)) {
        settings->environment = ENVIRONMENT_PRODUCTION;
        settings->ccFeature = 1;
        settings->multiGpuMode = PROTECTED_PCIE;
    }
    return call_end(&call, NVML_SUCCESS);
}

/* All memory is unprotected while the feature is off, and protected while it is on. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetConfComputeMemSizeInfo(nvmlDevice_t device, nvmlConfComputeMemSizeInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetConfComputeMemSizeInfo, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct profile *p = &call.node->profile;
    if (p->architecture < ARCHITECTURE_HOPPER) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    uint64_t all = whole(p->memory_total / 1024);
    *info = is_on(&call) ? (nvmlConfComputeMemSizeInfo_t){.protectedMemSizeKib = all}
                         : (nvmlConfComputeMemSizeInfo_t){.unprotectedMemSizeKib = all};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetConfComputeProtectedMemoryUsage(nvmlDevice_t device, nvmlMemory_t *memory)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetConfComputeProtectedMemoryUsage, device, NEED_READING, memory != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.architecture < ARCHITECTURE_HOPPER) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *memory = (nvmlMemory_t){0};
    if (is_on(&call)) {
        memory->total = whole(call.node->profile.memory_total);
        memory->used = whole(gauge_now(&call, SIGNAL_MEMORY_USED));
        memory->free = memory->total - memory->used;
    }
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDramEncryptionMode(nvmlDevice_t device, nvmlDramEncryptionInfo_v1_t *current,
                                                         nvmlDramEncryptionInfo_v1_t *pending)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetDramEncryptionMode, device, NEED_READING,
                                      current != NULL && pending != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned version = NVML_STRUCT_VERSION(nvmlDramEncryptionInfo_v1_t, 1);
    if (current->version != version || pending->version != version)
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.architecture < ARCHITECTURE_BLACKWELL) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    current->encryptionState = pending->encryptionState = 0; /* capable, disabled */
    return call_end(&call, NVML_SUCCESS);
}
