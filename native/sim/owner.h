/* To whom the work on a card belongs: a Slurm job, a Kubernetes pod, or nobody that a scheduler knows. */
#ifndef FOREWARN_SIM_OWNER_H
#define FOREWARN_SIM_OWNER_H

#include <stdbool.h>
#include <stdint.h>

enum owner_kind { OWNER_NONE, OWNER_SLURM, OWNER_POD };

struct job_owner {
    enum owner_kind kind;
    bool schedule;        /* whatever the profile's `jobs` says; then nothing below counts */
    bool old_form;        /* Slurm under cgroup v1; kubelet with the cgroupfs driver */
    unsigned id, user;    /* Slurm's job, and the uid of its processes */
    char step[16];        /* 0, batch, extern … */
    char space[64], name[64], uid[48]; /* of a pod */
};

#endif
