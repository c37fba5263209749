#include "jobs.h"

#include "noise.h"

#define CONTEXT_OVERHEAD 524288000ull /* 500 MiB that the process list does not show: own choice */

enum { NOISE_PROCESS = 0x70726F63 };

/* The line that names the work's owner; NULL where the schedule does. */
static const struct mutation *owner_line(const struct sim_node *node, int gpu, unsigned instance, int64_t t)
{
    const struct mutation_list *list = &node->timeline.gpus[gpu].jobs;
    const struct mutation *found = NULL;
    for (size_t i = 0; i < list->count && list->items[i]->at <= t; i++) {
        const struct mutation *m = list->items[i];
        if (m->until <= t || (m->instance != NO_MIG_INSTANCE && m->instance != instance)) continue;
        found = m->owner.schedule ? NULL : m;
    }
    return found;
}

/* Above what most machines reach by themselves, below the kernel's limit of 4194304 (proc(5), pid_max). A card and a part of
 * it have their own numbers, so that at one time no two processes share one. */
static unsigned pid_of(const struct sim_node *node, int gpu, unsigned part, uint64_t work)
{
    return 4000000u + (unsigned)(noise_hash(node->seed, NOISE_PROCESS, work, 0) % 1500) * 128 + (unsigned)gpu % 16 * 8 + part % 8;
}

/* How many processes of the same job the cards before this one hold. */
static unsigned rank_before(const struct sim_node *node, int gpu, int64_t job, int64_t t)
{
    unsigned rank = 0;
    for (int other = 0; other < gpu; other++)
        if (phase_at(node, other, t).job == job) rank += node->migs[other].enabled ? node->migs[other].part_count : 1;
    return rank;
}

static uint64_t listed(uint64_t used)
{
    return used > 2 * CONTEXT_OVERHEAD ? used - CONTEXT_OVERHEAD : used;
}

unsigned job_processes(const struct sim_node *node, int gpu, int64_t t, struct job_process *out)
{
    struct phase phase = phase_at(node, gpu, t);
    if (phase.job < 0 || !node->driver.loaded || gpu_is_excluded(node, gpu)) return 0; /* a driver in use cannot be unloaded */
    const struct mig_state *mig = &node->migs[gpu];
    unsigned count = mig->enabled ? mig->part_count : 1, rank = rank_before(node, gpu, phase.job, t);
    for (unsigned i = 0; i < count; i++) {
        const struct mig_part *part = mig->enabled ? &mig->parts[i] : NULL;
        const struct mig_instance *instance = part != NULL ? mig_instance_of(mig, part) : NULL;
        struct job_process *p = &out[i];
        *p = (struct job_process){.rank = rank + i, .part = i, .instance = NO_MIG_INSTANCE, .compute = NO_MIG_INSTANCE,
                                  .since = phase.job_start};
        uint64_t used;
        if (part != NULL) {
            unsigned sharing = 0;
            for (unsigned k = 0; k < mig->part_count; k++) sharing += mig->parts[k].instance == part->instance;
            p->instance = instance->id;
            p->compute = part->id;
            used = mig_memory_used(node, gpu, instance, t) / sharing;
        } else {
            double bytes = gauge_value(node, gpu, SIGNAL_MEMORY_USED, t);
            used = bytes > 0 ? (uint64_t)bytes : 0;
        }
        p->memory = listed(used);
        const struct mutation *line = owner_line(node, gpu, p->instance, t);
        uint64_t work = noise_mix((uint64_t)phase.job) ^ (part != NULL ? (uint64_t)part->birth << 8 | (uint64_t)gpu << 40 : 0);
        if (line != NULL) {
            work ^= noise_mix((uint64_t)line->order + 1);
            p->owner = line->owner;
            if (line->at > p->since) p->since = line->at;
        } else {
            owner_of_schedule(node, phase.job, work, &p->owner);
        }
        p->pid = pid_of(node, gpu, part != NULL ? part->index : 0, work);
        if (node->driver.loaded_since > p->since) p->since = node->driver.loaded_since;
    }
    return count;
}

int64_t job_changes_after(const struct sim_node *node, int gpu, int64_t t)
{
    struct phase phase = phase_at(node, gpu, t);
    int64_t next = phase.end;
    /* The phases inside a job's slot change no process; a pinned one has no slot. */
    if (phase.job >= 0 && phase.job < INT64_C(1) << 40) {
        int64_t slot_end = phase.job_start + slot_length(node);
        const struct mutation_list *load = &node->timeline.gpus[gpu].load;
        next = slot_end > t ? slot_end : phase.end;
        for (size_t i = 0; i < load->count; i++)
            if (load->items[i]->at > t && load->items[i]->at < next) next = load->items[i]->at;
    }
    const struct mutation_list *list = &node->timeline.gpus[gpu].jobs;
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i]->until > t && list->items[i]->until < next) next = list->items[i]->until;
    return next;
}
