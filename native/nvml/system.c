/* Versions and what concerns the node as a whole. */
#include "call.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static nvmlReturn_t driver_there(const struct call *call)
{
    return call->node->driver.loaded ? NVML_SUCCESS : NVML_ERROR_UNINITIALIZED;
}

static nvmlReturn_t system_text(int function, const char *text, char *out, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, out != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    result = driver_there(&call);
    return call_end(&call, result == NVML_SUCCESS ? copy_text(text, out, length) : result);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetDriverVersion(char *version, unsigned length)
{
    return system_text(FN_nvmlSystemGetDriverVersion, nvml_driver()->version, version, length);
}

/* The library's own version needs no initialisation; so answers the library of driver 535.261.03. */
NVML_EXPORT nvmlReturn_t nvmlSystemGetNVMLVersion(char *version, unsigned length)
{
    if (version == NULL) return NVML_ERROR_INVALID_ARGUMENT;
    return copy_text(nvml_driver()->nvml_version, version, length);
}

static nvmlReturn_t cuda_version(int function, int *version)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, version != NULL);
    if (result != NVML_SUCCESS) return result;
    *version = nvml_driver()->cuda_version;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetCudaDriverVersion(int *version)
{
    return cuda_version(FN_nvmlSystemGetCudaDriverVersion, version);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetCudaDriverVersion_v2(int *version)
{
    return cuda_version(FN_nvmlSystemGetCudaDriverVersion_v2, version);
}

/* The simulated jobs are not processes of this machine; theirs is a made-up name, others are looked up. */
NVML_EXPORT nvmlReturn_t nvmlSystemGetProcessName(unsigned pid, char *name, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetProcessName, name != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    char text[256] = "";
    struct job_process processes[JOB_MAX_PROCESSES];
    for (int gpu = 0; gpu < (int)call.node->profile.gpu_count; gpu++) {
        unsigned count = job_processes(call.node, gpu, call.now, processes);
        for (unsigned i = 0; i < count; i++)
            if (processes[i].pid == pid) snprintf(text, sizeof text, "%s", JOB_PROGRAM);
    }
    if (text[0] == '\0') {
        char path[40];
        snprintf(path, sizeof path, "/proc/%u/cmdline", pid);
        int fd = open(path, O_RDONLY | O_CLOEXEC);
        ssize_t got = fd >= 0 ? read(fd, text, sizeof text - 1) : -1;
        if (fd >= 0) close(fd);
        if (got <= 0) return call_end(&call, NVML_ERROR_NOT_FOUND);
    }
    /* Longer names are cut, nvml.h: "length" is the maximum. */
    snprintf(name, length, "%s", text);
    return call_end(&call, NVML_SUCCESS);
}

static nvmlReturn_t system_zero(int function, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, function, out != NULL);
    if (result != NVML_SUCCESS) return result;
    *out = 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlUnitGetCount(unsigned *count) { return system_zero(FN_nvmlUnitGetCount, count); }

NVML_EXPORT nvmlReturn_t nvmlGetExcludedDeviceCount(unsigned *count)
{
    return system_zero(FN_nvmlGetExcludedDeviceCount, count);
}

NVML_EXPORT nvmlReturn_t nvmlGetExcludedDeviceInfoByIndex(unsigned index, nvmlExcludedDeviceInfo_t *info)
{
    struct call call;
    (void)index; /* none is excluded */
    nvmlReturn_t result = call_system(&call, FN_nvmlGetExcludedDeviceInfoByIndex, info != NULL);
    return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_INVALID_ARGUMENT) : result;
}

/* Confidential computing is off. */
NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeState(nvmlConfComputeSystemState_t *state)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeState, state != NULL);
    if (result != NVML_SUCCESS) return result;
    *state = (nvmlConfComputeSystemState_t){0};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeCapabilities(nvmlConfComputeSystemCaps_t *capabilities)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeCapabilities, capabilities != NULL);
    if (result != NVML_SUCCESS) return result;
    *capabilities = (nvmlConfComputeSystemCaps_t){.cpuCaps = 0, .gpusCaps = 1}; /* Hopper is capable, the host is not */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeGpusReadyState(unsigned *accepting)
{
    return system_zero(FN_nvmlSystemGetConfComputeGpusReadyState, accepting);
}

NVML_EXPORT nvmlReturn_t nvmlSystemGetConfComputeSettings(nvmlSystemConfComputeSettings_v1_t *settings)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetConfComputeSettings, settings != NULL);
    if (result != NVML_SUCCESS) return result;
    if (settings->version != NVML_STRUCT_VERSION(nvmlSystemConfComputeSettings_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    *settings = (nvmlSystemConfComputeSettings_v1_t){.version = settings->version};
    return call_end(&call, NVML_SUCCESS);
}
