/* The metrics of GPM as the work makes them: shares of a busy GPU, and what moves over slot, NVLinks and C2C links. */
#include "node.h"
#include "noise.h"

#define MEBIBYTE 1048576.0
#define C2C_RAW_SHARE 1.06 /* data and protocol; own choice, as for NVLink */

enum { NOISE_GPM = 0x67706D };

/* MiB/s between card and Grace CPU: what the work loads and saves comes this way. Each link a shade different. */
static double c2c(const struct sim_node *node, int gpu, int id, int64_t t)
{
    bool total = id < 104, receives = id % 2 != 0, data = id % 4 >= 2; /* total TX, total RX, data TX, data RX; then in fours */
    int link = (id - 104) / 4, links = (int)node->profile.c2c_links;
    double rate = gauge_value(node, gpu, receives ? SIGNAL_PCIE_RX : SIGNAL_PCIE_TX, t) * 1000 / MEBIBYTE * (data ? 1 : C2C_RAW_SHARE);
    if (total) return rate;
    if (link >= links) return 0;
    return rate / links * (1 + 0.01 * noise_normal(node->seed, NOISE_GPM, (uint64_t)gpu, link));
}

double model_gpm(const struct sim_node *node, int gpu, int id, int64_t t)
{
    const struct profile *p = &node->profile;
    if (p->gpm_share[id] > 0) return gauge_value(node, gpu, SIGNAL_UTILIZATION_GPU, t) * p->gpm_share[id];
    if (id == 20 || id == 21) return gauge_value(node, gpu, id == 20 ? SIGNAL_PCIE_TX : SIGNAL_PCIE_RX, t) * 1000 / MEBIBYTE;
    if (id >= 100 && id <= 159 && p->c2c_links > 0) return c2c(node, gpu, id, t);
    if (id < 60 || id > 97) return 0;
    struct phase phase = phase_at(node, gpu, t); /* NVLink: all of them, then one by one */
    double flow = link_flow(p, &phase) / MEBIBYTE;
    return id < 62 ? flow : (id - 62) / 2 < (int)p->link_count ? flow / p->link_count : 0;
}
