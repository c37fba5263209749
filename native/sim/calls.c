#include "calls.h"

static bool concerns(const struct mutation *m, int function)
{
    return m->function == FUNCTION_ANY || m->function == function;
}

static void apply(struct call_fault *out, const struct mutation *m)
{
    switch (m->kind) {
    case MUTATION_HANG: out->hangs = true; break;
    case MUTATION_CRASH: out->crashes = true; break;
    case MUTATION_FAIL: out->code = m->code; break;
    case MUTATION_SLOW: out->delay = m->duration; break;
    default: *out = (struct call_fault){.changes = out->changes}; break; /* clear */
    }
}

void call_fault_at(const struct sim_node *node, int gpu, int function, int64_t t, struct call_fault *out)
{
    *out = (struct call_fault){.changes = SIM_FOREVER};
    const struct mutation_list *list = gpu < 0 ? &node->timeline.calls : &node->timeline.gpus[gpu].calls;
    for (size_t i = 0; i < list->count; i++) {
        const struct mutation *m = list->items[i];
        if (m->at > t) {
            if (m->at < out->changes) out->changes = m->at;
            return;
        }
        if (!concerns(m, function) || m->until <= t) continue;
        if (m->until < out->changes) out->changes = m->until;
        apply(out, m);
    }
}
