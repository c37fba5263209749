/* Clocks, what holds them down, and the performance state. */
#include "call.h"

#include <math.h>

static int clock_signal(nvmlEnum type)
{
    static const int signals[] = {SIGNAL_CLOCK_GRAPHICS, SIGNAL_CLOCK_SM, SIGNAL_CLOCK_MEMORY, SIGNAL_CLOCK_VIDEO};
    return type < 4 ? signals[type] : -1;
}

static unsigned max_clock(const struct profile *p, nvmlEnum type)
{
    return (unsigned)(type == 2 ? p->clock_memory : type == 3 ? p->clock_video_max : p->clock_graphics_max);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetClockInfo(nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    int signal = clock_signal(type);
    return read_gauge(FN_nvmlDeviceGetClockInfo, device, signal, 1, signal >= 0 ? mhz : NULL);
}

static nvmlReturn_t read_max(int function, nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, mhz != NULL && type < 4);
    if (result != NVML_SUCCESS) return result;
    *mhz = max_clock(&call.node->profile, type);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxClockInfo(nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    return read_max(FN_nvmlDeviceGetMaxClockInfo, device, type, mhz);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMaxCustomerBoostClock(nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    return read_max(FN_nvmlDeviceGetMaxCustomerBoostClock, device, type, mhz);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetClock(nvmlDevice_t device, nvmlEnum type, nvmlEnum id, unsigned *mhz)
{
    int signal = clock_signal(type);
    if (id == 0) return read_gauge(FN_nvmlDeviceGetClock, device, signal, 1, signal >= 0 ? mhz : NULL);
    return read_max(FN_nvmlDeviceGetClock, device, type, id <= 3 ? mhz : NULL); /* targets and boost maximum stand at the top */
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetApplicationsClock(nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    return read_max(FN_nvmlDeviceGetApplicationsClock, device, type, mhz);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDefaultApplicationsClock(nvmlDevice_t device, nvmlEnum type, unsigned *mhz)
{
    return read_max(FN_nvmlDeviceGetDefaultApplicationsClock, device, type, mhz);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSupportedMemoryClocks(nvmlDevice_t device, unsigned *count, unsigned *mhz)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetSupportedMemoryClocks, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    bool fits = *count >= 1 && mhz != NULL;
    *count = 1;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    mhz[0] = (unsigned)call.node->profile.clock_memory;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSupportedGraphicsClocks(nvmlDevice_t device, unsigned memory_mhz, unsigned *count,
                                                              unsigned *mhz)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetSupportedGraphicsClocks, device, NEED_READING, count != NULL);
    if (result != NVML_SUCCESS) return result;
    const struct profile *p = &call.node->profile;
    if (memory_mhz != (unsigned)p->clock_memory) return call_end(&call, NVML_ERROR_NOT_FOUND);
    unsigned top = (unsigned)p->clock_graphics_max, bottom = (unsigned)p->clock_graphics_idle;
    unsigned steps = (top - bottom) / 15 + 1; /* steps of 15 MHz, from the top down */
    bool fits = *count >= steps && mhz != NULL;
    *count = steps;
    if (!fits) return call_end(&call, NVML_ERROR_INSUFFICIENT_SIZE);
    for (unsigned i = 0; i < steps; i++) mhz[i] = top - 15 * i;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAutoBoostedClocksEnabled(nvmlDevice_t device, nvmlEnum *enabled, nvmlEnum *by_default)
{
    return not_supported(FN_nvmlDeviceGetAutoBoostedClocksEnabled, device, enabled != NULL && by_default != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetAdaptiveClockInfoStatus(nvmlDevice_t device, unsigned *status)
{
    return not_supported(FN_nvmlDeviceGetAdaptiveClockInfoStatus, device, status != NULL);
}

static nvmlReturn_t reasons(int function, nvmlDevice_t device, bool supported, uint64_t *mask)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, mask != NULL);
    if (result != NVML_SUCCESS) return result;
    /* All but DisplayClockSetting, which only cards with a display have. */
    *mask = supported ? 0xFFu : whole(gauge_now(&call, SIGNAL_THROTTLE_REASONS));
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCurrentClocksEventReasons(nvmlDevice_t device, uint64_t *mask)
{
    return reasons(FN_nvmlDeviceGetCurrentClocksEventReasons, device, false, mask);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetCurrentClocksThrottleReasons(nvmlDevice_t device, uint64_t *mask)
{
    return reasons(FN_nvmlDeviceGetCurrentClocksThrottleReasons, device, false, mask);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSupportedClocksEventReasons(nvmlDevice_t device, uint64_t *mask)
{
    return reasons(FN_nvmlDeviceGetSupportedClocksEventReasons, device, true, mask);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSupportedClocksThrottleReasons(nvmlDevice_t device, uint64_t *mask)
{
    return reasons(FN_nvmlDeviceGetSupportedClocksThrottleReasons, device, true, mask);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPerformanceState(nvmlDevice_t device, nvmlEnum *state)
{
    return read_gauge(FN_nvmlDeviceGetPerformanceState, device, SIGNAL_PSTATE, 1, state);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerState(nvmlDevice_t device, nvmlEnum *state)
{
    return read_gauge(FN_nvmlDeviceGetPowerState, device, SIGNAL_PSTATE, 1, state);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetClkMonStatus(nvmlDevice_t device, nvmlClkMonStatus_t *status)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetClkMonStatus, device, NEED_READING, status != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned fault = (unsigned)whole(gauge_now(&call, SIGNAL_CLOCK_MONITOR));
    *status = (nvmlClkMonStatus_t){.bGlobalStatus = fault != 0, .clkMonListSize = fault != 0};
    if (fault != 0) status->clkMonList[0] = (nvmlClkMonFaultInfo_t){.clkApiDomain = 1, .clkDomainFaultMask = fault}; /* graphics: own choice */
    return call_end(&call, NVML_SUCCESS);
}
