/* The healthy node: does it move like the machines it was drawn from, and do its signals agree with each other? */
#include "../sim/jobs.h"
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct sim_node node = {.journal_fd = -1}; /* no files: profile and an empty journal are all that a healthy node needs */

static void load_profile(const char *name, uint64_t seed)
{
    char path[512];
    struct sim_error error = {0};
    node_close(&node); /* of the test before */
    snprintf(path, sizeof path, "%s/profiles/%s.conf", install_dir, name);
    check_that(profile_load(path, &node.profile, &error), __FILE__, __LINE__, path, "line %u: %s", error.line, error.text);
    node.seed = seed;
    snprintf(node.initial_driver, sizeof node.initial_driver, "r610");
    node_set_now(&node, 0);
}

static void load_node(uint64_t seed)
{
    load_profile("h100-8", seed);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

#define SAMPLES 40000

static double *sample(int signal)
{
    double *values = malloc(SAMPLES * sizeof *values);
    for (int i = 0; i < SAMPLES; i++) /* 23 days, each card in turn, a step that is no part of a slot */
        values[i] = gauge_value(&node, i % 8, signal, (int64_t)i * 50123456789);
    qsort(values, SAMPLES, sizeof *values, ascending);
    return values;
}

/* Lower and upper bound of a quantile: the source's values 6 percentage points to either side, over both clusters
 * (Acme, gpu_power_*.csv, gpu_temp_*.csv, util_gpu_*.csv: Kalos and Seren), power scaled to 70-700 W as in the profile. */
struct band {
    double quantile, low, high;
};

static void within(int signal, const struct band *bands, size_t count, double slack)
{
    double *values = sample(signal);
    for (size_t i = 0; i < count; i++) {
        double value = values[(size_t)(bands[i].quantile * (SAMPLES - 1))];
        check_that(value >= bands[i].low - slack && value <= bands[i].high + slack, __FILE__, __LINE__, signal_name((enum signal)signal),
                   "%.0f %% point is %.1f, the source has %.1f to %.1f", bands[i].quantile * 100, value, bands[i].low, bands[i].high);
    }
    free(values);
}

static void long_run_power_is_that_of_the_source(void)
{
    static const struct band bands[] = {{0.10, 73, 78}, {0.25, 79, 98}, {0.50, 127, 195}, {0.75, 380, 680}, {0.90, 660, 723}};
    load_node(1);
    within(SIGNAL_POWER, bands, sizeof bands / sizeof *bands, 6);
}

static void long_run_temperature_is_that_of_the_source(void)
{
    static const struct band gpu[] = {{0.10, 25, 29}, {0.25, 29, 33}, {0.50, 37, 43}, {0.75, 47, 56}, {0.90, 54, 66}};
    static const struct band memory[] = {{0.10, 39, 45}, {0.25, 44, 48}, {0.50, 49, 54}, {0.75, 55, 62}, {0.90, 59, 67}};
    load_node(1);
    within(SIGNAL_TEMPERATURE_GPU, gpu, sizeof gpu / sizeof *gpu, 2);
    within(SIGNAL_TEMPERATURE_MEMORY, memory, sizeof memory / sizeof *memory, 2);
}

static void long_run_utilisation_is_that_of_the_source(void)
{
    static const struct band bands[] = {{0.20, 0, 0}, {0.55, 92, 100}, {0.75, 98, 100}, {0.95, 99, 100}};
    load_node(1);
    within(SIGNAL_UTILIZATION_GPU, bands, sizeof bands / sizeof *bands, 1);
}

static void signals_follow_the_job(void)
{
    load_node(3);
    struct job_process processes[JOB_MAX_PROCESSES];
    int idle = 0, busy = 0;
    for (int64_t t = 0; t < 200 * 1800 * SIM_SECOND; t += 977 * SIM_SECOND) {
        struct phase phase = phase_at(&node, 2, t);
        double power = gauge_value(&node, 2, SIGNAL_POWER, t), clock = gauge_value(&node, 2, SIGNAL_CLOCK_SM, t);
        double memory = gauge_value(&node, 2, SIGNAL_MEMORY_USED, t);
        if (phase.kind == PHASE_IDLE) {
            idle++;
            CHECK(power < 120 && clock == 345 && memory == 0 && job_processes(&node, 2, t, processes) == 0);
            CHECK_EQ(gauge_value(&node, 2, SIGNAL_THROTTLE_REASONS, t), 1);
        } else {
            busy++;
            CHECK(clock >= 1605 && job_processes(&node, 2, t, processes) == 1 && power <= 700 * 1.03);
        }
    }
    CHECK(idle > 20 && busy > 60);
}

static void heat_follows_power_with_a_delay(void)
{
    load_node(1);
    struct mutation idle = {.at = 100 * SIM_SECOND, .until = SIM_FOREVER, .gpus = 1, .kind = MUTATION_LOAD, .value = 0};
    CHECK(timeline_add(&node.timeline, &idle));
    double before = gauge_value(&node, 0, SIGNAL_TEMPERATURE_GPU, 99 * SIM_SECOND);
    double soon = gauge_value(&node, 0, SIGNAL_TEMPERATURE_GPU, 102 * SIM_SECOND);
    double later = gauge_value(&node, 0, SIGNAL_TEMPERATURE_GPU, 300 * SIM_SECOND);
    CHECK(gauge_value(&node, 0, SIGNAL_POWER, 101 * SIM_SECOND) < 120);
    CHECK(before > 48 && soon > before - 5 && later < before - 15);
    }

static void siblings_of_a_job_move_together_but_differ(void)
{
    load_node(1);
    double low = 1e9, high = 0;
    for (int gpu = 0; gpu < 8; gpu++) {
        double power = model_power(&node, gpu, 0.8);
        low = fmin(low, power);
        high = fmax(high, power);
        CHECK_EQ(phase_at(&node, gpu, SIM_SECOND).job, phase_at(&node, 0, SIM_SECOND).job);
    }
    CHECK(high > low + 1 && high < low * 1.2);
}

static void energy_is_the_integral_of_power(void)
{
    load_node(1);
    double sum = 0;
    const int64_t step = SIM_SECOND, end = 2 * 3600 * SIM_SECOND;
    for (int64_t t = 0; t < end; t += step) sum += gauge_value(&node, 4, SIGNAL_POWER, t + step / 2);
    double energy = counter_value(&node, 4, SIGNAL_ENERGY, end);
    check_that(fabs(energy / sum - 1) < 0.01, __FILE__, __LINE__, "energy", "%.0f J, summed power %.0f J", energy, sum);
}

static void cards_and_seeds_differ(void)
{
    char first[48], second[48], other[48];
    load_node(1);
    gpu_uuid(&node, 0, first);
    gpu_uuid(&node, 1, second);
    load_node(2);
    gpu_uuid(&node, 0, other);
    CHECK(strcmp(first, second) != 0 && strcmp(first, other) != 0);
    CHECK(strlen(first) == 40 && strncmp(first, "GPU-", 4) == 0 && first[18] == '4');
}

/* A signal of a healthy card at an instant: its level, or its steps in the second before. */
static double reads(int gpu, int signal, int64_t t)
{
    if (signal_kind(signal) == GAUGE) return gauge_value(&node, gpu, signal, t);
    return counter_value(&node, gpu, signal, t) - counter_value(&node, gpu, signal, t - SIM_SECOND);
}

static const char *const profiles[] = {"t4-4", "a100-8", "a100-8-mig", "h100-8", "h100-8-mig", "h200-8", "b200-8", "gb200-4"};

/* Long runs of the last card of each profile: every signal within its range. */
static void every_card_stays_within_its_ranges(void)
{
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        load_profile(profiles[i], 0);
        int gpu = (int)node.profile.gpu_count - 1, last_link = (int)node.profile.link_count - 1;
        double most = 0;
        for (int sample = 0; sample < 4000; sample++) {
            int64_t t = SIM_SECOND + (int64_t)sample * 150123456789;
            int from = sample % 20 == 0 ? 0 : SIGNAL_POWER, to = sample % 20 == 0 ? SIGNAL_COUNT : SIGNAL_POWER + 1;
            most = fmax(most, gauge_value(&node, gpu, SIGNAL_POWER, t));
            for (int signal = from; signal < to; signal++) {
                const struct range *range = &node.profile.ranges.of[range_index(signal)];
                bool missing = signal_is_link(signal) && signal_link(signal) > 0 && signal_link(signal) != last_link;
                if (range->none || missing) continue;
                double value = reads(gpu, signal, t);
                check_that(value >= range->low - 1e-3 && value <= range->high + 1e-3, __FILE__, __LINE__, profiles[i],
                           "signal %d is %g at %lld s, its range in line %u is %g to %g", signal, value, (long long)(t / SIM_SECOND), range->line,
                           range->low, range->high);
            }
        }
        check_that(most > 0.9 * node.profile.power_limit_default, __FILE__, __LINE__, profiles[i], "never draws more than %.0f W", most);
    }
}

