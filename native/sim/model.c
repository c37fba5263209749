/* What a healthy card reads at an instant: everything follows from the phase of its job. */
#include "node.h"
#include "noise.h"

#define TICK (SIM_SECOND / 2) /* readings move twice a second; NVML samples utilisation over 1/6 s to 1 s */
#define CAP_SHARE 0.97        /* above this share of the limit the power cap works on the clocks */

enum { NOISE_READING = 0x72656164, NOISE_CARD = 0x63617264 };

double reading_noise(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    return noise_normal(node->seed, NOISE_READING + (uint64_t)signal, (uint64_t)gpu, t / TICK);
}

static double clamp(double value, double low, double high)
{
    return value < low ? low : value > high ? high : value;
}

double model_power(const struct sim_node *node, int gpu, double level)
{
    const struct profile *p = &node->profile;
    double spread = p->card_spread * noise_normal(node->seed, NOISE_CARD, (uint64_t)gpu, 0);
    return quantile_at(&p->power, level) * (1 + spread);
}

double model_power_limit(const struct sim_node *node, int gpu, int64_t t)
{
    const struct mutation_list *list = signal_list(node, gpu, SIGNAL_POWER_LIMIT);
    return list->count == 0 ? node->profile.power_limit_default : gauge_value(node, gpu, SIGNAL_POWER_LIMIT, t);
}

/* The level through a first-order lag, summed over the phases back to five time constants. */
static double lagged(const struct sim_node *node, int gpu, int64_t t, const struct quantiles *table, double lag_s)
{
    double lag = lag_s * 1e9, sum = 0, left = 1;
    struct phase phase = phase_at(node, gpu, t);
    for (int i = 0; i < 12 && left > 0.007; i++) { /* exp(-5) */
        double tail = exp(-(double)(t - phase.start) / lag);
        sum += (left - tail) * quantile_at(table, phase.level);
        left = tail;
        if (left > 0.007) phase = phase_at(node, gpu, phase.start - 1);
    }
    return sum + left * quantile_at(table, phase.level);
}

static double temperature(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    const struct profile *p = &node->profile;
    bool memory = signal == SIGNAL_TEMPERATURE_MEMORY;
    double place = 1.5 * noise_normal(node->seed, NOISE_CARD, (uint64_t)gpu, 1); /* C: where the card sits in the air */
    double slow = 0.4 * noise_normal(node->seed, NOISE_READING + (uint64_t)signal, (uint64_t)gpu, t / (4 * SIM_SECOND));
    return (memory ? lagged(node, gpu, t, &p->temperature_memory, p->thermal_lag_memory)
                   : lagged(node, gpu, t, &p->temperature_gpu, p->thermal_lag_gpu)) + place + slow;
}

static double power(const struct sim_node *node, int gpu, int64_t t)
{
    double level = phase_at(node, gpu, t).level;
    double watts = model_power(node, gpu, level) * (1 + 0.012 * reading_noise(node, gpu, SIGNAL_POWER, t));
    double limit = model_power_limit(node, gpu, t);
    return clamp(watts, 0, limit * 1.025); /* Acme's A100s read 1 to 3 % over 400 W at the 90 and 95 % points */
}

static double utilization(const struct sim_node *node, int gpu, int64_t t)
{
    struct phase phase = phase_at(node, gpu, t);
    if (phase.kind == PHASE_IDLE) return 0;
    double value = quantile_at(&node->profile.utilization, phase.level);
    /* A busy card's reading hardly moves; a half-busy one's does. */
    return clamp(value + (100 - value) * 0.3 * reading_noise(node, gpu, SIGNAL_UTILIZATION_GPU, t), 0, 100);
}

