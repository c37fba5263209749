/* Everything the simulator can measure, read through the library: within its profile's range, and each in its own place. */
#include "../nvml/nvml_abi.h"
#include "../sim/profile.h"
#include "check.h"
#include "readings.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define NOT_SUPPORTED 3

static struct profile profile;

/* The place of the signal's range. */
static int range_of(const char *signal)
{
    bool link = strncmp(signal, "link.", 5) == 0;
    int found = link ? link_field_find(signal + 5, strlen(signal + 5)) : signal_find(signal, strlen(signal));
    check_that(found >= 0, __FILE__, __LINE__, signal, "is no signal");
    return link ? SIGNAL_FIXED_COUNT + found : found;
}

static bool counts(const char *signal)
{
    int index = range_of(signal);
    return (index < SIGNAL_FIXED_COUNT ? signal_kind(index) : link_field_kind((enum link_field)(index - SIGNAL_FIXED_COUNT))) != GAUGE;
}

static void every_signal_can_be_read(void)
{
    for (int index = 0; index < RANGE_OF_GPM; index++) {
        bool found = false;
        for (size_t i = 0; i < reading_count && !found; i++) found = range_of(readings[i].signal) == index;
        check_that(found, __FILE__, __LINE__, index < SIGNAL_FIXED_COUNT ? signal_name((enum signal)index) : "link",
                   "signal %d is read by no test", index);
    }
}

static struct node begin(const char *name, const char *lines)
{
    static char scenario[24000];
    char path[512];
    struct sim_error error = {0};
    snprintf(path, sizeof path, "%s/profiles/%s.conf", install_dir, name);
    check_that(profile_load(path, &profile, &error), __FILE__, __LINE__, path, "%u: %s", error.line, error.text);
    snprintf(scenario, sizeof scenario, "profile %s\n%s", name, lines);
    struct node node = node_start("r610", scenario, 0);
    library_use(&node, "r610");
    return node;
}

static void end(struct node *node)
{
    library_done();
    node_stop(node);
}

static double first[512]; /* the counters at the beginning of a stretch, by reading */

/* One card now: what is offered is what has a range, and levels lie in it. */
static void levels_hold(const char *name, const char *work, unsigned gpu)
{
    void *device = gpu_handle(gpu);
    unsigned link = profile.link_count > 0 ? (unsigned)profile.link_count - 1 : 0;
    CHECK(reading_count <= sizeof first / sizeof *first);
    for (size_t i = 0; i < reading_count; i++) {
        const struct reading *reading = &readings[i];
        const struct range *range = &profile.ranges.of[range_of(reading->signal)];
        double value;
        int code = reading_take(reading, device, link, &value);
        check_that(code == (range->none ? NOT_SUPPORTED : 0), __FILE__, __LINE__, name, "%s: gpu %u, %s (row %zu) answers %d, its range in line %u %s",
                   work, gpu, reading->signal, i, code, range->line, range->none ? "says none" : "says that it is there");
        first[i] = value;
        if (range->none || counts(reading->signal)) continue;
        check_that(value >= range->low - 0.5 && value <= range->high + 0.5, __FILE__, __LINE__, name, "%s: gpu %u, %s is %g, not within %g and %g",
                   work, gpu, reading->signal, value, range->low, range->high);
    }
}

static void counters_hold(const char *name, const char *work, unsigned gpu, double seconds)
{
    void *device = gpu_handle(gpu);
    unsigned link = profile.link_count > 0 ? (unsigned)profile.link_count - 1 : 0;
    for (size_t i = 0; i < reading_count; i++) {
        const struct range *range = &profile.ranges.of[range_of(readings[i].signal)];
        double value;
        if (range->none || !counts(readings[i].signal)) continue;
        CHECK_EQ(reading_take(&readings[i], device, link, &value), 0);
        double rate = (value - first[i]) / seconds, slack = 1.5 / seconds; /* counts are whole */
        check_that(rate >= range->low - slack && rate <= range->high + slack, __FILE__, __LINE__, name,
                   "%s: gpu %u, %s counts %g a second, not within %g and %g", work, gpu, readings[i].signal, rate, range->low, range->high);
    }
}

/* GPM of the stretch. The rows of engines, links and C2C are each asked for. */
static void metrics_hold(const char *name, const char *work, nvmlGpmSample_t before, nvmlGpmSample_t after)
{
    static nvmlGpmMetricsGet_t get;
    get = (nvmlGpmMetricsGet_t){.version = 1, .sample1 = before, .sample2 = after};
    for (unsigned id = 1; id < GPM_METRIC_COUNT; id++) get.metrics[get.numMetrics++].metricId = id;
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 0);
    for (unsigned i = 0; i < get.numMetrics; i++) {
        const struct range *range = &profile.ranges.of[RANGE_OF_GPM + (int)get.metrics[i].metricId];
        bool held = range->none ? get.metrics[i].nvmlReturn != 0
                                : get.metrics[i].nvmlReturn == 0 && get.metrics[i].value >= range->low && get.metrics[i].value <= range->high;
        check_that(held, __FILE__, __LINE__, name, "%s: GPM metric %u answers %d and %g, not within %g and %g", work, get.metrics[i].metricId,
                   get.metrics[i].nvmlReturn, get.metrics[i].value, range->low, range->high);
    }
}

