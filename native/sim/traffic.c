/* What a card's work moves over slot and links, never more than these can carry. */
#include "node.h"

double pcie_limit(double generation, double width)
{
    /* GT/s a lane; two bits in ten are coding up to generation 2, two in 130 up to 5, 14 bytes of a flit of 256 in 6. */
    static const double rates[] = {2.5, 5, 8, 16, 32, 64};
    int index = (int)generation - 1;
    if (index < 0 || index > 5 || width <= 0) return 0;
    double payload = index < 2 ? 0.8 : index < 5 ? 128.0 / 130 : 242.0 / 256;
    return rates[index] * width * payload / 8 * 1e9;
}

/* Bytes a second over the slot as it is trained now. */
static double limit_now(const struct sim_node *node, int gpu, int64_t t)
{
    return pcie_limit(gauge_value(node, gpu, SIGNAL_PCIE_GENERATION, t), gauge_value(node, gpu, SIGNAL_PCIE_WIDTH, t));
}

double pcie_rate(const struct profile *p, const struct phase *phase, bool transmit)
{
    switch (phase->kind) {
    case PHASE_CHECKPOINT: return 1e9 * (transmit ? p->pcie_save : p->pcie_save / 50); /* acknowledgements: own choice */
    case PHASE_RAMP: return 1e9 * (transmit ? p->pcie_load / 50 : p->pcie_load);
    case PHASE_WORK: return 1e9 * p->pcie_work * phase->level;
    default: return 1e9 * p->pcie_rest;
    }
}

double pcie_traffic(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    struct phase phase = phase_at(node, gpu, t);
    double bytes = pcie_rate(&node->profile, &phase, signal == SIGNAL_PCIE_TX) * (1 + 0.2 * reading_noise(node, gpu, signal, t));
    return floor(fmin(fmax(bytes, 0), limit_now(node, gpu, t)) / 1000); /* KB/s */
}

/* The next instant after `from` at which a line bends the signal, or stops to; `to` if none does before. */
static int64_t next_bend(const struct mutation_list *list, int64_t from, int64_t to)
{
    int64_t next = to;
    for (size_t i = 0; i < list->count; i++) {
        const struct mutation *m = list->items[i];
        if (m->at > from && m->at < next) next = m->at;
        if (m->until > from && m->until < next) next = m->until;
    }
    return next;
}

double pcie_bytes(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to)
{
    const struct mutation_list *width = signal_list(node, gpu, SIGNAL_PCIE_WIDTH);
    const struct mutation_list *generation = signal_list(node, gpu, SIGNAL_PCIE_GENERATION);
    if (width->count == 0 && generation->count == 0) return integral_between(node, gpu, sum, from, to);
    double bytes = 0;
    while (from < to) {
        int64_t next = next_bend(width, from, next_bend(generation, from, to));
        bytes += integral_capped(node, gpu, sum, from, next, limit_now(node, gpu, from));
        from = next;
    }
    return bytes;
}

double link_flow(const struct profile *p, const struct phase *phase)
{
    double all = p->link_count * p->link_speed / 1000; /* GB/s */
    return phase->kind == PHASE_WORK ? 1e9 * fmin(p->link_work * phase->level, all) : 0;
}