static double graphics_clock(const struct sim_node *node, int gpu, int64_t t)
{
    const struct profile *p = &node->profile;
    if (phase_at(node, gpu, t).kind == PHASE_IDLE) return p->clock_graphics_idle;
    double share = gauge_value(node, gpu, SIGNAL_POWER, t) / model_power_limit(node, gpu, t);
    double clock = p->clock_graphics_max;
    if (share > 0.9) clock -= (p->clock_graphics_max - p->clock_graphics_capped) * clamp((share - 0.9) / 0.1, 0, 1);
    double celsius = gauge_value(node, gpu, SIGNAL_TEMPERATURE_GPU, t);
    if (celsius >= p->temperature_gpu_max) clock = p->clock_graphics_capped * 0.8;
    if (celsius >= p->temperature_slowdown) clock = p->clock_graphics_max / 2; /* hardware slowdown halves the clock, nvml.h */
    return floor(clock / 15) * 15; /* steps of 15 MHz */
}

static double memory_used(const struct sim_node *node, int gpu, int64_t t)
{
    const struct profile *p = &node->profile;
    struct phase phase = phase_at(node, gpu, t);
    if (phase.kind == PHASE_IDLE) return 0;
    double share = quantile_at(&p->memory_used, phase.job_level) / 100;
    double ramp = p->job_ramp * 1e9;
    if (phase.kind == PHASE_RAMP) share *= clamp((double)(t - phase.job_start) / ramp, 0.02, 1);
    /* The ranks of a job hold nearly the same: up to 2 % less than the fullest. */
    share *= 1 - 0.02 * noise_unit(node->seed, NOISE_CARD, (uint64_t)gpu, phase.job);
    double bytes = share * p->memory_total;
    double most = p->memory_total - p->memory_reserved;
    return floor(clamp(bytes, 0, most) / 2097152) * 2097152; /* 2 MiB pages */
}

/* A card that a scenario gave a fan: 30 % up to 50 degrees, then 2 % a degree; own choice. */
static double fan_percent(const struct sim_node *node, int gpu, int64_t t)
{
    return floor(clamp(30 + 2 * (gauge_value(node, gpu, SIGNAL_TEMPERATURE_GPU, t) - 50), 30, 100));
}

static double throttle_reasons(const struct sim_node *node, int gpu, int64_t t)
{
    const struct profile *p = &node->profile;
    double celsius = gauge_value(node, gpu, SIGNAL_TEMPERATURE_GPU, t);
    unsigned reasons = 0; /* nvmlClocksEventReason bits, nvml.h 13.3 */
    if (celsius >= p->temperature_slowdown) reasons |= 0x8u | 0x40u;
    else if (celsius >= p->temperature_gpu_max) reasons |= 0x20u;
    if (phase_at(node, gpu, t).kind == PHASE_IDLE) reasons |= 0x1u;
    else if (gauge_value(node, gpu, SIGNAL_POWER, t) >= CAP_SHARE * model_power_limit(node, gpu, t)) reasons |= 0x4u;
    return reasons;
}

/* nvmlGpuFabricInfo healthMask: two bits each, 2 = not so. Bandwidth not degraded; and from NVLink 5 on also: no route
 * recovers, none is unhealthy, no access timed out, no wrong configuration (1 = none, in four bits), partition assigned (1). */
#define NVLINK_5 7
#define FABRIC_BANDWIDTH_HEALTHY 0x2u
#define FABRIC_HEALTHY (0x2u | 0x2u << 2 | 0x2u << 4 | 0x2u << 6 | 0x1u << 8 | 0x1u << 12)

/* The newer summary follows from the mask: limited while bandwidth is degraded, unhealthy by any other fault. */
static double fabric_summary(unsigned mask)
{
    unsigned configuration = mask >> 8 & 0xFu;
    for (int shift = 2; shift <= 6; shift += 2)
        if ((mask >> shift & 3u) == 1) return 2;
    if (configuration > 1 || (mask >> 12 & 3u) == 2) return 2;
    return (mask & 3u) == 1 ? 3 : 1;
}

