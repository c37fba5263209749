/* Closed-form sums over the job schedule. Whole slots are summed once per process and kept, so a call costs the same
 * after a minute and after a year. */
#include "node.h"

#include <stdlib.h>

#define CAP_SHARE 0.97

static double rate_of(const struct sim_node *node, int gpu, const struct phase *phase, enum integral_sum sum)
{
    double watts = model_power(node, gpu, phase->level), limit = node->profile.power_limit_default;
    switch (sum) {
    case SUM_ENERGY: return watts < limit * 1.025 ? watts : limit * 1.025;
    case SUM_POWER_CAPPED: return phase->kind == PHASE_WORK && watts >= CAP_SHARE * limit ? 1 : 0;
    case SUM_PCIE_TX:
    case SUM_PCIE_RX: {
        double bytes = pcie_rate(&node->profile, phase, sum == SUM_PCIE_TX);
        return fmin(bytes, pcie_limit(node->profile.pcie_generation, node->profile.pcie_width));
    }
    default: return link_flow(&node->profile, phase);
    }
}

typedef struct phase (*phase_source)(const struct sim_node *, int, int64_t);

static double walk(const struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to, phase_source at)
{
    double total = 0;
    while (from < to) {
        struct phase phase = at(node, gpu, from);
        int64_t end = phase.end < to ? phase.end : to;
        total += rate_of(node, gpu, &phase, sum) * (double)(end - from) / 1e9;
        from = end;
    }
    return total;
}

static bool grow(struct slot_sums *sums, size_t slots)
{
    if (slots <= sums->capacity) return true;
    size_t capacity = sums->capacity ? sums->capacity : 64;
    while (capacity < slots) capacity *= 2;
    double *grown = realloc(sums->at, capacity * SUM_COUNT * sizeof *grown);
    if (grown == NULL) return false;
    sums->at = grown;
    sums->capacity = capacity;
    return true;
}

/* The total from the start of slot 0 to `t`, by the schedule alone. */
static double scheduled_total(struct sim_node *node, int gpu, enum integral_sum sum, int64_t t)
{
    struct slot_sums *sums = &node->sums[gpu];
    int64_t length = slot_length(node), offset = slot_offset(node);
    size_t slot = (size_t)((t + offset) / length);
    if (!grow(sums, slot + 1)) return walk(node, gpu, sum, -offset, t, phase_scheduled);
    if (sums->count == 0) {
        for (int s = 0; s < SUM_COUNT; s++) sums->at[s] = 0;
        sums->count = 1;
    }
    for (; sums->count <= slot; sums->count++) {
        int64_t start = (int64_t)(sums->count - 1) * length - offset;
        double *before = sums->at + (sums->count - 1) * SUM_COUNT;
        for (int s = 0; s < SUM_COUNT; s++)
            before[SUM_COUNT + s] = before[s] + walk(node, gpu, (enum integral_sum)s, start, start + length, phase_scheduled);
    }
    int64_t start = (int64_t)slot * length - offset;
    return sums->at[slot * SUM_COUNT + (size_t)sum] + walk(node, gpu, sum, start, t, phase_scheduled);
}

double integral_between(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to)
{
    const struct mutation_list *list = &node->timeline.gpus[gpu].load;
    double total = 0;
    bool pinned = false;
    size_t i = 0;
    while (from < to) {
        for (; i < list->count && list->items[i]->at <= from; i++) pinned = list->items[i]->value >= 0;
        int64_t end = i < list->count && list->items[i]->at < to ? list->items[i]->at : to;
        total += pinned ? walk(node, gpu, sum, from, end, phase_at)
                        : scheduled_total(node, gpu, sum, end) - scheduled_total(node, gpu, sum, from);
        from = end;
    }
    return total;
}

double integral_capped(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to, double most)
{
    double total = 0;
    if (most >= pcie_limit(node->profile.pcie_generation, node->profile.pcie_width)) return integral_between(node, gpu, sum, from, to);
    while (from < to) {
        struct phase phase = phase_at(node, gpu, from);
        int64_t end = phase.end < to ? phase.end : to;
        total += fmin(rate_of(node, gpu, &phase, sum), most) * (double)(end - from) / 1e9;
        from = end;
    }
    return total;
}
