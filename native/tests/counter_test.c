/* Bent levels and driven counters, straight on the state without a library. */
#include "../sim/node.h"
#include "check.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct sim_node node;

static void begin(const char *const *lines, size_t count)
{
    char path[512];
    struct sim_error error = {0};
    memset(&node, 0, sizeof node);
    node.journal_fd = -1;
    snprintf(path, sizeof path, "%s/profiles/h100-8.conf", install_dir);
    CHECK(profile_load(path, &node.profile, &error));
    node.seed = 5;
    snprintf(node.initial_driver, sizeof node.initial_driver, "r550");
    for (size_t i = 0; i < count; i++)
        check_that(node_take_line(&node, lines[i], strlen(lines[i]), &error), __FILE__, __LINE__, lines[i], "%s", error.text);
    node_set_now(&node, 0);
}
#define BEGIN(...)                                                       \
    do {                                                                 \
        static const char *const lines_[] = {__VA_ARGS__};               \
        begin(lines_, sizeof lines_ / sizeof *lines_);                   \
    } while (0)

static double count_at(int gpu, int signal, double seconds)
{
    node_set_now(&node, (int64_t)(seconds * 1e9));
    return floor(counter_value(&node, gpu, signal, node.now) + 1e-6);
}

static double level_at(int gpu, int signal, double seconds)
{
    node_set_now(&node, (int64_t)(seconds * 1e9));
    return gauge_value(&node, gpu, signal, node.now);
}

static void a_rate_counts_without_ever_falling(void)
{
    BEGIN("at 10s gpu 0 ecc.dram.corrected rate 20/s", "at 110s gpu 0 ecc.dram.corrected rate 0/s");
    double last = 0, most = 0;
    for (double t = 0; t < 130; t += 0.05) {
        double now = count_at(0, SIGNAL_ECC_DRAM_CORRECTED, t);
        CHECK(now >= last);
        if (now - last > most) most = now - last;
        last = now;
    }
    check_that(fabs(last - 2000) <= 70, __FILE__, __LINE__, "100 s at 20/s", "counted %.0f", last); /* the warp's ends: 3.2 s */
    CHECK(count_at(0, SIGNAL_ECC_DRAM_CORRECTED, 9.9) == 0);
    CHECK(count_at(1, SIGNAL_ECC_DRAM_CORRECTED, 100) == 0);
    node_close(&node);
}

static void a_limited_rate_ends_by_itself(void)
{
    BEGIN("at 10s gpu 0 pcie.replays rate 5/s for 20s");
    double end = count_at(0, SIGNAL_PCIE_REPLAYS, 30);
    CHECK(end > 80 && end < 120);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 3000), end);
    node_close(&node);
}

static void counters_take_set_add_wrap_reset_stuck_and_wrong(void)
{
    BEGIN("at 1s gpu 0 pcie.replays set 4294967290", "at 1s gpu 0 pcie.replays wrap 32", "at 2s gpu 0 pcie.replays add 10",
          "at 5s gpu 0 pcie.replays reset", "at 6s gpu 0 pcie.replays add 7", "at 7s gpu 0 pcie.replays stuck for 3s",
          "at 8s gpu 0 pcie.replays add 5", "at 20s gpu 0 pcie.replays wrong 99 for 1s");
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 1), 4294967290);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 3), 4);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 5), 0);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 6), 7);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 9), 7);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 11), 12);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 20.5), 99);
    CHECK_EQ(count_at(0, SIGNAL_PCIE_REPLAYS, 21), 12);
    node_close(&node);
}

static void levels_take_every_operation(void)
{
    BEGIN("at 1s gpu 0 temperature.gpu set 70", "at 2s gpu 0 temperature.gpu add 5 for 10s", "at 20s gpu 0 temperature.gpu rate 3/m",
          "at 100s gpu 0 temperature.gpu set 60", "at 110s gpu 0 temperature.gpu noise 4", "at 120s gpu 0 temperature.gpu normal",
          "at 130s gpu 0 temperature.gpu wrong 255 for 5s", "at 140s gpu 0 temperature.gpu stuck");
    CHECK_EQ(level_at(0, SIGNAL_TEMPERATURE_GPU, 1.5), 70);
    CHECK_EQ(level_at(0, SIGNAL_TEMPERATURE_GPU, 5), 75);
    CHECK_EQ(level_at(0, SIGNAL_TEMPERATURE_GPU, 15), 70);
    CHECK(fabs(level_at(0, SIGNAL_TEMPERATURE_GPU, 80) - 73) < 1e-6);
    CHECK_EQ(level_at(0, SIGNAL_TEMPERATURE_GPU, 105), 60);
    double low = 1e9, high = 0;
    for (double t = 110; t < 119; t += 0.5) {
        double value = level_at(0, SIGNAL_TEMPERATURE_GPU, t);
        low = fmin(low, value);
        high = fmax(high, value);
    }
    CHECK(low >= 56 && high <= 64 && high - low > 2);
    CHECK(fabs(level_at(0, SIGNAL_TEMPERATURE_GPU, 125) - model_value(&node, 0, SIGNAL_TEMPERATURE_GPU, node.now)) < 1e-9);
    CHECK_EQ(level_at(0, SIGNAL_TEMPERATURE_GPU, 131), 255);
    double stuck = level_at(0, SIGNAL_TEMPERATURE_GPU, 140);
    CHECK(level_at(0, SIGNAL_TEMPERATURE_GPU, 5000) == stuck);
    node_close(&node);
}

