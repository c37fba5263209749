/* Power, its limits, energy, and how long limits have held the card back. */
#include "call.h"

#include <math.h>

#define MILLI 1000.0
#define ARCHITECTURE_BLACKWELL 10
#define POWER_PROFILES 0x1Fu /* five profiles exist: own choice */

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerUsage(nvmlDevice_t device, unsigned *milliwatts)
{
    return read_gauge(FN_nvmlDeviceGetPowerUsage, device, SIGNAL_POWER, MILLI, milliwatts);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerManagementLimit(nvmlDevice_t device, unsigned *milliwatts)
{
    return read_gauge(FN_nvmlDeviceGetPowerManagementLimit, device, SIGNAL_POWER_LIMIT, MILLI, milliwatts);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEnforcedPowerLimit(nvmlDevice_t device, unsigned *milliwatts)
{
    return read_gauge(FN_nvmlDeviceGetEnforcedPowerLimit, device, SIGNAL_POWER_LIMIT, MILLI, milliwatts);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerManagementMode(nvmlDevice_t device, nvmlEnum *mode)
{
    return read_constant(FN_nvmlDeviceGetPowerManagementMode, device, NEED_READING, 1, mode);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerSource(nvmlDevice_t device, nvmlEnum *source)
{
    return read_gauge(FN_nvmlDeviceGetPowerSource, device, SIGNAL_POWER_SOURCE, 1, source);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerManagementDefaultLimit(nvmlDevice_t device, unsigned *milliwatts)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetPowerManagementDefaultLimit, device, NEED_READING, milliwatts != NULL);
    if (result != NVML_SUCCESS) return result;
    *milliwatts = (unsigned)(call.node->profile.power_limit_default * MILLI);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetPowerManagementLimitConstraints(nvmlDevice_t device, unsigned *low, unsigned *high)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetPowerManagementLimitConstraints, device, NEED_READING,
                                      low != NULL && high != NULL);
    if (result != NVML_SUCCESS) return result;
    *low = (unsigned)(call.node->profile.power_limit_min * MILLI);
    *high = (unsigned)(call.node->profile.power_limit_max * MILLI);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTotalEnergyConsumption(nvmlDevice_t device, uint64_t *millijoules)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetTotalEnergyConsumption, device, NEED_READING, millijoules != NULL);
    if (result != NVML_SUCCESS) return result;
    *millijoules = whole(counter_now(&call, SIGNAL_ENERGY) * MILLI);
    return call_end(&call, NVML_SUCCESS);
}

/* nvmlPerfPolicyType_t to the signal that counts its time; 6 to 9 do not exist. */
static int policy_signal(nvmlEnum policy)
{
    static const int signals[] = {SIGNAL_THROTTLE_TIME_POWER, SIGNAL_THROTTLE_TIME_THERMAL, SIGNAL_THROTTLE_TIME_SYNC_BOOST,
                                  SIGNAL_THROTTLE_TIME_BOARD_LIMIT, SIGNAL_THROTTLE_TIME_LOW_UTILIZATION,
                                  SIGNAL_THROTTLE_TIME_RELIABILITY};
    if (policy < sizeof signals / sizeof *signals) return signals[policy];
    return policy == 10 ? SIGNAL_THROTTLE_TIME_APP_CLOCKS : policy == 11 ? SIGNAL_THROTTLE_TIME_BASE_CLOCKS : -1;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetViolationStatus(nvmlDevice_t device, nvmlEnum policy, nvmlViolationTime_t *time)
{
    struct call call;
    int signal = policy_signal(policy);
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetViolationStatus, device, NEED_READING, time != NULL && signal >= 0);
    if (result != NVML_SUCCESS) return result;
    time->referenceTime = (uint64_t)UNIX_MICROSECONDS(&call);
    time->violationTime = whole(counter_now(&call, signal) * 1e9); /* ns */
    return call_end(&call, NVML_SUCCESS);
}

/* Profiles of Blackwell; none is asked for or enforced. */
NVML_EXPORT nvmlReturn_t nvmlDeviceWorkloadPowerProfileGetCurrentProfiles(nvmlDevice_t device,
                                                                         nvmlWorkloadPowerProfileCurrentProfiles_v1_t *profiles)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceWorkloadPowerProfileGetCurrentProfiles, device, NEED_READING, profiles != NULL);
    if (result != NVML_SUCCESS) return result;
    if (profiles->version != NVML_STRUCT_VERSION(nvmlWorkloadPowerProfileCurrentProfiles_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.architecture < ARCHITECTURE_BLACKWELL) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *profiles = (nvmlWorkloadPowerProfileCurrentProfiles_v1_t){.version = profiles->version,
                                                               .perfProfilesMask.mask[0] = POWER_PROFILES};
    return call_end(&call, NVML_SUCCESS);
}
