/* The processes of the simulated jobs: one a GPU, or one a MIG device, while a job holds it. */
#include "call.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* Those that a handle shows: of a MIG device its own, of a card all; under MIG those are for root (nvml.h). */
static nvmlReturn_t visible(const struct call *call, struct job_process *out, unsigned *count)
{
    if (call->part == NULL && mig_of(call)->enabled && geteuid() != 0) return NVML_ERROR_NO_PERMISSION;
    unsigned found = job_processes(call->node, call->gpu, call->now, out);
    *count = found;
    if (call->part == NULL) return NVML_SUCCESS;
    *count = 0;
    for (unsigned i = 0; i < found; i++)
        if (&mig_of(call)->parts[out[i].part] == call->part) out[(*count)++] = out[i];
    return NVML_SUCCESS;
}

static nvmlProcessDetail_v1_t detail(const struct job_process *p)
{
    return (nvmlProcessDetail_v1_t){.pid = p->pid, .usedGpuMemory = p->memory, .gpuInstanceId = p->instance,
                                    .computeInstanceId = p->compute};
}

/* One shape for all lists: `stride` bytes an entry. Each older one is the beginning of the newer. */
static nvmlReturn_t list(int function, nvmlDevice_t device, bool compute, unsigned *count, void *infos, size_t stride)
{
    struct call call;
    struct job_process processes[JOB_MAX_PROCESSES];
    unsigned needed = 0;
    nvmlReturn_t result = call_part(&call, function, device, NEED_READING, count != NULL && (*count == 0 || infos != NULL));
    if (result != NVML_SUCCESS) return result;
    result = visible(&call, processes, &needed);
    if (result != NVML_SUCCESS) return call_end(&call, result);
    if (!compute) needed = 0;
    bool fits = *count >= needed;
    *count = needed;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    for (unsigned i = 0; i < needed; i++) {
        nvmlProcessDetail_v1_t entry = detail(&processes[i]);
        memcpy((char *)infos + i * stride, &entry, stride);
    }
    return call_end(&call, NVML_SUCCESS);
}

/* Drivers 535.43.02 to 535.86 wrote 32 bytes an entry behind the _v3 symbols; 535.98 took it back. */
static size_t stride_v3(void)
{
    int release = nvml_driver()->release;
    return release >= RELEASE(535, 43) && release < RELEASE(535, 98) ? sizeof(nvmlProcessDetail_v1_t) : sizeof(nvmlProcessInfo_t);
}

