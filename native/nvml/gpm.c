/* GPU performance metrics: two samples of a card's or an instance's counters, and what happened between them. */
#include "call.h"

#include <stdlib.h>
#include <string.h>

#define GPM_FIRST_CUDA_MAJOR 9 /* Hopper and newer, nvml.h */
#define GPM_VERSION 1          /* GPM counts its structures plainly */
#define SHORTEST (100 * INT64_C(1000000)) /* ns between two samples, nvml.h: "at least 100 ms" */
#define MEBIBYTE 1048576.0
#define WHOLE_CARD NO_MIG_INSTANCE

struct nvml_gpm_sample {
    int gpu; /* -1 before the first nvmlGpmSampleGet */
    unsigned instance;
    int64_t at;
};

enum metric_source {
    LEVEL,    /* percent or MiB/s: the mean of the signal between the samples */
    LINK_SUM, /* MiB/s of all links, field `what` */
    LINK_ONE, /* MiB/s of link `link` */
};

struct metric {
    unsigned id;
    int first_driver;
    enum metric_source source;
    int what, link;
    const char *short_name, *long_name, *unit;
};

static const struct metric metrics[] = {
    {1, 520, LEVEL, 0, 0, "Graphics Util", "Graphics Utilization", "%"},
    {2, 520, LEVEL, 0, 0, "SM Util", "SM Utilization", "%"},
    {3, 520, LEVEL, 0, 0, "SM Occupancy", "SM Occupancy", "%"},
    {4, 520, LEVEL, 0, 0, "Int Util", "Integer Utilization", "%"},
    {5, 520, LEVEL, 0, 0, "Tensor Util", "Any Tensor Utilization", "%"},
    {6, 520, LEVEL, 0, 0, "DFMA Util", "DFMA Tensor Utilization", "%"},
    {7, 520, LEVEL, 0, 0, "HMMA Util", "HMMA Tensor Utilization", "%"},
    {8, 520, LEVEL, 0, 0, "DMMA Util", "DMMA Tensor Utilization", "%"},
    {9, 520, LEVEL, 0, 0, "IMMA Util", "IMMA Tensor Utilization", "%"},
    {10, 520, LEVEL, 0, 0, "DRAM BW Util", "DRAM Bandwidth Utilization", "%"},
    {11, 520, LEVEL, 0, 0, "FP64 Util", "FP64 Utilization", "%"},
    {12, 520, LEVEL, 0, 0, "FP32 Util", "FP32 Utilization", "%"},
    {13, 520, LEVEL, 0, 0, "FP16 Util", "FP16 Utilization", "%"},
    {20, 520, LEVEL, 0, 0, "PCIe TX/sec", "PCIe Transmit Per Second", "MiB/s"},
    {21, 520, LEVEL, 0, 0, "PCIe RX/sec", "PCIe Receive Per Second", "MiB/s"},
    {60, 520, LINK_SUM, LINK_RX, 0, "NVLink RX/sec", "NVLink Receive Per Second", "MiB/s"},
    {61, 520, LINK_SUM, LINK_TX, 0, "NVLink TX/sec", "NVLink Transmit Per Second", "MiB/s"},
};

/* Metrics that come in rows, nvml.h: decoders, JPEG and optical flow engines and each link's two directions; C2C links, caches,
 * encoders and context switches with 575; links 18 to 35 and raw cycles with 595. */
static bool row_metric(unsigned id, struct metric *out)
{
    bool link = id >= 62 && id <= 97, receives = id % 2 == 0, c2c = id >= 100 && id <= 159;
    bool engine = (id >= 30 && id <= 37) || (id >= 40 && id <= 47) || id == 50 || id == 51 || (id >= 166 && id <= 169);
    *out = (struct metric){.id = id, .first_driver = id >= 210 ? 595 : id >= 98 ? 575 : 520, .source = link ? LINK_ONE : LEVEL,
                           .what = receives ? LINK_RX : LINK_TX, .link = ((int)id - 62) / 2};
    out->unit = engine ? "%" : link || c2c ? "MiB/s" : "";
    out->short_name = engine ? "Engine Util" : link ? (receives ? "NVLink RX/sec" : "NVLink TX/sec") : "";
    out->long_name = engine ? "Engine Utilization"
                     : link ? (receives ? "NVLink Receive Per Second" : "NVLink Transmit Per Second") : "";
    return engine || link || (id >= 100 && id <= 332);
}

static bool find_metric(unsigned id, struct metric *out)
{
    for (size_t i = 0; i < sizeof metrics / sizeof *metrics; i++) {
        if (metrics[i].id != id) continue;
        *out = metrics[i];
        return true;
    }
    return row_metric(id, out);
}

static bool supported(const struct call *call)
{
    return call->node->profile.cuda_major >= GPM_FIRST_CUDA_MAJOR;
}

NVML_EXPORT nvmlReturn_t nvmlGpmQueryDeviceSupport(nvmlDevice_t device, nvmlGpmSupport_t *support)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlGpmQueryDeviceSupport, device, NEED_READING, support != NULL);
    if (result != NVML_SUCCESS) return result;
    if (support->version != GPM_VERSION) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    support->isSupportedDevice = supported(&call);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpmQueryIfStreamingEnabled(nvmlDevice_t device, unsigned *state)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlGpmQueryIfStreamingEnabled, device, NEED_READING, state != NULL);
    if (result != NVML_SUCCESS) return result;
    if (!supported(&call)) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *state = 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpmSampleAlloc(nvmlGpmSample_t *sample)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlGpmSampleAlloc, sample != NULL);
    if (result != NVML_SUCCESS) return result;
    *sample = calloc(1, sizeof **sample);
    if (*sample == NULL) return call_end(&call, NVML_ERROR_UNKNOWN);
    (*sample)->gpu = -1;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpmSampleFree(nvmlGpmSample_t sample)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlGpmSampleFree, sample != NULL);
    if (result != NVML_SUCCESS) return result;
    free(sample);
    return call_end(&call, NVML_SUCCESS);
}