static void heat_slows_the_clock_and_says_why(void)
{
    BEGIN("at 1s gpu 0 temperature.gpu set 88", "at 10s gpu 0 temperature.gpu set 90");
    CHECK_EQ((int)level_at(0, SIGNAL_THROTTLE_REASONS, 2) & 0x68, 0x20);
    CHECK(level_at(0, SIGNAL_CLOCK_SM, 2) < 1605);
    CHECK_EQ((int)level_at(0, SIGNAL_THROTTLE_REASONS, 11) & 0x68, 0x48);
    CHECK_EQ(level_at(0, SIGNAL_CLOCK_SM, 11), 990);
    node_close(&node);
}

static void a_reset_clears_what_a_reset_clears(void)
{
    BEGIN("at 1s gpu 0 ecc.dram.corrected add 9", "at 1s gpu 0 row_remap.uncorrected add 1", "at 1s gpu 0 row_remap.pending set 1",
          "at 1s gpu 0 ecc.dram.corrected rate 1/s", "at 100s gpu 0 reset");
    double lifetime_before = (node_set_now(&node, 99 * SIM_SECOND), counter_lifetime(&node, 0, SIGNAL_ECC_DRAM_CORRECTED, node.now));
    CHECK(count_at(0, SIGNAL_ECC_DRAM_CORRECTED, 99) > 90);
    CHECK_EQ(level_at(0, SIGNAL_ROW_REMAP_PENDING, 99), 1);
    CHECK_EQ(level_at(0, SIGNAL_ROW_REMAP_PENDING, 101), 0);
    CHECK_EQ(count_at(0, SIGNAL_ROW_REMAP_UNCORRECTED, 101), 1);
    double after = count_at(0, SIGNAL_ECC_DRAM_CORRECTED, 110); /* the fault itself goes on */
    CHECK(after > 4 && after < 16);
    CHECK(counter_lifetime(&node, 0, SIGNAL_ECC_DRAM_CORRECTED, node.now) > lifetime_before);
    CHECK(count_at(0, SIGNAL_ENERGY, 101) < 1000);
    CHECK(count_at(1, SIGNAL_ENERGY, 101) > 40000);
    node_close(&node);
}

static void a_year_costs_no_more_than_a_minute(void)
{
    BEGIN("at 0s gpu 0 ecc.dram.corrected rate 1/s");
    double year = 365 * 86400.0;
    CHECK(fabs(count_at(0, SIGNAL_ECC_DRAM_CORRECTED, year) / year - 1) < 1e-6);
    count_at(0, SIGNAL_ENERGY, year); /* sums the slots once */
    int64_t start = sim_monotonic_ns();
    for (int i = 0; i < 1000; i++) count_at(0, SIGNAL_ENERGY, year - i);
    double each = (double)(sim_monotonic_ns() - start) / 1000;
    check_that(each < 200000, __FILE__, __LINE__, "energy after a year", "took %.0f ns a call", each); /* a walk over it takes > 10 ms */
    node_close(&node);
}

void counter_tests(void)
{
    test_case("a rate counts without ever falling", a_rate_counts_without_ever_falling);
    test_case("a limited rate ends by itself", a_limited_rate_ends_by_itself);
    test_case("counters take set, add, wrap, reset, stuck and wrong", counters_take_set_add_wrap_reset_stuck_and_wrong);
    test_case("levels take every operation", levels_take_every_operation);
    test_case("heat slows the clock and says why", heat_slows_the_clock_and_says_why);
    test_case("a reset clears what a reset clears", a_reset_clears_what_a_reset_clears);
    test_case("a year costs no more than a minute", a_year_costs_no_more_than_a_minute);
}
