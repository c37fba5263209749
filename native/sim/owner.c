/* Who owns scheduled work, and what the kernel says about a process of his. */
#include "jobs.h"
#include "noise.h"

#include <stdio.h>
#include <string.h>

#define FIRST_JOB 4242u       /* the job at time 0; own choice */
#define FIRST_PINNED 900000u  /* a job that a `load` line started; own choice, far from the others */
#define FIRST_USER 1001u

enum { NOISE_OWNER = 0x6F776E65, NOISE_CONTAINER = 0x636F6E74 };

void owner_of_schedule(const struct sim_node *node, int64_t job, uint64_t work, struct job_owner *out)
{
    const char *jobs = node->profile.jobs;
    bool pinned = job >= INT64_C(1) << 40;
    *out = (struct job_owner){.old_form = strcmp(jobs, "slurm-v1") == 0 || strcmp(jobs, "pods-cgroupfs") == 0};
    if (strncmp(jobs, "slurm", 5) == 0) {
        out->kind = OWNER_SLURM;
        /* Ids rise with time, as slurmctld hands them out. */
        out->id = (pinned ? FIRST_PINNED : FIRST_JOB) + (unsigned)(job & 0xFFFFFF);
        out->user = FIRST_USER + (unsigned)(noise_hash(node->seed, NOISE_OWNER, (uint64_t)job, 0) % 5);
        snprintf(out->step, sizeof out->step, "%s", out->old_form ? "batch" : "0");
    } else if (strncmp(jobs, "pods", 4) == 0) {
        out->kind = OWNER_POD;
        out->user = 0;
        snprintf(out->space, sizeof out->space, "team-%c", 'a' + (char)(noise_hash(node->seed, NOISE_OWNER, work, 1) % 4));
        snprintf(out->name, sizeof out->name, "trainer-%05x", (unsigned)(noise_hash(node->seed, NOISE_OWNER, work, 2) & 0xFFFFF));
        pod_uid(node, work, out->uid);
    }
}

/* Slurm's cgroup/v1 and cgroup/v2 plug-ins. */
static void slurm_cgroup(const struct job_process *p, char *out, size_t size)
{
    const struct job_owner *o = &p->owner;
    if (!o->old_form) {
        snprintf(out, size, "0::/system.slice/slurmstepd.scope/job_%u/step_%s/user/task_%u\n", o->id, o->step, p->rank);
        return;
    }
    /* Each controller has a hierarchy of its own; tasks stand only under devices and memory. */
    size_t used = (size_t)snprintf(out, size, "12:cpuset:/slurm/uid_%u/job_%u/step_%s\n9:freezer:/slurm/uid_%u/job_%u/step_%s\n", o->user, o->id,
                            o->step, o->user, o->id, o->step);
    if (used < size)
        snprintf(out + used, size - used,
                 "6:devices:/slurm/uid_%u/job_%u/step_%s/task_%u\n4:memory:/slurm/uid_%u/job_%u/step_%s/task_%u\n"
                 "1:name=systemd:/system.slice/slurmd.service\n0::/system.slice/slurmd.service\n",
                 o->user, o->id, o->step, p->rank, o->user, o->id, o->step, p->rank);
}

/* kubelet's burstable class under either of its drivers; in systemd's slices the uid's dashes become underscores. */
static void pod_cgroup(const struct sim_node *node, const struct job_owner *o, char *out, size_t size)
{
    char container[65], escaped[48];
    uint64_t key = 0;
    for (const char *c = o->uid; *c != '\0'; c++) key = noise_mix(key ^ (unsigned char)*c);
    for (int i = 0; i < 4; i++)
        snprintf(container + i * 16, 17, "%016llx", (unsigned long long)noise_hash(node->seed, NOISE_CONTAINER, key, i));
    snprintf(escaped, sizeof escaped, "%s", o->uid);
    for (char *c = escaped; *c != '\0'; c++)
        if (*c == '-') *c = '_';
    if (o->old_form) snprintf(out, size, "0::/kubepods/burstable/pod%s/%s\n", o->uid, container);
    else
        snprintf(out, size,
                 "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod%s.slice/cri-containerd-%s.scope\n", escaped, container);
}

void owner_cgroup(const struct sim_node *node, const struct job_process *p, char *out, size_t size)
{
    if (p->owner.kind == OWNER_SLURM) slurm_cgroup(p, out, size);
    else if (p->owner.kind == OWNER_POD) pod_cgroup(node, &p->owner, out, size);
    else snprintf(out, size, "0::/user.slice/user-1000.slice/session-2.scope\n");
}
