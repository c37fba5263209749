/* What kind of node is simulated: the facts of one profiles/NAME.conf. */
#ifndef FOREWARN_SIM_PROFILE_H
#define FOREWARN_SIM_PROFILE_H

#include "mig.h"
#include "ranges.h"
#include "signals.h"
#include "words.h"

#include <stdbool.h>
#include <stdint.h>

#define QUANTILE_POINTS 21 /* the 0 %, 5 %, … 100 % points of a distribution */

struct quantiles {
    double point[QUANTILE_POINTS];
};

struct gpu_place {
    unsigned domain, bus, device;
    unsigned module;
    unsigned numa;
    unsigned cpu_first, cpu_last; /* the cores of its NUMA node */
};

/* How one card is cut at the start: words as after `mig create`, `-` for a hole. */
struct mig_layout {
    bool enabled;
    unsigned line; /* of the profile's file */
    unsigned count;
    char words[MIG_MAX_PARTS][MIG_WORD_MAX];
};

struct profile {
    char name[64];
    unsigned gpu_count;
    struct gpu_place gpus[SIM_MAX_GPUS];

    char product[96], brand[32], part_number[80], vbios[32], inforom_image[16], inforom_oem[16], inforom_ecc[16],
        inforom_power[16], serial_prefix[16];
    double brand_code, architecture, cuda_major, cuda_minor, pci_device_id, pci_subsystem_id, cores, bus_width;

    double memory_total, memory_reserved, bar1_total;
    double power_limit_default, power_limit_min, power_limit_max, power_idle;
    double clock_graphics_max, clock_graphics_idle, clock_graphics_capped, clock_memory, clock_video_max,
        clock_video_idle;
    double temperature_shutdown, temperature_slowdown, temperature_gpu_max, temperature_memory_max;
    double pcie_generation, pcie_width, link_count, link_speed, link_version;
    double remap_banks; /* 0: rows are not remapped, pages are retired (before Ampere) */
    /* What not every card has; 0 or empty without it. */
    char driver_default[16];
    double driver_minimum;              /* branch */
    double c2c_links, c2c_speed;        /* to a Grace CPU; MB/s a link */
    double module_power;                /* W: the CPU's share of a module beside the card */
    double numa_first, numa_step;       /* memory of card N is NUMA node first + N * step */
    double fabric_state, fabric_clique; /* registered with a fabric manager */
    char fabric_cluster[40];            /* 32 hexadecimal digits; empty on a single node */
    char chassis_serial[20];
    double platform_slot, platform_tray, platform_peer;

    /* What the work moves, GB/s one way: over the slot while it loads, saves, trains at full level and rests; over all links. */
    double pcie_load, pcie_save, pcie_work, pcie_rest, link_work;
    double memory_share, stall_share, capped_share; /* of the GPU's utilisation; of the time that power stands at its limit */
    double fec_one, fec_two, plr_block;             /* codewords with one and two symbols to mend; bytes of a block */
    double bar1_used;

    double job_slot, job_ramp, job_checkpoint_every, job_checkpoint_length, job_first_level, idle_share;
    double thermal_lag_gpu, thermal_lag_memory, card_spread;
    char jobs[24]; /* to whom the work belongs where no scenario line says so: owner.c */
    unsigned mig_profile_count;
    struct mig_profile mig_profiles[MIG_MAX_PROFILES];
    struct mig_layout mig_layouts[SIM_MAX_GPUS];
    struct ranges ranges;
    double gpm_share[GPM_METRIC_COUNT]; /* of utilization.gpu; 0 = what the work leaves alone */
    struct quantiles utilization, power, temperature_gpu, temperature_memory, memory_used;
};

/* Reads a profile file. False with the first error; `error->line` is 0 when the file cannot be read. */
bool profile_load(const char *path, struct profile *out, struct sim_error *error);

/* The name as a driver of this branch gives it: `NVIDIA` came before it with 470. */
const char *product_name(const struct profile *p, int branch);

double quantile_at(const struct quantiles *table, double level);

#endif
