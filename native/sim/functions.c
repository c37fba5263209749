#include "functions.h"

#include <stdlib.h>
#include <string.h>

struct function_row {
    const char *name;
    const char *first_driver; /* branch, or branch.minor */
};

static const struct function_row rows[] = {
#define FUNCTION(name, first_driver) {#name, #first_driver},
#include "functions.def"
#undef FUNCTION
};

/* nvmlReturn_t by number, nvml.h 13.3; the gap between 30 and 999 is theirs. */
static const char *const codes[] = {
    "SUCCESS", "UNINITIALIZED", "INVALID_ARGUMENT", "NOT_SUPPORTED", "NO_PERMISSION", "ALREADY_INITIALIZED",
    "NOT_FOUND", "INSUFFICIENT_SIZE", "INSUFFICIENT_POWER", "DRIVER_NOT_LOADED", "TIMEOUT", "IRQ_ISSUE",
    "LIBRARY_NOT_FOUND", "FUNCTION_NOT_FOUND", "CORRUPTED_INFOROM", "GPU_IS_LOST", "RESET_REQUIRED",
    "OPERATING_SYSTEM", "LIB_RM_VERSION_MISMATCH", "IN_USE", "MEMORY", "NO_DATA", "VGPU_ECC_NOT_SUPPORTED",
    "INSUFFICIENT_RESOURCES", "FREQ_NOT_SUPPORTED", "ARGUMENT_VERSION_MISMATCH", "DEPRECATED", "NOT_READY",
    "GPU_NOT_FOUND", "INVALID_STATE", "RESET_TYPE_NOT_SUPPORTED"};

#define CODE_UNKNOWN 999

const char *function_name(int function)
{
    return rows[function].name;
}

int function_first_driver(int function)
{
    char *minor;
    long branch = strtol(rows[function].first_driver, &minor, 10);
    return RELEASE((int)branch, *minor == '.' ? atoi(minor + 1) : 0);
}

int function_find(const char *name, size_t length)
{
    for (int i = 0; i < FUNCTION_COUNT; i++)
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) return i;
    return -1;
}

int return_code_find(const char *name, size_t length)
{
    static const char prefix[] = "NVML_ERROR_";
    int count = (int)(sizeof codes / sizeof *codes);
    if (length > sizeof prefix - 1 && memcmp(name, prefix, sizeof prefix - 1) == 0) {
        name += sizeof prefix - 1;
        length -= sizeof prefix - 1;
    }
    if (length == 7 && memcmp(name, "UNKNOWN", 7) == 0) return CODE_UNKNOWN;
    for (int i = 0; i < count; i++)
        if (strlen(codes[i]) == length && memcmp(codes[i], name, length) == 0) return i;
    int number = 0;
    for (size_t i = 0; i < length; i++) {
        if (name[i] < '0' || name[i] > '9' || number > 999) return -1;
        number = number * 10 + (name[i] - '0');
    }
    return length > 0 && (number < count || number == CODE_UNKNOWN) ? number : -1;
}
