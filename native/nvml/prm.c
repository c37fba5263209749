/* The registers and counters of NVLink 5 ports behind the PRM interface; for root alone. */
#include "call.h"

#include <unistd.h>

#define NVLINK_5 7 /* NVML_NVLINK_VERSION_5_0 */

/* nvmlPRMCounterId_t to a field of the link; -1 when there is no such counter. Times between recoveries (102, 103) and the
 * operation of recovery (1001) are not simulated. */
static int counter_field(unsigned id)
{
    switch (id) {
    case 1: return LINK_DOWN_EVENTS;
    case 2: return LINK_RECOVERED;
    case 101: return LINK_RECOVERED;
    case 201: return LINK_XMIT_WAIT;
    case 301: return LINK_PLR_RCV;
    case 302: return LINK_PLR_RCV_ERRORS;
    case 303: return LINK_PLR_UNCORRECTABLE;
    case 304: return LINK_PLR_XMIT;
    case 305: return LINK_PLR_RETRY;
    case 306: return LINK_PLR_RETRY_EVENTS;
    case 307: return LINK_PLR_SYNC_EVENTS;
    default: return -1;
    }
}

static bool unsimulated(unsigned id)
{
    return id == 102 || id == 103 || id == 1001;
}

static nvmlReturn_t begin(struct call *call, int function, nvmlDevice_t device, bool arguments_good)
{
    nvmlReturn_t result = call_device(call, function, device, NEED_READING, arguments_good);
    if (result != NVML_SUCCESS) return result;
    if (call->node->profile.link_version < NVLINK_5) return call_end(call, NVML_ERROR_NOT_SUPPORTED);
    if (geteuid() != 0) return call_end(call, NVML_ERROR_NO_PERMISSION);
    return NVML_SUCCESS;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceReadPRMCounters_v1(nvmlDevice_t device, nvmlPRMCounterList_v1_t *list)
{
    struct call call;
    bool good = list != NULL && list->numCounters > 0 && list->counters != NULL;
    nvmlReturn_t result = begin(&call, FN_nvmlDeviceReadPRMCounters_v1, device, good);
    if (result != NVML_SUCCESS) return result;
    for (unsigned i = 0; i < list->numCounters; i++) { /* each answers for itself */
        nvmlPRMCounter_v1_t *counter = &list->counters[i];
        int field = counter_field(counter->counterId);
        bool there = counter->inData.localPort < call.node->profile.link_count;
        counter->counterValue = (nvmlPRMCounterValue_v1_t){.outputType = NVML_VALUE_TYPE_UNSIGNED_LONG_LONG};
        if (unsimulated(counter->counterId)) counter->counterValue.status = NVML_ERROR_NOT_SUPPORTED;
        else if (field < 0 || !there) counter->counterValue.status = NVML_ERROR_INVALID_ARGUMENT;
        else
            counter->counterValue.outputValue.ullVal =
                whole(counter_now(&call, signal_of_link((int)counter->inData.localPort, (enum link_field)field)));
    }
    return call_end(&call, NVML_SUCCESS);
}

/* Raw registers are not simulated: what stands in them is the firmware's own affair. */
NVML_EXPORT nvmlReturn_t nvmlDeviceReadWritePRM_v1(nvmlDevice_t device, nvmlPRMTLV_v1_t *buffer)
{
    struct call call;
    bool good = buffer != NULL && buffer->dataSize <= sizeof buffer->inData;
    nvmlReturn_t result = begin(&call, FN_nvmlDeviceReadWritePRM_v1, device, good);
    return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_NOT_SUPPORTED) : result;
}
