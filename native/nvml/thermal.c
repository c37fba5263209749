/* Temperatures and fans. No simulated card has a fan of its own: SXM modules and the T4 are cooled by the server. */
#include "call.h"

#include <math.h>

#define ARCHITECTURE_ADA 8

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTemperature(nvmlDevice_t device, nvmlEnum sensor, unsigned *celsius)
{
    return read_gauge(FN_nvmlDeviceGetTemperature, device, SIGNAL_TEMPERATURE_GPU, 1, sensor == 0 ? celsius : NULL);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTemperatureV(nvmlDevice_t device, nvmlTemperature_v1_t *temperature)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetTemperatureV, device, NEED_READING, temperature != NULL);
    if (result != NVML_SUCCESS) return result;
    if (temperature->version != NVML_STRUCT_VERSION(nvmlTemperature_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (temperature->sensorType != 0) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT);
    temperature->temperature = (int)lround(gauge_now(&call, SIGNAL_TEMPERATURE_GPU));
    return call_end(&call, NVML_SUCCESS);
}

/* What is left to the first slowdown. Cards before Ada have no such reading; NVML numbers Hopper and Blackwell above it. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetMarginTemperature(nvmlDevice_t device, nvmlMarginTemperature_v1_t *margin)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetMarginTemperature, device, NEED_READING, margin != NULL);
    if (result != NVML_SUCCESS) return result;
    if (margin->version != NVML_STRUCT_VERSION(nvmlMarginTemperature_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.architecture < ARCHITECTURE_ADA) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    margin->marginTemperature = (int)lround(gauge_now(&call, SIGNAL_TEMPERATURE_MARGIN));
    return call_end(&call, NVML_SUCCESS);
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
    if (thresholds[threshold] <= 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* a card without that sensor */
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

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeedRPM(nvmlDevice_t device, nvmlFanSpeedInfo_v1_t *speed)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetFanSpeedRPM, device, NEED_READING, speed != NULL);
    if (result != NVML_SUCCESS) return result;
    bool known = speed->version == NVML_STRUCT_VERSION(nvmlFanSpeedInfo_v1_t, 1);
    return call_end(&call, known ? NVML_ERROR_NOT_SUPPORTED : NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
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
