/* How busy the engines are. */
#include "call.h"

#include <math.h>

#define SAMPLING_PERIOD_US 167000 /* 1/6 s, the shortest window that nvml.h names */

NVML_EXPORT nvmlReturn_t nvmlDeviceGetUtilizationRates(nvmlDevice_t device, nvmlUtilization_t *rates)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetUtilizationRates, device, NEED_READING, rates != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mig_of(&call)->enabled) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nvml.h; so with all of these under MIG */
    rates->gpu = (unsigned)whole(round(gauge_now(&call, SIGNAL_UTILIZATION_GPU)));
    rates->memory = (unsigned)whole(round(gauge_now(&call, SIGNAL_UTILIZATION_MEMORY)));
    return call_end(&call, NVML_SUCCESS);
}

static nvmlReturn_t engine(int function, nvmlDevice_t device, int signal, unsigned *percent, unsigned *period)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, percent != NULL && period != NULL);
    if (result != NVML_SUCCESS) return result;
    if (mig_of(&call)->enabled) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *percent = (unsigned)whole(round(gauge_now(&call, signal)));
    *period = SAMPLING_PERIOD_US;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEncoderUtilization(nvmlDevice_t device, unsigned *percent, unsigned *period)
{
    return engine(FN_nvmlDeviceGetEncoderUtilization, device, SIGNAL_UTILIZATION_ENCODER, percent, period);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDecoderUtilization(nvmlDevice_t device, unsigned *percent, unsigned *period)
{
    return engine(FN_nvmlDeviceGetDecoderUtilization, device, SIGNAL_UTILIZATION_DECODER, percent, period);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetJpgUtilization(nvmlDevice_t device, unsigned *percent, unsigned *period)
{
    return engine(FN_nvmlDeviceGetJpgUtilization, device, SIGNAL_UTILIZATION_JPEG, percent, period);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetOfaUtilization(nvmlDevice_t device, unsigned *percent, unsigned *period)
{
    return engine(FN_nvmlDeviceGetOfaUtilization, device, SIGNAL_UTILIZATION_OFA, percent, period);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEncoderCapacity(nvmlDevice_t device, nvmlEnum type, unsigned *capacity)
{
    (void)type; /* an H100 has no NVENC */
    return not_supported(FN_nvmlDeviceGetEncoderCapacity, device, capacity != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEncoderStats(nvmlDevice_t device, unsigned *sessions, unsigned *fps, unsigned *latency)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetEncoderStats, device, NEED_READING,
                                      sessions != NULL && fps != NULL && latency != NULL);
    if (result != NVML_SUCCESS) return result;
    *sessions = *fps = *latency = 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEncoderSessions(nvmlDevice_t device, unsigned *count, void *sessions)
{
    (void)sessions;
    return read_constant(FN_nvmlDeviceGetEncoderSessions, device, NEED_READING, 0, count);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFBCStats(nvmlDevice_t device, unsigned stats[3])
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetFBCStats, device, NEED_READING, stats != NULL);
    if (result != NVML_SUCCESS) return result;
    stats[0] = stats[1] = stats[2] = 0; /* sessions, average fps, average latency: nvmlFBCStats_t */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFBCSessions(nvmlDevice_t device, unsigned *count, void *sessions)
{
    (void)sessions;
    return read_constant(FN_nvmlDeviceGetFBCSessions, device, NEED_READING, 0, count);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDynamicPstatesInfo(nvmlDevice_t device, nvmlGpuDynamicPstatesInfo_t *info)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetDynamicPstatesInfo, device, NEED_READING, info != NULL);
    if (result != NVML_SUCCESS) return result;
    *info = (nvmlGpuDynamicPstatesInfo_t){0};
    const int signals[] = {SIGNAL_UTILIZATION_GPU, SIGNAL_UTILIZATION_MEMORY}; /* domains 0 GPU, 1 frame buffer */
    for (int i = 0; i < 2; i++)
        info->utilization[i] = (nvmlGpuDynamicPstatesInfoUtilization_t){
            .bIsPresent = 1, .percentage = (unsigned)whole(round(gauge_now(&call, signals[i])))};
    return call_end(&call, NVML_SUCCESS);
}

/* nvmlSamplingType_t to a signal and a scale: 0 power (mW), 1 GPU, 2 memory, 3 encoder, 4 decoder, 5 SM and 6 memory clock. */
static int sample_signal(nvmlEnum type)
{
    static const int signals[] = {SIGNAL_POWER, SIGNAL_UTILIZATION_GPU, SIGNAL_UTILIZATION_MEMORY,
                                  SIGNAL_UTILIZATION_ENCODER, SIGNAL_UTILIZATION_DECODER, SIGNAL_CLOCK_SM,
                                  SIGNAL_CLOCK_MEMORY};
    return type < sizeof signals / sizeof *signals ? signals[type] : -1;
}

#define SAMPLE_CAPACITY 120u            /* what drivers keep of utilisation; a minute at two a second here */
#define SAMPLE_STEP (SIM_SECOND / 2)

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSamples(nvmlDevice_t device, nvmlEnum type, uint64_t last_seen, nvmlEnum *value_type,
                                              unsigned *count, nvmlSample_t *samples)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetSamples, device, NEED_READING, value_type != NULL && count != NULL);
    if (result != NVML_SUCCESS) return result;
    int signal = sample_signal(type);
    bool utilization = type >= 1 && type <= 4;
    if (signal < 0 || (utilization && mig_of(&call)->enabled)) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *value_type = NVML_VALUE_TYPE_UNSIGNED_INT;
    if (samples == NULL) {
        *count = SAMPLE_CAPACITY;
        return call_end(&call, NVML_SUCCESS);
    }
    int64_t newest = call.now / SAMPLE_STEP * SAMPLE_STEP, epoch = call.node->clock.epoch_unix_ns;
    unsigned capacity = *count < SAMPLE_CAPACITY ? *count : SAMPLE_CAPACITY, filled = 0;
    for (int64_t t = newest - (int64_t)(capacity - 1) * SAMPLE_STEP; capacity > 0 && t <= newest; t += SAMPLE_STEP) {
        uint64_t stamp = (uint64_t)((epoch + t) / 1000);
        if (t < 0 || stamp <= last_seen) continue;
        double value = gauge_value(call.node, call.gpu, signal, t) * (type == 0 ? 1000 : 1);
        samples[filled++] = (nvmlSample_t){.timeStamp = stamp, .sampleValue.uiVal = (unsigned)whole(round(value))};
    }
    *count = filled;
    return call_end(&call, filled > 0 ? NVML_SUCCESS : NVML_ERROR_NOT_FOUND);
}
