/* A count as the journal drives it: rates are integrated in closed form, never ticked. */
#include "node.h"
#include "noise.h"

enum { NOISE_WARP = 0x77617270, NOISE_LIFETIME = 0x6C696665 };

#define WARP_TICK (4 * SIM_SECOND)

/* Bends time so that a constant rate arrives in bursts (0.2 to 1.8 times as fast) yet never runs backwards, and the
 * total stays exact over any multiple of a tick. Returns seconds. */
static double warped(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    int64_t tick = t / WARP_TICK;
    double part = (double)(t - tick * WARP_TICK) / WARP_TICK;
    uint64_t what = NOISE_WARP + (uint64_t)signal;
    double low = 0.8 * noise_unit(node->seed, what, (uint64_t)gpu, tick);
    double high = 0.8 * noise_unit(node->seed, what, (uint64_t)gpu, tick + 1);
    return ((double)tick + part + low + part * (high - low)) * (double)WARP_TICK / 1e9;
}

/* Codewords of forward error correction in a KiB of traffic: with RS(544,514) over 10-bit symbols one carries 642.5 bytes. */
#define CODEWORDS_A_KIB (1024 / 642.5)

/* How many of a field a link counts with each KiB that passes. */
static double in_a_kib(const struct profile *p, enum link_field field)
{
    switch (field) {
    case LINK_TX:
    case LINK_RX: return 1;
    case LINK_FEC_0: return p->fec_one > 0 ? CODEWORDS_A_KIB : 0; /* NVLink 5 alone counts them */
    case LINK_FEC_1: return CODEWORDS_A_KIB * p->fec_one;
    case LINK_FEC_2: return CODEWORDS_A_KIB * p->fec_two;
    case LINK_PLR_XMIT:
    case LINK_PLR_RCV: return p->plr_block > 0 ? 1024 / p->plr_block : 0;
    default: return 0;
    }
}

static double healthy_link(struct sim_node *node, int gpu, int signal, int64_t from, int64_t to)
{
    const struct profile *p = &node->profile;
    double share = in_a_kib(p, signal_link_field(signal));
    if (share == 0 || signal_link(signal) >= (int)p->link_count) return 0;
    /* Each link a shade different from its neighbours, and none faster than it is. */
    double skew = 1 + 0.01 * noise_normal(node->seed, NOISE_WARP, (uint64_t)gpu, signal);
    double bytes = integral_between(node, gpu, SUM_TRAFFIC, from, to) / p->link_count * skew;
    return fmin(bytes, p->link_speed * 1e6 * (double)(to - from) / 1e9) / 1024 * share;
}

/* What a healthy card counts by itself. */
static double healthy(struct sim_node *node, int gpu, int signal, int64_t from, int64_t to)
{
    if (to <= from) return 0;
    if (signal == SIGNAL_ENERGY) return power_integral(node, gpu, from, to);
    if (signal == SIGNAL_THROTTLE_TIME_POWER) return node->profile.capped_share * integral_between(node, gpu, SUM_POWER_CAPPED, from, to);
    if (signal == SIGNAL_PCIE_TX_BYTES) return pcie_bytes(node, gpu, SUM_PCIE_TX, from, to);
    if (signal == SIGNAL_PCIE_RX_BYTES) return pcie_bytes(node, gpu, SUM_PCIE_RX, from, to);
    return signal_is_link(signal) ? healthy_link(node, gpu, signal, from, to) : 0;
}

struct count {
    double value, rate;
    int64_t last, rate_until;
    bool overridden;
    double reading;
    double modulus;
};

static void advance(struct sim_node *node, int gpu, int signal, struct count *c, int64_t to)
{
    if (to <= c->last) return;
    c->value += healthy(node, gpu, signal, c->last, to);
    int64_t rate_end = c->rate_until < to ? c->rate_until : to;
    if (c->rate > 0 && rate_end > c->last)
        c->value += c->rate * (warped(node, gpu, signal, rate_end) - warped(node, gpu, signal, c->last));
    c->last = to;
}

static double count_from(struct sim_node *node, int gpu, int signal, int64_t since, int64_t t, double initial, size_t count)
{
    const struct mutation_list *list = signal_list(node, gpu, signal);
    struct count c = {.value = initial, .last = since};
    for (size_t i = 0; i < count && list->items[i]->at <= t; i++) {
        const struct mutation *m = list->items[i];
        bool past = m->at < since; /* of an earlier driver load: what it counted is gone, a fault still lasts */
        advance(node, gpu, signal, &c, m->at);
        switch (m->operation) {
        case OP_SET:
            if (!past) c.value = m->value;
            break;
        case OP_ADD:
            if (!past) c.value += m->value;
            break;
        case OP_RATE:
            c.rate = m->value;
            c.rate_until = m->until;
            break;
        case OP_RESET:
            if (!past) c.value = 0;
            break;
        case OP_WRAP:
            if (m->until > t) c.modulus = exp2(m->value);
            break;
        case OP_STUCK:
        case OP_WRONG:
            if (m->until <= t) break;
            c.overridden = true;
            c.reading = m->operation == OP_WRONG ? m->value : count_from(node, gpu, signal, since, m->at, initial, i);
            break;
        default: /* normal */
            c.rate = 0;
            c.modulus = 0;
            c.overridden = false;
            break;
        }
    }
    advance(node, gpu, signal, &c, t);
    if (c.overridden) return c.reading;
    return c.modulus > 0 ? fmod(c.value, c.modulus) : c.value;
}

double counter_value(struct sim_node *node, int gpu, int signal, int64_t t)
{
    if (signal_kind(signal) == STORED) return counter_lifetime(node, gpu, signal, t);
    return count_from(node, gpu, signal, node->gpus[gpu].counting_since, t, 0, signal_list(node, gpu, signal)->count);
}

double counter_lifetime(struct sim_node *node, int gpu, int signal, int64_t t)
{
    double initial = 0;
    /* A few corrected errors stand in the infoROM of any card that has worked for months; own choice, 0 to 3. */
    if (signal == SIGNAL_ECC_DRAM_CORRECTED) initial = floor(4 * noise_unit(node->seed, NOISE_LIFETIME, (uint64_t)gpu, 0));
    return count_from(node, gpu, signal, 0, t, initial, signal_list(node, gpu, signal)->count);
}
