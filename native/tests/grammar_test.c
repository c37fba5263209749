#include "../sim/mutation.h"
#include "../sim/clock.h"
#include "../sim/noise.h"
#include "../sim/profile.h"
#include "../sim/scenario.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *line, struct mutation *m, struct sim_error *error)
{
    struct words w;
    *error = (struct sim_error){0};
    words_start(&w, line, strlen(line), 7, error);
    return mutation_parse_timed(&w, 8, m);
}

static void every_documented_fault_parses(void)
{
    static const char *const lines[] = {
        "at 0s gpu 3 ecc.dram.corrected rate 2/s", "at 500ms gpu * power set 650", "at 2h gpu 0-3 temperature.gpu add 5 for 10m",
        "at 1m gpu 1 memory.used set 40GiB", "at 1m gpu 1 temperature.gpu rate 3/m", "at 1m gpu 1 power noise 50 for 20s",
        "at 1m gpu 1 power stuck", "at 1m gpu 1 power wrong 4095 for 1s", "at 1m gpu 1 power normal",
        "at 1m gpu 1 pcie.replays wrap 32", "at 1m gpu 1 pcie.replays reset", "at 1m gpu 1 link 17 down for 5s",
        "at 1m gpu 1 link * crc rate 100/s", "at 1m gpu 1 link 3 up", "at 1m gpu 3 lost", "at 1m gpu 3 lost silently for 10s",
        "at 1m gpu 3 reset-required", "at 1m gpu 3 reset", "at 1m gpu 3 recovered", "at 1m gpu 3 load 0.8", "at 1m node load idle",
        "at 1m gpu 5 hang nvmlDeviceGetTemperature for 20s", "at 1m gpu 5 hang *", "at 1m node hang nvmlInit_v2 for 1s",
        "at 1m gpu 5 slow * by 300ms for 1m", "at 1m gpu 5 crash nvmlDeviceGetFieldValues",
        "at 1m gpu 5 fail nvmlDeviceGetPowerUsage with 999", "at 1m gpu 5 fail * with GPU_IS_LOST for 1m", "at 1m gpu 5 clear *",
        "at 1m gpu 3 xid 79 \"GPU has fallen off the bus.\"", "at 1m node driver unload for 20s", "at 1m node driver load",
        "at 1m node driver reload for 3s", "at 1m node driver upgrade r550", "at 1m node library missing", "at 1m node library present",
        "at 1m node library r535", "at 1m node stdout \"hello\"", "at 1m node stdout \"hello\" on nvmlDeviceGetName",
        "at 1m node kmsg \"anything\"", "at 1m node reboot for 90s", "  at 1.5s\tgpu 0 lost   # a comment"};
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct mutation m;
        struct sim_error error;
        bool parsed = parse(lines[i], &m, &error);
        check_that(parsed, __FILE__, __LINE__, lines[i], "column %u: %s", error.column, error.text);
    }
}

static void errors_name_the_column(void)
{
    static const struct {
        const char *line;
        unsigned column;
    } bad[] = {{"on 5s gpu 3 lost", 1}, {"at 5x gpu 3 lost", 4}, {"at -5s gpu 3 lost", 4}, {"at 5s cpu 3 lost", 7},
               {"at 5s gpu 8 lost", 11}, {"at 5s gpu 3-1 lost", 11}, {"at 5s gpu 3 lots", 13}, {"at 5s gpu 3 lost now", 18},
               {"at 5s gpu 3 power sit 3", 19}, {"at 5s gpu 3 power set much", 23}, {"at 5s gpu 3 power rate 3", 24},
               {"at 5s gpu 3 ecc.dram.corrected add -1", 36}, {"at 5s gpu 3 link 18 down", 18}, {"at 5s gpu 3 link 1 bend", 20},
               {"at 5s gpu 3 hang nvmlNoSuch", 18}, {"at 5s gpu 3 fail * with 31", 25}, {"at 5s gpu 3 fail * with 0", 25},
               {"at 5s gpu 3 xid 0 \"x\"", 17}, {"at 5s gpu 3 xid 79 text", 20}, {"at 5s gpu 3 xid 79 \"open", 20},
               {"at 5s node driver wobble", 19}, {"at 5s node driver upgrade 550", 27}, {"at 5s gpu 3 load 1.5", 18},
               {"at 5s gpu 3 power wrap 32", 19}, {"at", 3}, {"at 5s gpu", 10}};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct mutation m;
        struct sim_error error;
        bool parsed = parse(bad[i].line, &m, &error);
        check_that(!parsed && error.line == 7 && error.column == bad[i].column && error.text[0] != '\0', __FILE__, __LINE__,
                   bad[i].line, "parsed=%d line %u column %u '%s', expected column %u", parsed, error.line, error.column,
                   error.text, bad[i].column);
    }
}