/* A slot that trained down carries what it can and no more, by reading and by count; before and after, what the work wants. */
static void a_slow_slot_carries_less(void)
{
    load_profile("t4-4", 1);
    const int64_t from = 100 * SIM_SECOND, to = 200 * SIM_SECOND;
    struct mutation width = {.at = from, .until = to, .gpus = 1, .kind = MUTATION_SIGNAL, .signal = SIGNAL_PCIE_WIDTH, .value = 1};
    struct mutation generation = {.at = from, .until = to, .gpus = 1, .kind = MUTATION_SIGNAL, .signal = SIGNAL_PCIE_GENERATION, .value = 1};
    CHECK(timeline_add(&node.timeline, &width) && timeline_add(&node.timeline, &generation));
    double before = counter_value(&node, 0, SIGNAL_PCIE_RX_BYTES, from), during = counter_value(&node, 0, SIGNAL_PCIE_RX_BYTES, to);
    double other = counter_value(&node, 1, SIGNAL_PCIE_RX_BYTES, to) - counter_value(&node, 1, SIGNAL_PCIE_RX_BYTES, from);
    double after = counter_value(&node, 0, SIGNAL_PCIE_RX_BYTES, to + 100 * SIM_SECOND);
    CHECK(fabs(during - before - 100 * 2.5e9 * 0.8 / 8) < 1e6 && other > 2 * (during - before));
    CHECK(fabs(after - during - other) < 0.01 * other);
    CHECK_EQ(gauge_value(&node, 0, SIGNAL_PCIE_RX, from + SIM_SECOND), 250000);
    CHECK(gauge_value(&node, 0, SIGNAL_PCIE_RX, to + SIM_SECOND) > 400000);
}