double model_value(const struct sim_node *node, int gpu, int signal, int64_t t)
{
    const struct profile *p = &node->profile;
    if (signal_is_link(signal)) return signal_link_field(signal) == LINK_STATE && signal_link(signal) < (int)p->link_count;
    if (signal_is_gpm(signal)) return model_gpm(node, gpu, signal - SIGNAL_GPM_FIRST, t);
    switch ((enum signal)signal) {
    case SIGNAL_TEMPERATURE_GPU:
    case SIGNAL_TEMPERATURE_MEMORY: return temperature(node, gpu, signal, t);
    case SIGNAL_TEMPERATURE_MARGIN: return p->temperature_gpu_max - gauge_value(node, gpu, SIGNAL_TEMPERATURE_GPU, t);
    /* Thresholds told as distances from the highest operating temperature; that of the memory stands at its own. */
    case SIGNAL_TLIMIT_SHUTDOWN: return p->temperature_gpu_max - p->temperature_shutdown;
    case SIGNAL_TLIMIT_SLOWDOWN: return p->temperature_gpu_max - p->temperature_slowdown;
    case SIGNAL_FAN_0_SPEED:
    case SIGNAL_FAN_0_TARGET:
    case SIGNAL_FAN_1_SPEED:
    case SIGNAL_FAN_1_TARGET: return fan_percent(node, gpu, t);
    case SIGNAL_FAN_0_RPM:
    case SIGNAL_FAN_1_RPM: return floor(42 * fan_percent(node, gpu, t)); /* 4,200 at full speed; own choice */
    case SIGNAL_POWER: return power(node, gpu, t);
    case SIGNAL_POWER_MODULE: return gauge_value(node, gpu, SIGNAL_POWER, t) + p->module_power;
    case SIGNAL_POWER_LIMIT: return p->power_limit_default;
    case SIGNAL_CLOCK_GRAPHICS:
    case SIGNAL_CLOCK_SM: return graphics_clock(node, gpu, t);
    case SIGNAL_CLOCK_MEMORY: return p->clock_memory;
    case SIGNAL_CLOCK_VIDEO:
        return phase_at(node, gpu, t).kind == PHASE_IDLE ? p->clock_video_idle : p->clock_video_max;
    case SIGNAL_UTILIZATION_GPU: return utilization(node, gpu, t);
    case SIGNAL_UTILIZATION_MEMORY: return utilization(node, gpu, t) * p->memory_share;
    case SIGNAL_MEMORY_USED: return memory_used(node, gpu, t);
    case SIGNAL_BAR1_USED: return p->bar1_used;
    case SIGNAL_PCIE_GENERATION: return p->pcie_generation;
    case SIGNAL_PCIE_WIDTH: return p->pcie_width;
    case SIGNAL_PCIE_TX:
    case SIGNAL_PCIE_RX: return pcie_traffic(node, gpu, signal, t);
    case SIGNAL_THROTTLE_REASONS: return throttle_reasons(node, gpu, t);
    case SIGNAL_INFOROM_VALID: return 1;
    case SIGNAL_FABRIC_STATE: return p->fabric_state;
    case SIGNAL_FABRIC_CLIQUE: return p->fabric_clique;
    case SIGNAL_FABRIC_HEALTH: return p->link_version >= NVLINK_5 ? FABRIC_HEALTHY : FABRIC_BANDWIDTH_HEALTHY;
    case SIGNAL_FABRIC_SUMMARY: return fabric_summary((unsigned)gauge_value(node, gpu, SIGNAL_FABRIC_HEALTH, t));
    case SIGNAL_C2C_STATUS: return p->c2c_links > 0;
    case SIGNAL_SMOOTHING_CEILING: return p->power_limit_default;
    case SIGNAL_SMOOTHING_FLOOR_MOST: return 90;  /* %, own choice */
    case SIGNAL_SMOOTHING_PROFILES: return 5;     /* own choice */
    case SIGNAL_SMOOTHING_LIFETIME:
    case SIGNAL_EDPP_MULTIPLIER: return 100;
    case SIGNAL_MMA_STALL: return utilization(node, gpu, t) * p->stall_share;
    default: return 0;
    }
}