static void hold(struct node *node, const char *name, const char *work)
{
    unsigned gpu = profile.gpu_count - 1; /* of the profiles with MIG the one that is not cut up */
    nvmlGpmSample_t before = NULL, after = NULL;
    bool gpm = profile.architecture >= 9;
    if (gpm) {
        CHECK(NVML(nvmlGpmSampleAlloc, &before) == 0 && NVML(nvmlGpmSampleAlloc, &after) == 0);
        CHECK_EQ(NVML(nvmlGpmSampleGet, gpu_handle(gpu), before), 0);
    }
    levels_hold(name, work, gpu);
    CHECK(node_request(node, "advance 50s"));
    counters_hold(name, work, gpu, 50);
    if (!gpm) return;
    CHECK_EQ(NVML(nvmlGpmSampleGet, gpu_handle(gpu), after), 0);
    metrics_hold(name, work, before, after);
    CHECK(NVML(nvmlGpmSampleFree, before) == 0 && NVML(nvmlGpmSampleFree, after) == 0);
}

static void every_signal_of_every_card_reads_within_its_range(void)
{
    static const char *const names[] = {"t4-4", "a100-8", "a100-8-mig", "h100-8", "h100-8-mig", "h200-8", "b200-8", "gb200-4"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct node node = begin(names[i], "seed 2\n");
        hold(&node, names[i], "by the schedule");
        CHECK(node_request(&node, "inject gpu * load 1"));
        CHECK(node_request(&node, "advance 10m"));
        hold(&node, names[i], "at full load");
        CHECK(node_request(&node, "inject gpu * load idle"));
        CHECK(node_request(&node, "advance 10m"));
        hold(&node, names[i], "at rest");
        CHECK(node_request(&node, "inject gpu * load auto"));
        CHECK(node_request(&node, "advance 165s")); /* 1515 s: the next slot began at 1500, and its job loads for a minute */
        unsigned received = 0;
        CHECK_EQ(NVML(nvmlDeviceGetPcieThroughput, gpu_handle((unsigned)profile.gpu_count - 1), 1, &received), 0);
        check_that(received > 1e6 * profile.pcie_load / 3, __FILE__, __LINE__, names[i], "loads nothing: %u KB/s", received);
        hold(&node, names[i], "while a job loads");
        end(&node);
    }
}

/* The number that the n-th range gets: no two alike, none that a flag or a threshold of another signal could make. */
static unsigned mark(int index)
{
    return 3 + (unsigned)index;
}

static void bend(char *lines, size_t size, const char *signal, unsigned value)
{
    size_t used = strlen(lines);
    if (strncmp(signal, "link.", 5) == 0) snprintf(lines + used, size - used, "at 0s gpu 0 link 2 %s set %u\n", signal + 5, value);
    else snprintf(lines + used, size - used, "at 0s gpu 0 %s set %u\n", signal, value);
}

/* On one card all signals that are numbers get a number each; every row must find its own. */
static void each_lands_in_its_own_place(const char *name)
{
    static char lines[20000];
    bool before_ampere = strcmp(name, "t4-4") == 0; /* parity errors are told within all of SRAM's there */
    strcpy(lines, "at 0s gpu 0 load idle\n");
    for (int index = 0; index < RANGE_OF_GPM; index++)
        for (size_t i = 0; i < reading_count; i++) {
            const char *signal = readings[i].signal;
            if (range_of(signal) != index || readings[i].flag) continue;
            if (before_ampere && strcmp(signal, "ecc.sram.uncorrected.parity") == 0) continue;
            bool ber = strstr(signal, "ber") != NULL;
            unsigned value = strcmp(signal, "fans") == 0 ? 2 : strcmp(signal, "fabric.state") == 0 ? 3
                             : strcmp(signal, "c2c.status") == 0 ? 2 : mark(index);
            if (!ber) bend(lines, sizeof lines, signal, value);
            break;
        }
    struct node node = begin(name, lines);
    CHECK(node_request(&node, "advance 1ms"));
    void *device = gpu_handle(0);
    int read = 0;
    for (size_t i = 0; i < reading_count; i++) {
        const struct reading *reading = &readings[i];
        bool special = strstr(reading->signal, "ber") != NULL || strcmp(reading->signal, "fans") == 0 ||
                       strcmp(reading->signal, "fabric.state") == 0 || strcmp(reading->signal, "c2c.status") == 0;
        double value;
        if (reading->flag || special || reading_take(reading, device, 2, &value) != 0) continue;
        read++;
        check_that(fabs(value - mark(range_of(reading->signal))) < 0.9, __FILE__, __LINE__, name, "%s (row %zu) reads %g, was set to %u",
                   reading->signal, i, value, mark(range_of(reading->signal)));
    }
    CHECK(read > 120);
    end(&node);
}

