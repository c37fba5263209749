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
    SHARE_OF_BUSY,    /* percent: utilisation times `factor` */
    NO_WORK,          /* percent: engines that training does not use */
    PCIE,             /* MiB/s from the gauge `what` */
    LINK_SUM,         /* MiB/s of all links, field `what` */
    LINK_ONE,         /* MiB/s of link `link` */
};

struct metric {
    unsigned id;
    int first_driver;
    enum metric_source source;
    double factor;
    int what, link;
    const char *short_name, *long_name, *unit;
};

/* Shares of a busy card's time under training with 16-bit matrices: own choice, in the order in which DCGM's documentation
 * describes these (SM activity below graphics activity, occupancy and tensor activity well below that). */
static const struct metric metrics[] = {
    {1, 520, SHARE_OF_BUSY, 1.00, 0, 0, "Graphics Util", "Graphics Utilization", "%"},
    {2, 520, SHARE_OF_BUSY, 0.88, 0, 0, "SM Util", "SM Utilization", "%"},
    {3, 520, SHARE_OF_BUSY, 0.31, 0, 0, "SM Occupancy", "SM Occupancy", "%"},
    {4, 520, SHARE_OF_BUSY, 0.12, 0, 0, "Int Util", "Integer Utilization", "%"},
    {5, 520, SHARE_OF_BUSY, 0.42, 0, 0, "Tensor Util", "Any Tensor Utilization", "%"},
    {6, 520, NO_WORK, 0, 0, 0, "DFMA Util", "DFMA Tensor Utilization", "%"},
    {7, 520, SHARE_OF_BUSY, 0.42, 0, 0, "HMMA Util", "HMMA Tensor Utilization", "%"},
    {8, 520, NO_WORK, 0, 0, 0, "DMMA Util", "DMMA Tensor Utilization", "%"},
    {9, 520, NO_WORK, 0, 0, 0, "IMMA Util", "IMMA Tensor Utilization", "%"},
    {10, 520, SHARE_OF_BUSY, 0.45, 0, 0, "DRAM BW Util", "DRAM Bandwidth Utilization", "%"}, /* as utilization.memory */
    {11, 520, NO_WORK, 0, 0, 0, "FP64 Util", "FP64 Utilization", "%"},
    {12, 520, SHARE_OF_BUSY, 0.09, 0, 0, "FP32 Util", "FP32 Utilization", "%"},
    {13, 520, SHARE_OF_BUSY, 0.03, 0, 0, "FP16 Util", "FP16 Utilization", "%"},
    {20, 520, PCIE, 1, SIGNAL_PCIE_TX, 0, "PCIe TX/sec", "PCIe Transmit Per Second", "MiB/s"},
    {21, 520, PCIE, 1, SIGNAL_PCIE_RX, 0, "PCIe RX/sec", "PCIe Receive Per Second", "MiB/s"},
    {60, 520, LINK_SUM, 1, LINK_RX, 0, "NVLink RX/sec", "NVLink Receive Per Second", "MiB/s"},
    {61, 520, LINK_SUM, 1, LINK_TX, 0, "NVLink TX/sec", "NVLink Transmit Per Second", "MiB/s"},
};

/* Metrics that come in rows: decoders, JPEG and optical flow engines, and each link's two directions. */
static bool row_metric(unsigned id, struct metric *out)
{
    *out = (struct metric){.id = id, .first_driver = 520, .source = NO_WORK, .short_name = "Engine Util",
                           .long_name = "Engine Utilization", .unit = "%"};
    if ((id >= 30 && id <= 37) || (id >= 40 && id <= 47) || id == 50 || id == 51) return true;
    if (id < 62 || id > 97) return false;
    *out = (struct metric){.id = id, .first_driver = 520, .source = LINK_ONE, .what = id % 2 == 0 ? LINK_RX : LINK_TX,
                           .link = (int)(id - 62) / 2, .unit = "MiB/s",
                           .short_name = id % 2 == 0 ? "NVLink RX/sec" : "NVLink TX/sec",
                           .long_name = id % 2 == 0 ? "NVLink Receive Per Second" : "NVLink Transmit Per Second"};
    return true;
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

static nvmlReturn_t evaluate(struct sim_node *node, const struct metric *metric, const struct nvml_gpm_sample *first,
                             const struct nvml_gpm_sample *second, double *value)
{
    int gpu = first->gpu, links = (int)node->profile.link_count;
    bool engine = metric->source == SHARE_OF_BUSY || metric->source == NO_WORK;
    *value = 0;
    if (!engine && first->instance != WHOLE_CARD) return NVML_ERROR_NOT_SUPPORTED; /* links and slot belong to the card */
    switch (metric->source) {
    case SHARE_OF_BUSY: *value = mean(node, gpu, SIGNAL_UTILIZATION_GPU, first->at, second->at) * metric->factor; break;
    case NO_WORK: break;
    case PCIE: *value = mean(node, gpu, metric->what, first->at, second->at) * 1000 / MEBIBYTE; break; /* KB/s */
    case LINK_SUM:
        for (int link = 0; link < links; link++) *value += link_rate(node, gpu, link, metric->what, first->at, second->at);
        break;
    default:
        if (metric->link >= links) return NVML_ERROR_NOT_SUPPORTED;
        *value = link_rate(node, gpu, metric->link, metric->what, first->at, second->at);
    }
    return NVML_SUCCESS;
}

static void answer(struct call *call, nvmlGpmMetric_t *entry, const struct nvml_gpm_sample *first, const struct nvml_gpm_sample *second)
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
