/* The NVML functions that the simulated library exports: their names, and the driver that first had them. */
#ifndef FOREWARN_SIM_FUNCTIONS_H
#define FOREWARN_SIM_FUNCTIONS_H

#include <stddef.h>

enum function {
#define FUNCTION(name, first_driver) FN_##name,
#include "functions.def"
#undef FUNCTION
    FUNCTION_COUNT
};

const char *function_name(int function);
/* The first driver that has it, as RELEASE(branch, minor); minor 0 when the whole branch has it. */
int function_first_driver(int function);

/* Drivers in the order in which they came out: 535.86 lies below 535.261. */
#define RELEASE(branch, minor) ((branch) * 1000 + (minor))
int function_find(const char *name, size_t length); /* -1 when unknown */

/* Return codes by number or by name (GPU_IS_LOST); -1 when unknown. */
int return_code_find(const char *name, size_t length);

#endif