static void every_signal_lands_in_its_own_place(void)
{
    static const char *const names[] = {"t4-4", "a100-8", "h100-8", "gb200-4"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) each_lands_in_its_own_place(names[i]);
}

/* Flags one at a time: the others stay down. */
static void every_flag_stands_for_itself(void)
{
    static const char *const names[] = {"t4-4", "gb200-4"};
    for (size_t n = 0; n < sizeof names / sizeof *names; n++) {
        struct node node = begin(names[n], "");
        void *device = gpu_handle(0);
        int raised = 0;
        for (size_t i = 0; i < reading_count; i++) {
            const char *signal = readings[i].signal;
            double value;
            bool up_at_rest = strcmp(signal, "inforom.valid") == 0 || strcmp(signal, "link.state") == 0;
            bool of_link = strncmp(signal, "link.", 5) == 0;
            if (!readings[i].flag || reading_take(&readings[i], device, 2, &value) != 0 || strcmp(signal, "confidential.ready") == 0) continue;
            raised++;
            CHECK(node_request(&node, "inject gpu 0 %s%s set %d", of_link ? "link 2 " : "", of_link ? signal + 5 : signal, !up_at_rest));
            for (size_t k = 0; k < reading_count; k++) {
                const char *other = readings[k].signal;
                bool other_up = strcmp(other, "inforom.valid") == 0 || strcmp(other, "link.state") == 0;
                if (!readings[k].flag || reading_take(&readings[k], device, 2, &value) != 0) continue;
                bool bent = range_of(other) == range_of(signal);
                check_that(value == (bent ? !other_up : other_up), __FILE__, __LINE__, signal, "bent, and %s reads %g", other, value);
            }
            CHECK(node_request(&node, "inject gpu 0 %s%s normal", of_link ? "link 2 " : "", of_link ? signal + 5 : signal));
        }
        CHECK(raised > 4);
        end(&node);
    }
}

/* Each metric of GPM that a scenario names, simulated or not, and no other. */
static void every_metric_lands_in_its_own_place(void)
{
    static nvmlGpmMetricsGet_t get;
    static char lines[20000];
    size_t used = 0;
    for (int id = 1; id < GPM_METRIC_COUNT; id += 1)
        used += (size_t)snprintf(lines + used, sizeof lines - used, "at 0s gpu 0 gpm.%d set %d\n", id, 1000 + id);
    struct node node = begin("gb200-4", lines);
    get = (nvmlGpmMetricsGet_t){.version = 1};
    CHECK(NVML(nvmlGpmSampleAlloc, &get.sample1) == 0 && NVML(nvmlGpmSampleAlloc, &get.sample2) == 0);
    CHECK_EQ(NVML(nvmlGpmSampleGet, gpu_handle(0), get.sample1), 0);
    CHECK(node_request(&node, "advance 1s"));
    CHECK_EQ(NVML(nvmlGpmSampleGet, gpu_handle(0), get.sample2), 0);
    for (unsigned id = 1; id < GPM_METRIC_COUNT; id++) get.metrics[get.numMetrics++].metricId = id;
    CHECK_EQ(NVML(nvmlGpmMetricsGet, &get), 0);
    int read = 0;
    for (unsigned i = 0; i < get.numMetrics; i++) {
        if (get.metrics[i].nvmlReturn != 0) continue;
        read++;
        CHECK_EQ(get.metrics[i].value, 1000 + get.metrics[i].metricId);
    }
    CHECK_EQ(read, 13 + 2 + 8 + 8 + 2 + 38 + 110 + 123); /* the ids that the headers name */
    CHECK(NVML(nvmlGpmSampleFree, get.sample1) == 0 && NVML(nvmlGpmSampleFree, get.sample2) == 0);
    end(&node);
}

void range_tests(void)
{
    test_case("ranges: every signal can be read", every_signal_can_be_read);
    test_case("ranges: every signal of every card reads within its range", every_signal_of_every_card_reads_within_its_range);
    test_case("ranges: every signal lands in its own place", every_signal_lands_in_its_own_place);
    test_case("ranges: every flag stands for itself", every_flag_stands_for_itself);
    test_case("ranges: every metric lands in its own place", every_metric_lands_in_its_own_place);
}
