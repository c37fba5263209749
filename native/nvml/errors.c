/* nvmlErrorString: texts as the library gives them; those of 21, 22 and 24-30 are not verified against a driver. */
#include "call.h"

NVML_EXPORT const char *nvmlErrorString(nvmlReturn_t result)
{
    static const char *const texts[] = {
        "Success", "Uninitialized", "Invalid Argument", "Not Supported", "Insufficient Permissions",
        "Already Initialized", "Not Found", "Insufficient Size", "Insufficient External Power", "Driver Not Loaded",
        "Timeout", "Interrupt Request Issue", "NVML Shared Library Not Found", "Function Not Found",
        "Corrupted infoROM", "GPU is lost", "GPU requires reset", "GPU access blocked by the operating system",
        "Driver/library version mismatch", "In use by another client", "Insufficient Memory", "No data",
        "The requested vGPU operation is not available: ECC is enabled",
        "Insufficient Resources", "Requested frequency is not supported", "Argument version mismatch", "Deprecated",
        "Not ready", "GPU not found", "Invalid state", "Reset type not supported"};
    int known = nvml_driver()->number >= 535 ? 30 : 24;
    return result >= 0 && result <= known ? texts[result] : "Unknown Error";
}
