/* How each signal of the simulator is read through the library: one table for all tests that read everything. */
#ifndef FOREWARN_TESTS_READINGS_H
#define FOREWARN_TESTS_READINGS_H

#include <stdbool.h>
#include <stddef.h>

enum how {
    BY_GETTER,    /* int f(device, unsigned *) */
    BY_ARGUMENT,  /* int f(device, a, unsigned *) */
    BY_FIELD,     /* field value `a` in scope `b`; on a link the scope is its number */
    BY_ECC,       /* `a`: 0 corrected, 1 uncorrected; `b`: the location; volatile */
    BY_ECC_LIFE,  /* the same, kept over resets */
    BY_PRM,       /* counter `a` of the link's port */
    BY_LINK_ERROR, /* nvmlDeviceGetNvLinkErrorCounter, `a` */
    BY_STRUCTURE, /* `read` */
};

struct reading {
    const char *signal; /* as in a scenario; `link.FIELD` for a field of a link */
    enum how how;
    const char *function;
    unsigned a, b;
    double scale; /* what the library's unit has to the signal's: 1000 for milliwatts */
    bool flag;    /* reads 0 or 1 whatever the number */
    int (*read)(void *device, double *value);
};

extern const struct reading readings[];
extern const size_t reading_count;

/* The NVML code; with 0 the value in the signal's unit. `link` is for fields of links. */
int reading_take(const struct reading *reading, void *device, unsigned link, double *value);

#endif
