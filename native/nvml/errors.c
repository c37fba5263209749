/* nvmlErrorString: the texts of the library of driver 535.261.03, read from it; those of 28 to 30, which are younger, are
 * not verified against a driver. */
#include "call.h"

NVML_EXPORT const char *nvmlErrorString(nvmlReturn_t result)
{
    static const char *const texts[] = {
        "Success", "Uninitialized", "Invalid Argument", "Not Supported", "Insufficient Permissions",
        "Already Initialized", "Not Found", "Insufficient Size", "Insufficient External Power", "Driver Not Loaded",
        "Timeout", "Interrupt Request Issue", "NVML Shared Library Not Found", "Function Not Found",
        "Corrupted infoROM", "GPU is lost", "GPU requires reset", "GPU access blocked by the operating system",
        "Driver/library version mismatch", "In use by another client", "Insufficient Memory", "No data",
        "vGPU ECC not supported", "Insufficient Resources", "Invalid Frequency", "Argument version mismatch",
        "Requested functionality has been deprecated", "System is not in ready state", "GPU not found", "Invalid state",
        "Reset type not supported"};
    int driver = nvml_driver()->number; /* the last code that its header knows */
    int last = driver >= 580 ? 30 : driver >= 550 ? 29 : driver >= 535 ? 27 : driver >= 470 ? 24 : 23;
    return result >= 0 && result <= last ? texts[result] : "Unknown Error";
}
