/* A simulated node as a reader sees it: profile, journal and clock, and what follows from them at one instant. */
#ifndef FOREWARN_SIM_NODE_H
#define FOREWARN_SIM_NODE_H

#include "clock.h"
#include "profile.h"
#include "timeline.h"

#include <limits.h>
#include <math.h>

#define SIM_PATH_MAX 1024

enum gpu_presence { GPU_PRESENT, GPU_LOST, GPU_RESET_REQUIRED, GPU_UNBOUND, GPU_EXCLUDED };

/* What the driver is doing; valid until `until`. */
struct driver_state {
    int64_t until;
    bool loaded;
    unsigned loads;          /* how often it has been loaded: a handle of an earlier load is dead */
    unsigned boots;
    int64_t loaded_since;    /* simulated time of the last load */
    int64_t booted_at;
    char generation[16];     /* of the kernel module, such as r550 */
    bool library_present;
    char library[16];        /* generation of the library file */
};

struct gpu_state {
    int64_t until;
    enum gpu_presence presence;
    unsigned resets;
    int64_t counting_since;  /* the last reset, boot or driver load */
};

/* Whole job slots summed once, so that an integral over days costs no more than one over seconds (integral.c). */
struct slot_sums {
    double *at; /* per slot: SUM_COUNT running totals at its start */
    size_t count, capacity;
};

struct sim_node {
    char root[SIM_PATH_MAX];
    struct sim_clock_page *page;
    int journal_fd;
    struct profile profile;
    uint64_t seed;
    char initial_driver[16];
    struct timeline timeline;
    struct sim_clock clock;
    uint64_t journal_read;
    int64_t now;
    struct driver_state driver;
    struct gpu_state gpus[SIM_MAX_GPUS];
    struct mig_state migs[SIM_MAX_GPUS];
    struct slot_sums sums[SIM_MAX_GPUS];
};

bool node_open(struct sim_node *node, const char *root, struct sim_error *error);
void node_close(struct sim_node *node);
/* Reads the clock and any new journal lines; afterwards everything below speaks about node->now. */
void node_sync(struct sim_node *node);
/* Moves `now` alone: for evaluating another instant, and for tests. */
void node_set_now(struct sim_node *node, int64_t now);
/* Takes one committed journal line; used by the reader and by the writer for its own copy. */
bool node_take_line(struct sim_node *node, const char *line, size_t length, struct sim_error *error);

/* life.c */
void driver_state_at(const struct sim_node *node, int64_t t, struct driver_state *out);
/* Whether the driver was told before its last load to leave the GPU alone (NVreg_ExcludedGpus). */
static inline bool gpu_is_excluded(const struct sim_node *node, int gpu)
{
    return node->gpus[gpu].presence == GPU_EXCLUDED;
}
void gpu_state_at(const struct sim_node *node, int gpu, int64_t t, struct gpu_state *out);

/* identity.c: drawn from the seed, so two nodes of one profile hold different cards. */
void gpu_uuid(const struct sim_node *node, int gpu, char out[48]);
void gpu_serial(const struct sim_node *node, int gpu, char out[32]);
void gpu_bus_id(const struct sim_node *node, int gpu, char out[32]); /* 0000:18:00.0 */
unsigned gpu_board_id(const struct sim_node *node, int gpu); /* the PCI address in a number */
void node_boot_id(const struct sim_node *node, unsigned boot, char out[48]);

/* load.c: what a GPU is working on. */
enum phase_kind { PHASE_IDLE, PHASE_RAMP, PHASE_WORK, PHASE_CHECKPOINT, PHASE_END };

struct phase {
    int64_t start, end;
    enum phase_kind kind;
    double level;     /* the share of GPU time, over a long run, that is less busy than this */
    double job_level; /* the level of the job that the phase belongs to */
    int64_t job;      /* names the job; -1 when idle */
    int64_t job_start;
};

struct phase phase_at(const struct sim_node *node, int gpu, int64_t t);
/* The same without `load` lines: the job schedule alone, which slot sums may keep. */
struct phase phase_scheduled(const struct sim_node *node, int gpu, int64_t t);
int64_t slot_length(const struct sim_node *node);
int64_t slot_offset(const struct sim_node *node);

/* gauge.c, model.c */
double gauge_value(const struct sim_node *node, int gpu, int signal, int64_t t);
double model_value(const struct sim_node *node, int gpu, int signal, int64_t t);
double model_power(const struct sim_node *node, int gpu, double level);
double model_power_limit(const struct sim_node *node, int gpu, int64_t t);
double reading_noise(const struct sim_node *node, int gpu, int signal, int64_t t);

/* counter.c, integral.c */
enum integral_sum { SUM_ENERGY, SUM_POWER_CAPPED, SUM_TRAFFIC, SUM_PCIE_TX, SUM_PCIE_RX, SUM_COUNT };

/* traffic.c. Bytes a second: what a slot can carry, and what the work of a phase moves, before its noise. */
double pcie_limit(double generation, double width);
double pcie_rate(const struct profile *p, const struct phase *phase, bool transmit);
double link_flow(const struct profile *p, const struct phase *phase); /* of all links, one way */
double pcie_traffic(const struct sim_node *node, int gpu, int signal, int64_t t); /* KB/s as NVML reads it */
double pcie_bytes(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to);

double counter_value(struct sim_node *node, int gpu, int signal, int64_t t);
/* Since manufacture (infoROM) instead of since the driver was loaded. */
double counter_lifetime(struct sim_node *node, int gpu, int signal, int64_t t);
double integral_between(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to);
/* The same at no more than `most` a second. */
double integral_capped(struct sim_node *node, int gpu, enum integral_sum sum, int64_t from, int64_t to, double most);
/* Power as bent by the journal, summed; gauge.c. */
double power_integral(struct sim_node *node, int gpu, int64_t from, int64_t to);

/* gpm_model.c: what a GPM metric reads of the work, MiB/s or percent. */
double model_gpm(const struct sim_node *node, int gpu, int id, int64_t t);

static inline const struct mutation_list *signal_list(const struct sim_node *node, int gpu, int signal)
{
    return &node->timeline.gpus[gpu].signals[signal];
}

static inline bool signal_bent(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    const struct mutation_list *list = signal_list(node, gpu, signal);
    return list->count > 0 && list->items[0]->at <= t;
}

/* A reading that such a card lacks (`range SIGNAL none`) is there once a line of a scenario has named it. */
static inline bool signal_offered(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    return !node->profile.ranges.of[range_index(signal)].none || signal_bent(node, gpu, signal, t);
}

#endif
