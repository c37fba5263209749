/* The PCI Express link. */
#include "call.h"

#include <math.h>

#define THROUGHPUT_WINDOW_NS INT64_C(20000000) /* nvml.h: measured over 20 ms, and the call takes that long */

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCurrPcieLinkGeneration(nvmlDevice_t device, unsigned *generation)
{
    return read_gauge(FN_nvmlDeviceGetCurrPcieLinkGeneration, device, SIGNAL_PCIE_GENERATION, 1, generation);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCurrPcieLinkWidth(nvmlDevice_t device, unsigned *width)
{
    return read_gauge(FN_nvmlDeviceGetCurrPcieLinkWidth, device, SIGNAL_PCIE_WIDTH, 1, width);
}

static nvmlReturn_t from_profile(int function, nvmlDevice_t device, bool width, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, out != NULL);
    if (result != NVML_SUCCESS) return result;
    *out = (unsigned)(width ? call.node->profile.pcie_width : call.node->profile.pcie_generation);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxPcieLinkGeneration(nvmlDevice_t device, unsigned *generation)
{
    return from_profile(FN_nvmlDeviceGetMaxPcieLinkGeneration, device, false, generation);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetGpuMaxPcieLinkGeneration(nvmlDevice_t device, unsigned *generation)
{
    return from_profile(FN_nvmlDeviceGetGpuMaxPcieLinkGeneration, device, false, generation);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxPcieLinkWidth(nvmlDevice_t device, unsigned *width)
{
    return from_profile(FN_nvmlDeviceGetMaxPcieLinkWidth, device, true, width);
}

/* The enum counts generations: 1 = 2.5 GT/s … 5 = 32 GT/s, nvml.h 11.6. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetPcieLinkMaxSpeed(nvmlDevice_t device, unsigned *speed)
{
    return from_profile(FN_nvmlDeviceGetPcieLinkMaxSpeed, device, false, speed);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPcieSpeed(nvmlDevice_t device, unsigned *mbps)
{
    static const unsigned per_lane[] = {0, 2500, 5000, 8000, 16000, 32000, 64000};
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPcieSpeed, device, NEED_READING, mbps != NULL);
    if (result != NVML_SUCCESS) return result;
    double generation = gauge_now(&call, SIGNAL_PCIE_GENERATION);
    *mbps = generation >= 1 && generation <= 6 ? per_lane[(int)generation] : 0;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPcieReplayCounter(nvmlDevice_t device, unsigned *count)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPcieReplayCounter, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    *count = (unsigned)(whole(counter_now(&call, SIGNAL_PCIE_REPLAYS)) & UINT32_MAX);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPcieThroughput(nvmlDevice_t device, nvmlEnum counter, unsigned *value)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetPcieThroughput, device, NEED_READING, value != NULL && counter <= 1);
    if (result != NVML_SUCCESS) return result;
    /* Real time, not simulated: it is the caller who is kept waiting. */
    int64_t end = sim_monotonic_ns() + THROUGHPUT_WINDOW_NS;
    for (int64_t left; (left = end - sim_monotonic_ns()) > 0;)
        if (!call_wait(&call, left, &result)) return result;
    *value = (unsigned)whole(round(gauge_now(&call, counter == 0 ? SIGNAL_PCIE_TX : SIGNAL_PCIE_RX)));
    return call_end(&call, NVML_SUCCESS);
}
