/* A level as the journal bends it. */
#include "node.h"
#include "noise.h"

enum { NOISE_BEND = 0x62656E64 };

#define RECOVERY_NODE_REBOOT 2 /* nvmlDeviceGpuRecoveryAction_t */

struct bend {
    bool fixed, wrong;
    double value, wrong_value, noise;
    double offset, slope; /* per second, at t */
};

static double evaluate(const struct sim_node *node, int gpu, int signal, int64_t t, size_t count);

static bool cleared_by_reset(const struct sim_node *node, int gpu, int signal, const struct mutation *m)
{
    /* A reset makes pending repairs active; nothing else of a broken card is cured by it. */
    switch (signal) {
    case SIGNAL_ROW_REMAP_PENDING:
    case SIGNAL_PAGES_PENDING:
    case SIGNAL_REPAIR_CHANNEL:
    case SIGNAL_REPAIR_TPC: return m->at < node->gpus[gpu].counting_since;
    case SIGNAL_RECOVERY_ACTION: /* a reboot is asked for until there was one */
        return m->at < (m->value == RECOVERY_NODE_REBOOT ? node->driver.booted_at : node->gpus[gpu].counting_since);
    default: return false;
    }
}

static struct bend fold(const struct sim_node *node, int gpu, int signal, int64_t t, size_t count)
{
    const struct mutation_list *list = signal_list(node, gpu, signal);
    struct bend bend = {0};
    int64_t sloped_at = 0;
    for (size_t i = 0; i < count && list->items[i]->at <= t; i++) {
        const struct mutation *m = list->items[i];
        if (m->until <= t || cleared_by_reset(node, gpu, signal, m)) continue;
        switch (m->operation) {
        case OP_SET:
            bend = (struct bend){.fixed = true, .value = m->value, .noise = bend.noise};
            break;
        case OP_ADD: bend.offset += m->value; break;
        case OP_RATE:
            bend.offset += bend.slope * (double)(m->at - sloped_at) / 1e9;
            bend.slope = m->value;
            sloped_at = m->at;
            break;
        case OP_NOISE: bend.noise = m->value; break;
        case OP_STUCK:
            bend = (struct bend){.fixed = true, .value = evaluate(node, gpu, signal, m->at, i)};
            break;
        case OP_WRONG:
            bend.wrong = true;
            bend.wrong_value = m->value;
            break;
        default: bend = (struct bend){0}; break; /* normal */
        }
    }
    bend.offset += bend.slope * (double)(t - sloped_at) / 1e9;
    return bend;
}

static double evaluate(const struct sim_node *node, int gpu, int signal, int64_t t, size_t count)
{
    struct bend bend = fold(node, gpu, signal, t, count);
    if (bend.wrong) return bend.wrong_value;
    double value = (bend.fixed ? bend.value : model_value(node, gpu, signal, t)) + bend.offset;
    if (bend.noise != 0)
        value += bend.noise * (2 * noise_unit(node->seed, NOISE_BEND + (uint64_t)signal, (uint64_t)gpu, t / (SIM_SECOND / 2)) - 1);
    return value;
}

double gauge_value(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    const struct mutation_list *list = signal_list(node, gpu, signal);
    if (list->count == 0) return model_value(node, gpu, signal, t);
    return evaluate(node, gpu, signal, t, list->count);
}

/* Sums power piece by piece between the instants where the journal bends it. A wrong or noisy reading burns nothing. */
double power_integral(struct sim_node *node, int gpu, int64_t from, int64_t to)
{
    const struct mutation_list *list = signal_list(node, gpu, SIGNAL_POWER);
    if (list->count == 0) return integral_between(node, gpu, SUM_ENERGY, from, to);
    double joules = 0;
    while (from < to) {
        int64_t next = to;
        for (size_t i = 0; i < list->count; i++) {
            const struct mutation *m = list->items[i];
            if (m->at > from && m->at < next) next = m->at;
            if (m->until > from && m->until < next) next = m->until;
        }
        struct bend bend = fold(node, gpu, SIGNAL_POWER, from, list->count);
        double seconds = (double)(next - from) / 1e9;
        double piece = (bend.fixed ? bend.value * seconds : integral_between(node, gpu, SUM_ENERGY, from, next)) +
                       bend.offset * seconds + bend.slope * seconds * seconds / 2;
        joules += piece > 0 ? piece : 0;
        from = next;
    }
    return joules;
}
