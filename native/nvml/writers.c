/* What would change a card. A simulated card is changed by its scenario alone: root is told that the function is not
 * supported, everybody else that he may not. */
#include "call.h"

#include <unistd.h>

static nvmlReturn_t refuse(int function, nvmlDevice_t device, bool arguments_good)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, arguments_good);
    if (result != NVML_SUCCESS) return result;
    return call_end(&call, geteuid() != 0 ? NVML_ERROR_NO_PERMISSION : NVML_ERROR_NOT_SUPPORTED);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceClearEccErrorCounts(nvmlDevice_t device, nvmlEnum counter)
{
    return refuse(FN_nvmlDeviceClearEccErrorCounts, device, counter <= 1);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceResetNvLinkErrorCounters(nvmlDevice_t device, unsigned link)
{
    return refuse(FN_nvmlDeviceResetNvLinkErrorCounters, device, link < SIM_MAX_LINKS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceClearFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t *values)
{
    return refuse(FN_nvmlDeviceClearFieldValues, device, count > 0 && values != NULL);
}