/* Heat is the one thing that may make a healthy card slower, and it never does: every card of every profile, for 23 days. */
static void no_healthy_card_is_too_hot(void)
{
    const unsigned thermal = 0x8u | 0x20u | 0x40u; /* hardware slowdown, software and hardware thermal slowdown */
    for (size_t i = 0; i < sizeof profiles / sizeof *profiles; i++) {
        load_profile(profiles[i], 1);
        double hottest = 0;
        unsigned reasons = 0;
        for (int sample = 0; sample < 20000; sample++) {
            int64_t t = (int64_t)sample * 100123456789;
            for (int gpu = 0; gpu < (int)node.profile.gpu_count; gpu++) {
                hottest = fmax(hottest, gauge_value(&node, gpu, SIGNAL_TEMPERATURE_GPU, t));
                reasons |= (unsigned)gauge_value(&node, gpu, SIGNAL_THROTTLE_REASONS, t);
            }
        }
        check_that(hottest < node.profile.temperature_gpu_max && (reasons & thermal) == 0 && (reasons & 0x4u) != 0, __FILE__, __LINE__,
                   profiles[i], "gets to %.1f C, slowed down for %#x", hottest, reasons);
    }
}

void model_tests(void)
{
    test_case("a slow slot carries less", a_slow_slot_carries_less);
    test_case("no healthy card is too hot", no_healthy_card_is_too_hot);
    test_case("every card stays within its ranges", every_card_stays_within_its_ranges);
    test_case("long-run power is that of the source", long_run_power_is_that_of_the_source);
    test_case("long-run temperature is that of the source", long_run_temperature_is_that_of_the_source);
    test_case("long-run utilisation is that of the source", long_run_utilisation_is_that_of_the_source);
    test_case("signals follow the job", signals_follow_the_job);
    test_case("heat follows power with a delay", heat_follows_power_with_a_delay);
    test_case("siblings of a job move together but differ", siblings_of_a_job_move_together_but_differ);
    test_case("energy is the integral of power", energy_is_the_integral_of_power);
    test_case("cards and seeds differ", cards_and_seeds_differ);
    node_close(&node);
}
