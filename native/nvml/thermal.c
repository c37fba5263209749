/* Temperatures and fans. SXM cards have no fan of their own. */
#include "call.h"

#include <math.h>

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, nvmlEnum sensor, unsigned *celsius)
{
    return read_gauge(FN_nvmlDeviceGetTemperature, device, SIGNAL_TEMPERATURE_GPU, 1, sensor == 0 ? celsius : NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTemperatureThreshold(nvmlDevice_t device, nvmlEnum threshold, unsigned *celsius)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetTemperatureThreshold, device, NEED_IDENTITY,
                                      celsius != NULL && threshold <= 7);
    if (result != NVML_SUCCESS) return result;
    const struct profile *p = &call.node->profile;
    const double thresholds[] = {p->temperature_shutdown, p->temperature_slowdown, p->temperature_memory_max,
                                 p->temperature_gpu_max};
    if (threshold >= sizeof thresholds / sizeof *thresholds) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* acoustic */
    *celsius = (unsigned)thresholds[threshold];
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetThermalSettings(nvmlDevice_t device, unsigned sensor, nvmlGpuThermalSettings_t *settings)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetThermalSettings, device, NEED_READING, settings != NULL);
    if (result != NVML_SUCCESS) return result;
    if (sensor > 0 && sensor != 15) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT); /* 15 = all */
    *settings = (nvmlGpuThermalSettings_t){.count = 1};
    settings->sensor[0] = (nvmlGpuThermalSettingsSensor_t){
        .controller = 1, /* GPU internal */
        .defaultMinTemp = -40,
        .defaultMaxTemp = 127,
        .currentTemp = (int)lround(gauge_now(&call, SIGNAL_TEMPERATURE_GPU)),
        .target = 1}; /* GPU */
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeed(nvmlDevice_t device, unsigned *speed)
{
    return not_supported(FN_nvmlDeviceGetFanSpeed, device, speed != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeed_v2(nvmlDevice_t device, unsigned fan, unsigned *speed)
{
    (void)fan;
    return not_supported(FN_nvmlDeviceGetFanSpeed_v2, device, speed != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTargetFanSpeed(nvmlDevice_t device, unsigned fan, unsigned *speed)
{
    (void)fan;
    return not_supported(FN_nvmlDeviceGetTargetFanSpeed, device, speed != NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNumFans(nvmlDevice_t device, unsigned *fans)
{
    return read_constant(FN_nvmlDeviceGetNumFans, device, NEED_IDENTITY, 0, fans);
}