/* Random bytes, and valid lines with bytes changed: never a crash, always a place and a reason. */
static void random_lines_never_crash(void)
{
    static const char *const seeds[] = {"at 5s gpu 3 link 7 crc rate 5/s for 20s", "at 1m node stdout \"a b\" on nvmlDeviceGetName",
                                        "at 1m gpu 5 fail nvmlInit_v2 with NVML_ERROR_UNKNOWN for 1h", "at 9s gpu 0-7 memory.used set 4GiB"};
    char line[400];
    for (int64_t i = 0; i < 40000; i++) {
        size_t length;
        if (i % 2 == 0) {
            length = noise_hash(1, 1, 1, i) % sizeof line;
            for (size_t k = 0; k < length; k++) line[k] = (char)noise_hash(2, (uint64_t)k, 1, i);
        } else {
            const char *seed = seeds[noise_hash(3, 1, 1, i) % 4];
            length = strlen(seed);
            memcpy(line, seed, length);
            for (int k = 0; k < 3; k++) line[noise_hash(4, (uint64_t)k, 1, i) % length] = (char)noise_hash(5, (uint64_t)k, 1, i);
            length -= noise_hash(6, 1, 1, i) % 5;
        }
        struct words w;
        struct mutation m;
        struct sim_error error = {0};
        char *exact = malloc(length + 1); /* a heap block of its own: the sanitizer sees one byte too far */
        memcpy(exact, line, length);
        words_start(&w, exact, length, 3, &error);
        if (!mutation_parse_timed(&w, 8, &m)) {
            CHECK(error.line == 3 && error.column >= 1 && error.column <= length + 1 && error.text[0] != '\0');
        }
        free(exact);
    }
}

static void collect(void *lines, const struct sim_error *error)
{
    unsigned *seen = lines;
    seen[++seen[0]] = error->line;
}

static void a_scenario_reports_all_its_errors(void)
{
    char path[] = "/tmp/forewarn-test-XXXXXX";
    int fd = mkstemp(path);
    FILE *file = fdopen(fd, "w");
    fputs("profile h100-8\n\nat 5s gpu 9 lost\nat 6s gpu 1 lost # fine\nbogus\nat 7s gpu 1 wobble\nrate -1\n", file);
    fclose(file);
    unsigned seen[16] = {0};
    struct scenario scenario;
    CHECK_EQ(scenario_load(path, 8, &scenario, collect, seen), 4);
    CHECK(seen[0] == 4 && seen[1] == 3 && seen[2] == 5 && seen[3] == 6 && seen[4] == 7);
    CHECK_EQ(scenario.count, 1);
    CHECK(scenario.count == 1 && strcmp(scenario.lines[0].fault, "gpu 1 lost") == 0 && scenario.lines[0].at == 6 * SIM_SECOND);
    scenario_free(&scenario);
    remove(path);
}

static void durations_are_exact(void)
{
    static const struct {
        const char *text;
        int64_t ns;
    } good[] = {{"1ns", 1}, {"500ms", 500000000}, {"1.5s", 1500000000}, {"20s", 20 * SIM_SECOND}, {"10m", 600 * SIM_SECOND},
                {"2h", 7200 * SIM_SECOND}, {"3d", 259200 * SIM_SECOND}, {"123456789ns", 123456789}};
    int64_t ns;
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        CHECK(parse_duration(good[i].text, strlen(good[i].text), &ns) && ns == good[i].ns);
    static const char *const bad[] = {"", "s", "5", "5 s", "1e300s", "nans", "-1s", "5sec", "0x10s"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        check_that(!parse_duration(bad[i], strlen(bad[i]), &ns), __FILE__, __LINE__, bad[i], "was taken for a duration");
}

void grammar_tests(void)
{
    test_case("every documented fault parses", every_documented_fault_parses);
    test_case("errors name the column", errors_name_the_column);
    test_case("random lines never crash", random_lines_never_crash);
    test_case("a scenario reports all its errors", a_scenario_reports_all_its_errors);
    test_case("durations are exact", durations_are_exact);
}
