/* /proc/PID of the simulated work, in the kernel's formats (proc(5)), and the kubelet's log folders of its pods. */
#include "../sim/jobs.h"
#include "simnode.h"

#include <string.h>

#define TICKS_PER_SECOND 100       /* USER_HZ of every architecture that carries a GPU */
#define KILOBYTES_RESIDENT 4194304 /* host memory of a process, 4 GiB: own choice, and it does not move */

static void pod_folder(const struct job_owner *owner, char *out, size_t size)
{
    snprintf(out, size, "var/log/pods/%s_%s_%s", owner->space, owner->name, owner->uid);
}

static void render_process(struct simnode *s, const struct job_process *p)
{
    char path[256], cgroup[1024];
    int64_t booted = boot_time(&s->node);
    long long start = (long long)((p->since - booted) / (SIM_SECOND / TICKS_PER_SECOND));
    owner_cgroup(&s->node, p, cgroup, sizeof cgroup);
    snprintf(path, sizeof path, "proc/%u", p->pid);
    trees_directory(s, path);
#define PROC_FILE(name, ...) (snprintf(path, sizeof path, "proc/%u/%s", p->pid, name), trees_file(s, path, __VA_ARGS__))
    PROC_FILE("cgroup", "%s", cgroup);
    PROC_FILE("comm", "python3\n");
    PROC_FILE("cmdline", "%s%ctrain.py%c", JOB_PROGRAM, 0, 0);
    /* 52 fields; state, parent, times and sizes are those that a reader looks for, the CPU time stands still. */
    PROC_FILE("stat",
              "%u (python3) R 1 %u %u 0 -1 4194304 1048576 0 12 0 0 0 0 0 20 0 32 0 %lld %llu %u 18446744073709551615 1 1 0 0 0 0 0 "
              "16781312 17642 0 0 0 17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n",
              p->pid, p->pid, p->pid, start, KILOBYTES_RESIDENT * 1024ull, KILOBYTES_RESIDENT / 4);
    PROC_FILE("status",
              "Name:\tpython3\nUmask:\t0022\nState:\tR (running)\nTgid:\t%u\nNgid:\t0\nPid:\t%u\nPPid:\t1\nTracerPid:\t0\n"
              "Uid:\t%u\t%u\t%u\t%u\nGid:\t%u\t%u\t%u\t%u\nFDSize:\t256\nVmRSS:\t%8u kB\nThreads:\t32\n",
              p->pid, p->pid, p->owner.user, p->owner.user, p->owner.user, p->owner.user, p->owner.user, p->owner.user, p->owner.user,
              p->owner.user, KILOBYTES_RESIDENT);
#undef PROC_FILE
    if (p->owner.kind != OWNER_POD) return;
    pod_folder(&p->owner, path, sizeof path);
    trees_directory(s, path);
}

static bool holds(const struct told_process *list, size_t count, const struct told_process *wanted, bool pod)
{
    for (size_t i = 0; i < count; i++)
        if (pod ? strcmp(list[i].pod, wanted->pod) == 0 : list[i].pid == wanted->pid) return true;
    return false;
}

void render_processes(struct simnode *s)
{
    struct told_process now[SIM_MAX_GPUS * JOB_MAX_PROCESSES];
    struct job_process processes[JOB_MAX_PROCESSES];
    size_t count = 0;
    for (int gpu = 0; gpu < (int)s->node.profile.gpu_count; gpu++) {
        unsigned found = job_processes(&s->node, gpu, s->node.now, processes);
        for (unsigned i = 0; i < found; i++) {
            struct told_process *told = &now[count++];
            told->pid = processes[i].pid;
            told->pod[0] = '\0';
            if (processes[i].owner.kind == OWNER_POD) pod_folder(&processes[i].owner, told->pod, sizeof told->pod);
            render_process(s, &processes[i]);
        }
    }
    for (size_t i = 0; i < s->told_process_count; i++) {
        struct told_process *old = &s->told_processes[i];
        char path[64];
        snprintf(path, sizeof path, "proc/%u", old->pid);
        if (!holds(now, count, old, false)) trees_remove(s, path);
        if (old->pod[0] != '\0' && !holds(now, count, old, true)) trees_remove(s, old->pod);
    }
    memcpy(s->told_processes, now, count * sizeof *now);
    s->told_process_count = count;
}
