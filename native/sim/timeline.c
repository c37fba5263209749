#include "timeline.h"

#include <stdlib.h>
#include <string.h>

static bool insert(struct mutation_list *list, const struct mutation *m)
{
    if (list->count == list->capacity) {
        size_t capacity = list->capacity ? list->capacity * 2 : 4;
        const struct mutation **grown = realloc((void *)list->items, capacity * sizeof *grown);
        if (grown == NULL) return false;
        list->items = grown;
        list->capacity = capacity;
    }
    size_t place = list->count;
    while (place > 0 && list->items[place - 1]->at > m->at) place--; /* equal times keep the journal's order */
    memmove((void *)(list->items + place + 1), (void *)(list->items + place), (list->count - place) * sizeof *list->items);
    list->items[place] = m;
    list->count++;
    return true;
}

static bool is_event(const struct mutation *m)
{
    if (m->kind == MUTATION_XID || m->kind == MUTATION_MIG || m->kind == MUTATION_EVENT) return true;
    if (m->kind == MUTATION_LOST) return !m->silent;
    if (m->kind != MUTATION_SIGNAL || m->links != 0) return false;
    switch (m->signal) {
    case SIGNAL_ECC_DRAM_CORRECTED:
    case SIGNAL_ECC_DRAM_UNCORRECTED:
    case SIGNAL_ECC_SRAM_CORRECTED:
    case SIGNAL_ECC_SRAM_UNCORRECTED:
    case SIGNAL_ECC_SRAM_UNCORRECTED_PARITY:
    case SIGNAL_ROW_REMAP_CORRECTED:
    case SIGNAL_ROW_REMAP_UNCORRECTED:
    case SIGNAL_PAGES_SINGLE_BIT:
    case SIGNAL_PAGES_DOUBLE_BIT: return m->operation == OP_ADD;
    case SIGNAL_PSTATE:
    case SIGNAL_POWER_SOURCE:
    case SIGNAL_RECOVERY_ACTION:
    case SIGNAL_ROW_REMAP_FAILED: return m->operation == OP_SET;
    default: return false;
    }
}

static bool insert_signal(struct gpu_timeline *gpu, const struct mutation *m)
{
    if (m->links == 0) return insert(&gpu->signals[m->signal], m);
    for (int link = 0; link < SIM_MAX_LINKS; link++)
        if ((m->links >> link & 1u) != 0 && !insert(&gpu->signals[signal_of_link(link, (enum link_field)m->signal)], m))
            return false;
    return true;
}

static bool cuts_anew(const struct mutation *m)
{
    switch (m->kind) {
    case MUTATION_MIG:
    case MUTATION_RESET:
    case MUTATION_REBOOT:
    case MUTATION_DRIVER_UNLOAD:
    case MUTATION_DRIVER_RELOAD:
    case MUTATION_DRIVER_UPGRADE: return true;
    default: return false;
    }
}

static bool insert_gpu(struct gpu_timeline *gpu, const struct mutation *m)
{
    if (is_event(m) && !insert(&gpu->events, m)) return false;
    if (cuts_anew(m) && !insert(&gpu->mig, m)) return false;
    switch (m->kind) {
    case MUTATION_JOB: return insert(&gpu->jobs, m);
    case MUTATION_SIGNAL: return insert_signal(gpu, m);
    case MUTATION_LOAD: return insert(&gpu->load, m);
    case MUTATION_HANG:
    case MUTATION_SLOW:
    case MUTATION_CRASH:
    case MUTATION_FAIL:
    case MUTATION_CLEAR: return insert(&gpu->calls, m);
    case MUTATION_LOST:
    case MUTATION_RESET_REQUIRED:
    case MUTATION_RESET:
    case MUTATION_RECOVERED:
    case MUTATION_EXCLUDED:
    case MUTATION_REBOOT: return insert(&gpu->life, m);
    case MUTATION_UNBIND:
    case MUTATION_BIND: return insert(&gpu->life, m) && insert(&gpu->binding, m);
    default: return true;
    }
}

static bool insert_node(struct timeline *t, const struct mutation *m)
{
    switch (m->kind) {
    case MUTATION_HANG:
    case MUTATION_SLOW:
    case MUTATION_CRASH:
    case MUTATION_FAIL:
    case MUTATION_CLEAR: return insert(&t->calls, m);
    case MUTATION_DRIVER_UNLOAD:
    case MUTATION_DRIVER_LOAD:
    case MUTATION_DRIVER_RELOAD:
    case MUTATION_DRIVER_UPGRADE:
    case MUTATION_LIBRARY_MISSING:
    case MUTATION_LIBRARY_PRESENT:
    case MUTATION_LIBRARY_SWITCH:
    case MUTATION_REBOOT: return insert(&t->driver, m);
    case MUTATION_STDOUT: return insert(&t->output, m);
    default: return true;
    }
}

bool timeline_add(struct timeline *t, const struct mutation *m)
{
    struct mutation *copy = malloc(sizeof *copy);
    if (copy == NULL) return false;
    *copy = *m;
    copy->order = (uint32_t)t->all.count;
    if (!insert(&t->all, copy)) {
        free(copy);
        return false;
    }
    if (copy->node && !insert_node(t, copy)) return false;
    for (int gpu = 0; gpu < SIM_MAX_GPUS; gpu++)
        if ((copy->gpus >> gpu & 1u) != 0 && !insert_gpu(&t->gpus[gpu], copy)) return false;
    return true;
}

static void release(struct mutation_list *list)
{
    free((void *)list->items);
    *list = (struct mutation_list){0};
}

void timeline_clear(struct timeline *t)
{
    for (size_t i = 0; i < t->all.count; i++) free((void *)t->all.items[i]);
    release(&t->all);
    release(&t->driver);
    release(&t->calls);
    release(&t->output);
    for (int gpu = 0; gpu < SIM_MAX_GPUS; gpu++) {
        struct gpu_timeline *g = &t->gpus[gpu];
        for (int i = 0; i < SIGNAL_COUNT; i++) release(&g->signals[i]);
        release(&g->load);
        release(&g->life);
        release(&g->calls);
        release(&g->mig);
        release(&g->jobs);
        release(&g->events);
        release(&g->binding);
    }
}
