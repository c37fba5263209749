/* Faults of the calls themselves: hanging, slow, crashing and failing functions, and text on stdout. */
#ifndef FOREWARN_SIM_CALLS_H
#define FOREWARN_SIM_CALLS_H

#include "node.h"

struct call_fault {
    bool hangs, crashes;
    int code;        /* 0 = none */
    int64_t delay;   /* simulated ns; 0 = none */
    int64_t changes; /* the next instant at which this may differ */
};

/* `gpu` is MUTATION_NODE_SCOPE for functions without a device. */
void call_fault_at(const struct sim_node *node, int gpu, int function, int64_t t, struct call_fault *out);

#endif
