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

/* The branch as NVIDIA names its release lines. */
NVML_EXPORT nvmlReturn_t nvmlSystemGetDriverBranch(nvmlSystemDriverBranchInfo_v1_t *info, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetDriverBranch, info != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    if (info->version != NVML_STRUCT_VERSION(nvmlSystemDriverBranchInfo_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    result = driver_there(&call);
    if (result != NVML_SUCCESS) return call_end(&call, result);
    char branch[16];
    snprintf(branch, sizeof branch, "r%d_00", nvml_driver()->number);
    return call_end(&call, copy_text(branch, info->branch, length < sizeof info->branch ? length : sizeof info->branch));
}

/* No error record is ever written here: the walk over them is at its end at once. */
NVML_EXPORT nvmlReturn_t nvmlSystemGetCPER_v1(nvmlGetCPER_v1_t *cper)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlSystemGetCPER_v1, cper != NULL);
    if (result != NVML_SUCCESS) return result;
    if (geteuid() != 0) return call_end(&call, NVML_ERROR_NO_PERMISSION);
    cper->bufferSize = 0;
    return call_end(&call, NVML_SUCCESS);
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

NVML_EXPORT nvmlReturn_t nvmlUnitGetCount(unsigned *count)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlUnitGetCount, count != NULL);
    if (result != NVML_SUCCESS) return result;
    *count = 0;
    return call_end(&call, NVML_SUCCESS);
}

/* The GPU that is the `index`-th of those that the driver leaves alone; -1 and their number when there are not so many. */
static int excluded_gpu(const struct sim_node *node, unsigned index, unsigned *count)
{
    *count = 0;
    for (int gpu = 0; gpu < (int)node->profile.gpu_count; gpu++)
        if (gpu_is_excluded(node, gpu) && (*count)++ == index) return gpu;
    return -1;
}

NVML_EXPORT nvmlReturn_t nvmlGetExcludedDeviceCount(unsigned *count)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlGetExcludedDeviceCount, count != NULL);
    if (result != NVML_SUCCESS) return result;
    (void)excluded_gpu(call.node, SIM_MAX_GPUS, count);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGetExcludedDeviceInfoByIndex(unsigned index, nvmlExcludedDeviceInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlGetExcludedDeviceInfoByIndex, info != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned count;
    call.gpu = excluded_gpu(call.node, index, &count);
    if (call.gpu < 0) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    *info = (nvmlExcludedDeviceInfo_t){0};
    fill_pci(&call, &info->pciInfo);
    char uuid[48];
    gpu_uuid(call.node, call.gpu, uuid);
    return call_end(&call, copy_text(uuid, info->uuid, sizeof info->uuid));
}
