/* The commonest shapes of a getter. */
#include "call.h"

#include <math.h>
#include <string.h>

unsigned long long whole(double value)
{
    return value > 0 ? (unsigned long long)(value + 1e-6) : 0; /* sums in floating point may end a hair below a whole number */
}

double gauge_now(const struct call *call, int signal)
{
    return gauge_value(call->node, call->gpu, signal, call->now);
}

double counter_now(const struct call *call, int signal)
{
    return counter_value(call->node, call->gpu, signal, call->now);
}

nvmlReturn_t read_gauge(int function, nvmlDevice_t device, int signal, double scale, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_READING, out != NULL);
    if (result != NVML_SUCCESS) return result;
    double value = round(gauge_now(&call, signal) * scale);
    *out = value <= 0 ? 0 : value >= 4294967295.0 ? 4294967295u : (unsigned)value;
    return call_end(&call, NVML_SUCCESS);
}

nvmlReturn_t read_constant(int function, nvmlDevice_t device, enum need need, unsigned value, unsigned *out)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, need, out != NULL);
    if (result != NVML_SUCCESS) return result;
    *out = value;
    return call_end(&call, NVML_SUCCESS);
}

nvmlReturn_t copy_text(const char *text, char *out, unsigned length)
{
    size_t needed = strlen(text) + 1;
    if (needed > length) return NVML_ERROR_INSUFFICIENT_SIZE;
    memcpy(out, text, needed);
    return NVML_SUCCESS;
}

nvmlReturn_t read_text(int function, nvmlDevice_t device, const char *text, char *out, unsigned length)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_IDENTITY, out != NULL && length > 0);
    if (result != NVML_SUCCESS) return result;
    return call_end(&call, copy_text(text, out, length));
}

nvmlReturn_t not_supported(int function, nvmlDevice_t device, bool arguments_good)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, function, device, NEED_IDENTITY, arguments_good);
    return result == NVML_SUCCESS ? call_end(&call, NVML_ERROR_NOT_SUPPORTED) : result;
}
