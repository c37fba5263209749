/* One timed change of the simulated node: what a scenario line says and what a journal line records. */
#ifndef FOREWARN_SIM_MUTATION_H
#define FOREWARN_SIM_MUTATION_H

#include "owner.h"
#include "words.h"

#include <stdint.h>

enum mutation_kind {
    MUTATION_SIGNAL,         /* bends one signal: `operation`, `value` */
    MUTATION_LOAD,           /* pins the workload to a level 0..1; value < 0 = back to the job schedule */
    MUTATION_LOST,           /* the GPU falls off the bus */
    MUTATION_RESET_REQUIRED, /* the GPU answers only identity until it is reset */
    MUTATION_RESET,          /* a GPU reset: volatile counters restart, pending remaps become active */
    MUTATION_RECOVERED,      /* ends lost or reset-required without a reset */
    MUTATION_UNBIND,         /* the GPU is taken from the driver; `until` it is given back */
    MUTATION_BIND,
    MUTATION_EXCLUDED,       /* from the next load of the driver on it leaves the GPU alone (`value` 1), or takes it (0) */
    MUTATION_XID,
    MUTATION_EVENT,          /* an event of the event set alone: `code` is its bit, `value` its data */
    MUTATION_HANG,
    MUTATION_SLOW,
    MUTATION_CRASH,
    MUTATION_FAIL,
    MUTATION_CLEAR,          /* ends hang, slow, crash and fail of a function */
    MUTATION_DRIVER_UNLOAD,
    MUTATION_DRIVER_LOAD,
    MUTATION_DRIVER_RELOAD,  /* unload now, load `duration` later */
    MUTATION_DRIVER_UPGRADE, /* kernel module and library change generation */
    MUTATION_LIBRARY_MISSING,
    MUTATION_LIBRARY_PRESENT,
    MUTATION_LIBRARY_SWITCH, /* only the library file changes: the mismatch after a package upgrade */
    MUTATION_STDOUT,
    MUTATION_KMSG,
    MUTATION_REBOOT,
    MUTATION_MIG,            /* `code` is an enum mig_change, `text` the instance */
    MUTATION_JOB,            /* to whom the work belongs: `owner` */
};

enum signal_operation { OP_SET, OP_ADD, OP_RATE, OP_NOISE, OP_STUCK, OP_WRONG, OP_WRAP, OP_RESET, OP_NORMAL };

#define NO_MIG_INSTANCE UINT32_MAX
#define MUTATION_NODE_SCOPE (-1)
#define FUNCTION_ANY (-1)

struct mutation {
    int64_t at;
    int64_t until; /* exclusive; SIM_FOREVER when open */
    uint32_t order; /* position in the journal: the later line wins at equal times */
    bool node;      /* scope `node`; else `gpus` */
    bool silent;    /* `lost silently`: no Xid 79 */
    uint32_t gpus;  /* bit per GPU; all ones for node scope */
    uint32_t links; /* bit per link when the signal is one of a link; else 0 */
    enum mutation_kind kind;
    int signal;     /* a fixed signal, or an enum link_field when `links` is set */
    enum signal_operation operation;
    int function;   /* index into functions.def or FUNCTION_ANY */
    int code;       /* Xid number, or the return code of `fail` */
    double value;
    int64_t duration; /* of `slow`: the added delay */
    char text[256];
    unsigned instance, compute; /* the MIG instances of an Xid or of a job; NO_MIG_INSTANCE elsewhere */
    struct job_owner owner;
};

/* `at DURATION (gpu N|A-B|* | node) FAULT`. On failure `w->error` names the column. */
bool mutation_parse_timed(struct words *w, unsigned gpu_count, struct mutation *out);
/* The same without `at`, for a fault that begins at `now`. */
bool mutation_parse(struct words *w, unsigned gpu_count, int64_t now, struct mutation *out);
/* The node part of the grammar (grammar_node.c) and the GPU part (grammar_gpu.c). */
bool mutation_parse_node(struct words *w, struct mutation *m);
bool mutation_parse_gpu(struct words *w, struct mutation *m);
/* Shared tails. */
bool mutation_parse_function(struct words *w, struct mutation *m);
bool mutation_parse_mig(struct words *w, struct mutation *m);
bool mutation_parse_job(struct words *w, struct mutation *m);
bool mutation_parse_load(struct words *w, struct mutation *m);
bool mutation_parse_for(struct words *w, struct mutation *m);
bool mutation_parse_text(struct words *w, struct mutation *m, const char *what);
bool mutation_parse_call_fault(struct words *w, const struct word *verb, struct mutation *m, bool *matched);

#endif