static nvmlReturn_t take(struct call *call, unsigned instance, nvmlGpmSample_t sample)
{
    if (!supported(call)) return call_end(call, NVML_ERROR_NOT_SUPPORTED);
    *sample = (struct nvml_gpm_sample){.gpu = call->gpu, .instance = instance, .at = call->now};
    return call_end(call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlGpmSampleGet(nvmlDevice_t device, nvmlGpmSample_t sample)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlGpmSampleGet, device, NEED_READING, sample != NULL);
    return result == NVML_SUCCESS ? take(&call, WHOLE_CARD, sample) : result;
}

NVML_EXPORT nvmlReturn_t nvmlGpmMigSampleGet(nvmlDevice_t device, unsigned instance, nvmlGpmSample_t sample)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlGpmMigSampleGet, device, NEED_READING, sample != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct mig_state *mig = mig_of(&call);
    for (unsigned i = 0; i < mig->instance_count; i++)
        if (mig->instances[i].id == instance) return take(&call, instance, sample);
    return call_end(&call, supported(&call) ? NVML_ERROR_INVALID_ARGUMENT : NVML_ERROR_NOT_SUPPORTED);
}

/* The mean of a level between the samples, from eight points; the model's own values, so that all ways of asking agree. */
static double mean(const struct sim_node *node, int gpu, int signal, int64_t from, int64_t to)
{
    double sum = 0;
    for (int i = 0; i < 8; i++) sum += gauge_value(node, gpu, signal, from + (to - from) * (2 * i + 1) / 16);
    return sum / 8;
}

/* Counters of links are KiB. A reset between the samples makes no rate. */
static double link_rate(struct sim_node *node, int gpu, int link, int field, int64_t from, int64_t to)
{
    int signal = signal_of_link(link, (enum link_field)field);
    double bytes = (counter_value(node, gpu, signal, to) - counter_value(node, gpu, signal, from)) * 1024;
    return bytes > 0 ? bytes / MEBIBYTE / ((double)(to - from) / 1e9) : 0;
}

/* Engines are an instance's own; links, slot and caches belong to the card. */
static bool of_instances(unsigned id)
{
    return id < 20 || (id >= 30 && id <= 51) || (id >= 166 && id <= 209);
}

static nvmlReturn_t evaluate(struct sim_node *node, const struct metric *metric, const struct nvml_gpm_sample *first,
                             const struct nvml_gpm_sample *second, double *value)
{
    int gpu = first->gpu, links = (int)node->profile.link_count, signal = SIGNAL_GPM_FIRST + (int)metric->id;
    *value = 0;
    if (first->instance != WHOLE_CARD && !of_instances(metric->id)) return NVML_ERROR_NOT_SUPPORTED;
    if (!signal_offered(node, gpu, signal, second->at)) return NVML_ERROR_NOT_SUPPORTED;
    if (metric->source == LEVEL || signal_bent(node, gpu, signal, second->at))
        *value = mean(node, gpu, signal, first->at, second->at);
    else if (metric->source == LINK_ONE)
        *value = link_rate(node, gpu, metric->link, metric->what, first->at, second->at);
    else
        for (int link = 0; link < links; link++) *value += link_rate(node, gpu, link, metric->what, first->at, second->at);
    return NVML_SUCCESS;
}

static void answer(struct call *call, nvmlGpmMetric_t *entry, const struct nvml_gpm_sample *first,
                   const struct nvml_gpm_sample *second)
{
    struct metric metric;
    entry->value = 0;
    entry->metricInfo = (nvmlGpmMetricMetricInfo_t){0};
    if (!find_metric(entry->metricId, &metric) || metric.first_driver > nvml_driver()->number) {
        entry->nvmlReturn = NVML_ERROR_INVALID_ARGUMENT;
        return;
    }
    entry->metricInfo = (nvmlGpmMetricMetricInfo_t){.shortName = (char *)(uintptr_t)metric.short_name,
                                                    .longName = (char *)(uintptr_t)metric.long_name,
                                                    .unit = (char *)(uintptr_t)metric.unit};
    entry->nvmlReturn = evaluate(call->node, &metric, first, second, &entry->value);
}

NVML_EXPORT nvmlReturn_t nvmlGpmMetricsGet(nvmlGpmMetricsGet_t *get)
{
    struct call call;
    nvmlReturn_t result = call_system(&call, FN_nvmlGpmMetricsGet, get != NULL);
    if (result != NVML_SUCCESS) return result;
    if (get->version != GPM_VERSION) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    const struct nvml_gpm_sample *first = get->sample1, *second = get->sample2;
    bool pair = first != NULL && second != NULL && first->gpu >= 0 && first->gpu == second->gpu &&
                first->instance == second->instance && second->at - first->at >= SHORTEST && get->numMetrics <= NVML_GPM_METRIC_MAX;
    if (!pair) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    for (unsigned i = 0; i < get->numMetrics; i++) answer(&call, &get->metrics[i], first, second);
    return call_end(&call, NVML_SUCCESS);
}
