/* Temperatures and fans. Of itself no simulated card has a fan: SXM modules and the T4 are cooled by the server. */
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
    static const int acoustic[] = {SIGNAL_ACOUSTIC_LEAST, SIGNAL_ACOUSTIC, SIGNAL_ACOUSTIC_MOST};
    const double thresholds[] = {p->temperature_shutdown, p->temperature_slowdown, p->temperature_memory_max,
                                 p->temperature_gpu_max};
    if (threshold >= 4) {
        bool there = threshold < 7 && signal_offered(call.node, call.gpu, acoustic[threshold - 4], call.now);
        if (!there) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
        *celsius = (unsigned)whole(gauge_now(&call, acoustic[threshold - 4]));
        return call_end(&call, NVML_SUCCESS);
    }
    if (thresholds[threshold] <= 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* a card without that sensor */
    *celsius = (unsigned)thresholds[threshold];
    return call_end(&call, NVML_SUCCESS);
}

static void add_sensor(const struct call *call, nvmlGpuThermalSettings_t *settings, int signal, nvmlEnum target)
{
    settings->sensor[settings->count++] = (nvmlGpuThermalSettingsSensor_t){
        .controller = 1, /* GPU internal */
        .defaultMinTemp = -40,
        .defaultMaxTemp = 127,
        .currentTemp = (int)lround(gauge_now(call, signal)),
        .target = target};
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetThermalSettings(nvmlDevice_t device, unsigned sensor, nvmlGpuThermalSettings_t *settings)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetThermalSettings, device, NEED_READING, settings != NULL);
    if (result != NVML_SUCCESS) return result;
    if (sensor > 0 && sensor != 15) return call_end(&call, NVML_ERROR_INVALID_ARGUMENT); /* 15 = all */
    *settings = (nvmlGpuThermalSettings_t){0};
    add_sensor(&call, settings, SIGNAL_TEMPERATURE_GPU, 1); /* NVML_THERMAL_TARGET_* */
    if (signal_offered(call.node, call.gpu, SIGNAL_TEMPERATURE_SUPPLY, call.now)) add_sensor(&call, settings, SIGNAL_TEMPERATURE_SUPPLY, 4);
    if (signal_offered(call.node, call.gpu, SIGNAL_TEMPERATURE_BOARD, call.now)) add_sensor(&call, settings, SIGNAL_TEMPERATURE_BOARD, 8);
    return call_end(&call, NVML_SUCCESS);
}

static unsigned fans(const struct call *call)
{
    double count = gauge_now(call, SIGNAL_FANS);
    return count <= 0 ? 0 : count >= 2 ? 2 : 1;
}

/* A level of one fan: NOT_SUPPORTED on a card without, INVALID_ARGUMENT beyond the last. */
static nvmlReturn_t read_fan(const struct call *call, const int signals[2], unsigned fan, unsigned *out)
{
    if (fans(call) == 0) return NVML_ERROR_NOT_SUPPORTED;
    if (fan >= fans(call)) return NVML_ERROR_INVALID_ARGUMENT;
    *out = (unsigned)whole(round(gauge_now(call, signals[fan])));
    return NVML_SUCCESS;
}

static nvmlReturn_t fan_level(int function, nvmlDevice_t device, const int signals[2], unsigned fan, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, out != NULL);
    return result == NVML_SUCCESS ? call_end(&call, read_fan(&call, signals, fan, out)) : result;
}

static const int speeds[] = {SIGNAL_FAN_0_SPEED, SIGNAL_FAN_1_SPEED};
static const int targets[] = {SIGNAL_FAN_0_TARGET, SIGNAL_FAN_1_TARGET};
static const int revolutions[] = {SIGNAL_FAN_0_RPM, SIGNAL_FAN_1_RPM};

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeed(nvmlDevice_t device, unsigned *speed)
{
    return fan_level(FN_nvmlDeviceGetFanSpeed, device, speeds, 0, speed);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeed_v2(nvmlDevice_t device, unsigned fan, unsigned *speed)
{
    return fan_level(FN_nvmlDeviceGetFanSpeed_v2, device, speeds, fan, speed);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFanSpeedRPM(nvmlDevice_t device, nvmlFanSpeedInfo_v1_t *speed)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetFanSpeedRPM, device, NEED_READING, speed != NULL);
    if (result != NVML_SUCCESS) return result;
    if (speed->version != NVML_STRUCT_VERSION(nvmlFanSpeedInfo_v1_t, 1)) return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    return call_end(&call, read_fan(&call, revolutions, speed->fan, &speed->speed));
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTargetFanSpeed(nvmlDevice_t device, unsigned fan, unsigned *speed)
{
    return fan_level(FN_nvmlDeviceGetTargetFanSpeed, device, targets, fan, speed);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetNumFans(nvmlDevice_t device, unsigned *count)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetNumFans, device, NEED_IDENTITY, count != NULL);
    if (result != NVML_SUCCESS) return result;
    *count = fans(&call);
    return call_end(&call, NVML_SUCCESS);
}
