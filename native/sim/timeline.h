/* The journal in memory: mutations in time order, indexed by what they concern. */
#ifndef FOREWARN_SIM_TIMELINE_H
#define FOREWARN_SIM_TIMELINE_H

#include "mutation.h"
#include "signals.h"

#include <stddef.h>

struct mutation_list {
    const struct mutation **items;
    size_t count, capacity;
};

struct gpu_timeline {
    struct mutation_list signals[SIGNAL_COUNT];
    struct mutation_list load;
    struct mutation_list life;   /* lost, reset-required, reset, recovered, excluded, and the node's reboots */
    struct mutation_list calls;  /* hang, slow, crash, fail, clear; the node's too */
    struct mutation_list mig;    /* what cuts the card anew */
    struct mutation_list jobs;   /* job lines */
    struct mutation_list events; /* Xid and what else the event set reports */
    struct mutation_list binding; /* unbind and bind: the system event sets */
};

struct timeline {
    struct mutation_list all;
    struct mutation_list driver; /* driver, library and reboot lines */
    struct mutation_list calls;  /* node-wide call faults, for functions without a device */
    struct mutation_list output; /* stdout lines */
    struct gpu_timeline gpus[SIM_MAX_GPUS];
};

/* Copies the mutation. False when memory is short. */
bool timeline_add(struct timeline *t, const struct mutation *m);
void timeline_clear(struct timeline *t);

#endif