#define PROCESS_LIST(name, compute, type, stride)                                                 \
    NVML_EXPORT nvmlReturn_t name(nvmlDevice_t device, unsigned *count, type *infos)              \
    {                                                                                             \
        return list(FN_##name, device, compute, count, infos, stride);                            \
    }

PROCESS_LIST(nvmlDeviceGetComputeRunningProcesses, true, nvmlProcessInfo_v1_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetComputeRunningProcesses_v2, true, nvmlProcessInfo_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetComputeRunningProcesses_v3, true, void, stride_v3())
PROCESS_LIST(nvmlDeviceGetGraphicsRunningProcesses, false, nvmlProcessInfo_v1_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetGraphicsRunningProcesses_v2, false, nvmlProcessInfo_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetGraphicsRunningProcesses_v3, false, void, stride_v3())
PROCESS_LIST(nvmlDeviceGetMPSComputeRunningProcesses, false, nvmlProcessInfo_v1_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetMPSComputeRunningProcesses_v2, false, nvmlProcessInfo_t, sizeof *infos)
PROCESS_LIST(nvmlDeviceGetMPSComputeRunningProcesses_v3, false, void, stride_v3())

enum { MODE_COMPUTE, MODE_GRAPHICS, MODE_MPS, MODE_ALL };

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRunningProcessDetailList(nvmlDevice_t device, nvmlProcessDetailList_v1_t *details)
{
    struct call call;
    struct job_process processes[JOB_MAX_PROCESSES];
    unsigned needed = 0, modes = nvml_driver()->number >= 580 ? MODE_ALL : MODE_MPS; /* "all" came with nvml.h 13 */
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetRunningProcessDetailList, device, NEED_READING, details != NULL);
    if (result != NVML_SUCCESS) return result;
    if (details->version != NVML_STRUCT_VERSION(nvmlProcessDetailList_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (details->mode > modes) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    result = visible(&call, processes, &needed);
    if (result != NVML_SUCCESS) return call_end(&call, result);
    if (details->mode == MODE_GRAPHICS || details->mode == MODE_MPS) needed = 0;
    bool fits = needed == 0 || (details->numProcArrayEntries >= needed && details->procArray != NULL);
    details->numProcArrayEntries = needed;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    for (unsigned i = 0; i < needed; i++) details->procArray[i] = detail(&processes[i]);
    return call_end(&call, NVML_SUCCESS);
}

static unsigned percent(const struct call *call, int signal)
{
    return (unsigned)whole(round(gauge_now(call, signal)));
}

/* The one process of a whole card uses what the card reads. Under MIG nothing of the kind is to be had. */
static nvmlReturn_t sampled(struct call *call, uint64_t last_seen, nvmlProcessUtilizationInfo_v1_t *out, unsigned *count)
{
    struct job_process processes[JOB_MAX_PROCESSES];
    if (mig_of(call)->enabled) return NVML_ERROR_NOT_SUPPORTED;
    uint64_t now = (uint64_t)UNIX_MICROSECONDS(call);
    *count = last_seen < now ? job_processes(call->node, call->gpu, call->now, processes) : 0;
    if (*count == 0) return NVML_ERROR_NOT_FOUND;
    *out = (nvmlProcessUtilizationInfo_v1_t){
        .timeStamp = now, .pid = processes[0].pid, .smUtil = percent(call, SIGNAL_UTILIZATION_GPU),
        .memUtil = percent(call, SIGNAL_UTILIZATION_MEMORY), .encUtil = percent(call, SIGNAL_UTILIZATION_ENCODER),
        .decUtil = percent(call, SIGNAL_UTILIZATION_DECODER), .jpgUtil = percent(call, SIGNAL_UTILIZATION_JPEG),
        .ofaUtil = percent(call, SIGNAL_UTILIZATION_OFA)};
    return NVML_SUCCESS;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetProcessUtilization(nvmlDevice_t device, nvmlProcessUtilizationSample_t *samples,
                                                         unsigned *count, uint64_t last_seen)
{
    struct call call;
    nvmlProcessUtilizationInfo_v1_t now;
    unsigned needed = 0;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetProcessUtilization, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    result = sampled(&call, last_seen, &now, &needed);
    bool fits = samples != NULL && *count >= needed;
    if (result != NVML_ERROR_NOT_SUPPORTED) *count = needed;
    if (result == NVML_SUCCESS && !fits) result = NVML_ERROR_INSUFFICIENT_SIZE;
    if (result == NVML_SUCCESS)
        samples[0] = (nvmlProcessUtilizationSample_t){.pid = now.pid, .timeStamp = now.timeStamp, .smUtil = now.smUtil,
                                                      .memUtil = now.memUtil, .encUtil = now.encUtil, .decUtil = now.decUtil};
    return call_end(&call, result);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetProcessesUtilizationInfo(nvmlDevice_t device, nvmlProcessesUtilizationInfo_v1_t *info)
{
    struct call call;
    nvmlProcessUtilizationInfo_v1_t now;
    unsigned needed = 0;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetProcessesUtilizationInfo, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    if (info->version != NVML_STRUCT_VERSION(nvmlProcessesUtilizationInfo_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    result = sampled(&call, info->lastSeenTimeStamp, &now, &needed);
    bool fits = info->procUtilArray != NULL && info->processSamplesCount >= needed;
    if (result != NVML_ERROR_NOT_SUPPORTED) info->processSamplesCount = needed;
    if (result == NVML_SUCCESS && !fits) result = NVML_ERROR_INSUFFICIENT_SIZE;
    if (result == NVML_SUCCESS) {
        info->procUtilArray[0] = now;
        info->lastSeenTimeStamp = now.timeStamp;
    }
    return call_end(&call, result);
}
