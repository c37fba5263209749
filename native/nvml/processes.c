/* The processes of the simulated jobs: one a GPU while a job holds it. */
#include "call.h"

#include <string.h>

#define NO_INSTANCE 0xFFFFFFFFu
#define CONTEXT_OVERHEAD 524288000ull /* 500 MiB that the process list does not show: own choice */

struct process {
    unsigned pid;
    uint64_t memory;
};

static bool job_process(const struct call *call, struct process *out)
{
    out->pid = job_pid(call->node, call->gpu, call->now);
    if (out->pid == 0) return false;
    uint64_t used = whole(gauge_now(call, SIGNAL_MEMORY_USED));
    out->memory = used > CONTEXT_OVERHEAD ? used - CONTEXT_OVERHEAD : used;
    return true;
}

/* One shape for all lists: `stride` bytes an entry, with or without the instance ids. */
static nvmlReturn_t list(int function, nvmlDevice_t device, bool compute, unsigned *count, void *infos, size_t stride)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, count != NULL && (*count == 0 || infos != NULL));
    if (result != NVML_SUCCESS) return result;
    struct process process;
    unsigned needed = compute && job_process(&call, &process) ? 1 : 0;
    bool fits = *count >= needed;
    *count = needed;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    if (needed == 1) {
        nvmlProcessInfo_t entry = {.pid = process.pid, .usedGpuMemory = process.memory, .gpuInstanceId = NO_INSTANCE,
                                   .computeInstanceId = NO_INSTANCE};
        memset(infos, 0, stride);
        memcpy(infos, &entry, stride < sizeof entry ? stride : sizeof entry); /* the first version is the beginning of the second */
    }
    return call_end(&call, NVML_SUCCESS);
}

/* Drivers 535.43.02 to 535.86 wrote protected memory behind each entry of `_v3`: 32 bytes, a layout that 535.98 took back. */
static size_t stride_v3(void)
{
    int release = nvml_driver()->release;
    return release >= RELEASE(535, 43) && release < RELEASE(535, 98) ? sizeof(nvmlProcessDetail_v1_t) : sizeof(nvmlProcessInfo_t);
}

#define PROCESS_LIST_OF(name, compute, type, stride)                                              \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, unsigned *count, type *infos)              \
    {                                                                                             \
        return list(FN_##name, device, compute, count, infos, stride);                            \
    }
#define PROCESS_LIST(name, compute, type) PROCESS_LIST_OF(name, compute, type, sizeof(type))
#define PROCESS_LIST_V3(name, compute) PROCESS_LIST_OF(name, compute, nvmlProcessInfo_t, stride_v3())

PROCESS_LIST(nvmlDeviceGetComputeRunningProcesses, true, nvmlProcessInfo_v1_t)
PROCESS_LIST(nvmlDeviceGetComputeRunningProcesses_v2, true, nvmlProcessInfo_t)
PROCESS_LIST_V3(nvmlDeviceGetComputeRunningProcesses_v3, true)
PROCESS_LIST(nvmlDeviceGetGraphicsRunningProcesses, false, nvmlProcessInfo_v1_t)
PROCESS_LIST(nvmlDeviceGetGraphicsRunningProcesses_v2, false, nvmlProcessInfo_t)
PROCESS_LIST_V3(nvmlDeviceGetGraphicsRunningProcesses_v3, false)
PROCESS_LIST(nvmlDeviceGetMPSComputeRunningProcesses, false, nvmlProcessInfo_v1_t)
PROCESS_LIST(nvmlDeviceGetMPSComputeRunningProcesses_v2, false, nvmlProcessInfo_t)
PROCESS_LIST_V3(nvmlDeviceGetMPSComputeRunningProcesses_v3, false)

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRunningProcessDetailList(nvmlDevice_t device, nvmlProcessDetailList_v1_t *details)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRunningProcessDetailList, device, NEED_READING, details != NULL);
    if (result != NVML_SUCCESS) return result;
    if (details->version != NVML_STRUCT_VERSION(nvmlProcessDetailList_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (details->mode > 2) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    struct process process;
    unsigned needed = details->mode == 0 && job_process(&call, &process) ? 1 : 0;
    bool fits = needed == 0 || (details->numProcArrayEntries >= needed && details->procArray != NULL);
    details->numProcArrayEntries = needed;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    if (needed == 1)
        details->procArray[0] = (nvmlProcessDetail_v1_t){.pid = process.pid, .usedGpuMemory = process.memory,
                                                         .gpuInstanceId = NO_INSTANCE, .computeInstanceId = NO_INSTANCE};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetProcessUtilization(nvmlDevice_t device, nvmlProcessUtilizationSample_t *samples,
                                                         unsigned *count, uint64_t last_seen)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetProcessUtilization, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    struct process process;
    uint64_t now = (uint64_t)UNIX_MICROSECONDS(&call);
    unsigned needed = job_process(&call, &process) && last_seen < now ? 1 : 0;
    bool fits = samples != NULL && *count >= needed;
    *count = needed;
    if (needed == 0) return call_end(&call, NVML_ERROR_NOT_FOUND);
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    samples[0] = (nvmlProcessUtilizationSample_t){.pid = process.pid, .timeStamp = now,
                                                  .smUtil = (unsigned)whole(gauge_now(&call, SIGNAL_UTILIZATION_GPU)),
                                                  .memUtil = (unsigned)whole(gauge_now(&call, SIGNAL_UTILIZATION_MEMORY))};
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingMode(nvmlDevice_t device, nvmlEnum *mode)
{
    return read_constant(FN_nvmlDeviceGetAccountingMode, device, NEED_READING, 0, mode);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingBufferSize(nvmlDevice_t device, unsigned *size)
{
    return read_constant(FN_nvmlDeviceGetAccountingBufferSize, device, NEED_READING, 4000, size); /* as printed by nvidia-smi -q */
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingPids(nvmlDevice_t device, unsigned *count, unsigned *pids)
{
    (void)pids;
    return read_constant(FN_nvmlDeviceGetAccountingPids, device, NEED_READING, 0, count);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingStats(nvmlDevice_t device, unsigned pid, nvmlAccountingStats_t *stats)
{
    struct call call;
    (void)pid;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetAccountingStats, device, NEED_READING, stats != NULL);
    return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_NOT_FOUND) : result;
}
