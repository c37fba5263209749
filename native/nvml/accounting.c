/* Accounting: what the driver remembers of each process while a scenario has it on (`accounting set 1`). */
#include "call.h"

#include <math.h>

#define BUFFER_SIZE 4000u /* processes, as printed by nvidia-smi -q */
#define REMEMBERED 64u    /* jobs looked back for: more than two days of the profiles' slots; own choice */

struct account {
    struct job_process process;
    int64_t end;        /* SIM_FOREVER while it runs */
    double level;       /* of its work, in the utilisation model */
};

/* Jobs of this card since accounting counts, newest first. */
static unsigned accounts(const struct call *call, struct account *out)
{
    const struct sim_node *node = call->node;
    int64_t since = node->gpus[call->gpu].counting_since, t = call->now;
    unsigned count = 0;
    while (count < REMEMBERED && t >= since) {
        struct job_process processes[JOB_MAX_PROCESSES];
        struct phase phase = phase_at(node, call->gpu, t);
        int64_t begin = phase.job >= 0 ? phase.job_start : phase.start;
        bool on = gauge_value(node, call->gpu, SIGNAL_ACCOUNTING, t) > 0;
        if (phase.job >= 0 && on && job_processes(node, call->gpu, t, processes) == 1)
            out[count++] = (struct account){.process = processes[0], .end = t == call->now ? SIM_FOREVER : t + 1,
                                            .level = phase.job_level};
        t = begin - 1;
    }
    return count;
}

/* Begins a call that wants accounting to be on; it is kept for whole cards alone. */
static nvmlReturn_t call_accounting(struct call *call, int function, nvmlDevice_t device, bool good)
{
    nvmlReturn_t result = call_device(call, function, device, NEED_READING, good);
    if (result != NVML_SUCCESS) return result;
    bool on = gauge_now(call, SIGNAL_ACCOUNTING) > 0 && !mig_of(call)->enabled;
    return on ? NVML_SUCCESS : call_end(call, NVML_ERROR_NOT_SUPPORTED);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingMode(nvmlDevice_t device, nvmlEnum *mode)
{
    return read_gauge(FN_nvmlDeviceGetAccountingMode, device, SIGNAL_ACCOUNTING, 1, mode);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingBufferSize(nvmlDevice_t device, unsigned *size)
{
    return read_constant(FN_nvmlDeviceGetAccountingBufferSize, device, NEED_READING, BUFFER_SIZE, size);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingPids(nvmlDevice_t device, unsigned *count, unsigned *pids)
{
    struct call call;
    struct account found[REMEMBERED];
    nvmlReturn_t result = call_accounting(&call, FN_nvmlDeviceGetAccountingPids, device, count != NULL && (*count == 0 || pids != NULL));
    if (result != NVML_SUCCESS) return result;
    unsigned needed = accounts(&call, found);
    bool fits = *count >= needed;
    *count = needed;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    for (unsigned i = 0; i < needed; i++) pids[i] = found[needed - 1 - i].process.pid; /* oldest first */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAccountingStats(nvmlDevice_t device, unsigned pid, nvmlAccountingStats_t *stats)
{
    struct call call;
    struct account found[REMEMBERED];
    nvmlReturn_t result = call_accounting(&call, FN_nvmlDeviceGetAccountingStats, device, stats != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned count = accounts(&call, found);
    for (unsigned i = 0; i < count; i++) {
        const struct account *a = &found[i];
        if (a->process.pid != pid) continue;
        bool running = a->end == SIM_FOREVER;
        double utilization = quantile_at(&call.node->profile.utilization, a->level);
        *stats = (nvmlAccountingStats_t){
            .gpuUtilization = (unsigned)whole(round(utilization)), .memoryUtilization = (unsigned)whole(round(utilization * 0.45)),
            .maxMemoryUsage = a->process.memory, .time = running ? 0 : (uint64_t)((a->end - a->process.since) / 1000000),
            .startTime = (uint64_t)((call.node->clock.epoch_unix_ns + a->process.since) / 1000), .isRunning = running};
        return call_end(&call, NVML_SUCCESS);
    }
    return call_end(&call, NVML_ERROR_NOT_FOUND);
}
