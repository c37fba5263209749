/* The processes of the simulated work: one on each card, or one in each MIG device, while a job holds it. */
#ifndef FOREWARN_SIM_JOBS_H
#define FOREWARN_SIM_JOBS_H

#include "node.h"

#define JOB_PROGRAM "/usr/bin/python3" /* what every simulated job runs */
#define JOB_MAX_PROCESSES MIG_MAX_PARTS

struct job_process {
    unsigned pid;
    unsigned rank;      /* within its job, over the cards of the node */
    unsigned instance, compute; /* NO_MIG_INSTANCE on a whole card */
    unsigned part;      /* position in the card's mig_state.parts; 0 on a whole card */
    uint64_t memory;    /* bytes, as the process list shows them */
    int64_t since;      /* when it started */
    struct job_owner owner;
};

/* How many there are on a card, at most JOB_MAX_PROCESSES. */
unsigned job_processes(const struct sim_node *node, int gpu, int64_t t, struct job_process *out);
/* The next instant at which a process may come or go of itself. */
int64_t job_changes_after(const struct sim_node *node, int gpu, int64_t t);

/* owner.c: the owner of work that no line names, from the profile's `jobs`. `work` tells two pieces of work apart. */
void owner_of_schedule(const struct sim_node *node, int64_t job, uint64_t work, struct job_owner *out);
/* /proc/PID/cgroup as the kernel writes it. */
void owner_cgroup(const struct sim_node *node, const struct job_process *process, char *out, size_t size);
/* identity.c */
void pod_uid(const struct sim_node *node, uint64_t work, char out[48]);

#endif
