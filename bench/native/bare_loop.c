/* The cheapest program that asks a library of NVML the same as Forewarn's probe does: the same calls in the same groups on
 * the same grid of time, from the same three threads, and nothing done with the answers.
 *
 *   bare_loop LIBRARY FAST_MS SLOW_MS COUNTER
 *
 * The calls are those of src/Daemon/Sources/Nvml/NvmlSource.{Fast,Fields,Slow,Ecc}.cs, in their order. The first eight bytes
 * of the file COUNTER are the number of complete fast sweeps; whoever measures reads them there. Runs until it is killed. */
#include "nvml_abi.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    MAX_DEVICES = 64,
    MAX_LINKS = 36,             /* NVML_NVLINK_MAX_LINKS of nvml.h 610 */
    EVENT_WAIT_MS = 1000,       /* ProbeProgram.EventTimeout */
    WANTED_EVENTS = 0x8 | 0x2,  /* nvml.h: nvmlEventTypeXidCriticalError, nvmlEventTypeDoubleBitEccError */
};

typedef nvmlReturn_t (*call)(void);
typedef nvmlReturn_t (*get)(nvmlDevice_t, void *);
typedef nvmlReturn_t (*get_by)(nvmlDevice_t, unsigned, void *);
typedef nvmlReturn_t (*get_pair)(nvmlDevice_t, void *, void *);
typedef nvmlReturn_t (*get_by_two)(nvmlDevice_t, unsigned, unsigned, void *);
typedef nvmlReturn_t (*get_by_three)(nvmlDevice_t, unsigned, unsigned, unsigned, void *);
typedef nvmlReturn_t (*get_four)(nvmlDevice_t, unsigned *, unsigned *, unsigned *, unsigned *);
typedef nvmlReturn_t (*get_fields)(nvmlDevice_t, int, nvmlFieldValue_t *);
typedef nvmlReturn_t (*get_pages)(nvmlDevice_t, nvmlEnum, unsigned *, uint64_t *, uint64_t *);
typedef nvmlReturn_t (*get_count)(unsigned *);
typedef nvmlReturn_t (*get_handle)(unsigned, nvmlDevice_t *);
typedef nvmlReturn_t (*create_set)(nvmlEventSet_t *);
typedef nvmlReturn_t (*register_events)(nvmlDevice_t, uint64_t, nvmlEventSet_t);
typedef nvmlReturn_t (*wait_event)(nvmlEventSet_t, nvmlEventData_t *, unsigned);

/* Without a symbol of these the figures would be of other calls than the probe's, so each must be there. */
#define SYMBOLS(S)                                                        \
    S(call, nvmlInit_v2)                                                  \
    S(get_count, nvmlDeviceGetCount_v2)                                   \
    S(get_handle, nvmlDeviceGetHandleByIndex_v2)                          \
    S(get_by, nvmlDeviceGetTemperature)                                   \
    S(get, nvmlDeviceGetPowerUsage)                                       \
    S(get, nvmlDeviceGetTotalEnergyConsumption)                           \
    S(get_by, nvmlDeviceGetClockInfo)                                     \
    S(get, nvmlDeviceGetCurrentClocksEventReasons)                        \
    S(get, nvmlDeviceGetPerformanceState)                                 \
    S(get_fields, nvmlDeviceGetFieldValues)                               \
    S(get, nvmlDeviceGetUtilizationRates)                                 \
    S(get_pair, nvmlDeviceGetEncoderUtilization)                          \
    S(get_pair, nvmlDeviceGetDecoderUtilization)                          \
    S(get_pair, nvmlDeviceGetJpgUtilization)                              \
    S(get_pair, nvmlDeviceGetOfaUtilization)                              \
    S(get, nvmlDeviceGetMemoryInfo_v2)                                    \
    S(get, nvmlDeviceGetCurrPcieLinkWidth)                                \
    S(get, nvmlDeviceGetCurrPcieLinkGeneration)                           \
    S(get_by, nvmlDeviceGetTemperatureThreshold)                          \
    S(get, nvmlDeviceGetEnforcedPowerLimit)                               \
    S(get_by, nvmlDeviceGetMaxClockInfo)                                  \
    S(get_pair, nvmlDeviceGetMigMode)                                     \
    S(get, nvmlDeviceGetPersistenceMode)                                  \
    S(get, nvmlDeviceGetBAR1MemoryInfo)                                   \
    S(get_pair, nvmlDeviceGetEccMode)                                     \
    S(get_by_two, nvmlDeviceGetTotalEccErrors)                            \
    S(get_by_three, nvmlDeviceGetMemoryErrorCounter)                      \
    S(get, nvmlDeviceGetSramEccErrorStatus)                               \
    S(get_pages, nvmlDeviceGetRetiredPages_v2)                            \
    S(get, nvmlDeviceGetRetiredPagesPendingStatus)                        \
    S(get_four, nvmlDeviceGetRemappedRows)                                \
    S(get, nvmlDeviceGetRowRemapperHistogram)                             \
    S(get, nvmlDeviceGetPcieReplayCounter)                                \
    S(get, nvmlDeviceGetMaxPcieLinkWidth)                                 \
    S(get, nvmlDeviceGetMaxPcieLinkGeneration)                            \
    S(get_by, nvmlDeviceGetNvLinkState)                                   \
    S(get_by_two, nvmlDeviceGetNvLinkErrorCounter)                        \
    S(create_set, nvmlEventSetCreate)                                     \
    S(register_events, nvmlDeviceRegisterEvents)                          \
    S(wait_event, nvmlEventSetWait_v2)

#define DECLARE(type, name) static type name;
SYMBOLS(DECLARE)

static nvmlDevice_t devices[MAX_DEVICES];
static unsigned links[MAX_DEVICES];
static unsigned device_count;
static long fast_ms, slow_ms;
static _Atomic uint64_t *sweeps;

static void fail(const char *what, const char *why)
{
    fprintf(stderr, "bare_loop: %s: %s\n", what, why);
    exit(1);
}

static void *resolve(void *library, const char *name)
{
    void *found = dlsym(library, name);
    if (found == NULL) fail(name, "the library has no such symbol");
    return found;
}

static void read_fast(nvmlDevice_t device)
{
    unsigned u[2];
    uint64_t wide;
    nvmlUtilization_t rates;
    nvmlMemory_v2_t memory = {.version = NVML_STRUCT_VERSION(nvmlMemory_v2_t, 2)};
    /* nvml.h: NVML_FI_DEV_MEMORY_TEMP and the six of NVML_FI_DEV_PERF_POLICY_*; driver 550 has no more of what the probe asks. */
    nvmlFieldValue_t fields[] = {{.fieldId = 82}, {.fieldId = 74}, {.fieldId = 75}, {.fieldId = 76},
                                 {.fieldId = 77}, {.fieldId = 78}, {.fieldId = 79}};

    nvmlDeviceGetTemperature(device, 0, u);
    nvmlDeviceGetPowerUsage(device, u);
    nvmlDeviceGetTotalEnergyConsumption(device, &wide);
    for (unsigned clock = 0; clock < 4; clock++) nvmlDeviceGetClockInfo(device, clock, u);
    nvmlDeviceGetCurrentClocksEventReasons(device, &wide);
    nvmlDeviceGetPerformanceState(device, u);
    nvmlDeviceGetFieldValues(device, sizeof fields / sizeof *fields, fields);
    nvmlDeviceGetUtilizationRates(device, &rates);
    nvmlDeviceGetEncoderUtilization(device, &u[0], &u[1]);
    nvmlDeviceGetDecoderUtilization(device, &u[0], &u[1]);
    nvmlDeviceGetJpgUtilization(device, &u[0], &u[1]);
    nvmlDeviceGetOfaUtilization(device, &u[0], &u[1]);
    nvmlDeviceGetMemoryInfo_v2(device, &memory);
    nvmlDeviceGetCurrPcieLinkWidth(device, u);
    nvmlDeviceGetCurrPcieLinkGeneration(device, u);
}

static void read_ecc(nvmlDevice_t device)
{
    static const unsigned locations[] = {2, 7, 0, 1, 3}; /* nvml.h: DRAM, SRAM, L1, L2, register file */
    unsigned u[2];
    uint64_t count;
    nvmlEccSramErrorStatus_v1_t sram = {.version = NVML_STRUCT_VERSION(nvmlEccSramErrorStatus_v1_t, 1)};

    nvmlDeviceGetEccMode(device, &u[0], &u[1]);
    for (unsigned span = 0; span < 2; span++)
        for (unsigned error = 0; error < 2; error++) nvmlDeviceGetTotalEccErrors(device, error, span, &count);
    for (size_t i = 0; i < sizeof locations / sizeof *locations; i++)
        for (unsigned error = 0; error < 2; error++) nvmlDeviceGetMemoryErrorCounter(device, error, 0, locations[i], &count);
    nvmlDeviceGetSramEccErrorStatus(device, &sram);
}

static void read_slow(nvmlDevice_t device, unsigned link_count)
{
    unsigned u[4];
    uint64_t count;
    nvmlBAR1Memory_t bar1;
    nvmlRowRemapperHistogramValues_t banks;

    for (unsigned threshold = 0; threshold < 4; threshold++) nvmlDeviceGetTemperatureThreshold(device, threshold, u);
    nvmlDeviceGetEnforcedPowerLimit(device, u);
    for (unsigned clock = 0; clock < 4; clock++) nvmlDeviceGetMaxClockInfo(device, clock, u);
    nvmlDeviceGetMigMode(device, &u[0], &u[1]);
    nvmlDeviceGetPersistenceMode(device, u);
    nvmlDeviceGetBAR1MemoryInfo(device, &bar1);
    read_ecc(device);
    for (unsigned cause = 0; cause < 2; cause++) {
        u[0] = 0;
        nvmlDeviceGetRetiredPages_v2(device, cause, u, NULL, NULL);
    }
    nvmlDeviceGetRetiredPagesPendingStatus(device, u);
    nvmlDeviceGetRemappedRows(device, &u[0], &u[1], &u[2], &u[3]);
    nvmlDeviceGetRowRemapperHistogram(device, &banks);
    nvmlDeviceGetPcieReplayCounter(device, u);
    nvmlDeviceGetMaxPcieLinkWidth(device, u);
    nvmlDeviceGetMaxPcieLinkGeneration(device, u);
    for (unsigned link = 0; link < link_count; link++) {
        nvmlDeviceGetNvLinkState(device, link, u);
        for (unsigned counter = 0; counter < 5; counter++) nvmlDeviceGetNvLinkErrorCounter(device, link, counter, &count);
    }
}

/* The next point of a fixed grid of time, as LaneClock has it. */
static void wait_for_turn(struct timespec *turn, long period_ms)
{
    turn->tv_sec += period_ms / 1000;
    turn->tv_nsec += period_ms % 1000 * 1000000;
    if (turn->tv_nsec >= 1000000000) {
        turn->tv_sec++;
        turn->tv_nsec -= 1000000000;
    }
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, turn, NULL) == EINTR) {}
}

static void *fast_lane(void *unused)
{
    struct timespec turn;
    clock_gettime(CLOCK_MONOTONIC, &turn);
    for (;;) {
        for (unsigned i = 0; i < device_count; i++) read_fast(devices[i]);
        atomic_fetch_add(sweeps, 1);
        wait_for_turn(&turn, fast_ms);
    }
    return unused;
}

static void *slow_lane(void *unused)
{
    struct timespec turn;
    unsigned count;
    clock_gettime(CLOCK_MONOTONIC, &turn);
    for (;;) {
        for (unsigned i = 0; i < device_count; i++) read_slow(devices[i], links[i]);
        nvmlDeviceGetCount_v2(&count);
        wait_for_turn(&turn, slow_ms);
    }
    return unused;
}

static void *event_lane(void *unused)
{
    nvmlEventSet_t set;
    nvmlEventData_t event;
    if (nvmlEventSetCreate(&set) != NVML_SUCCESS) fail("nvmlEventSetCreate", "refused");
    for (unsigned i = 0; i < device_count; i++) nvmlDeviceRegisterEvents(devices[i], WANTED_EVENTS, set);
    for (;;) nvmlEventSetWait_v2(set, &event, EVENT_WAIT_MS);
    return unused;
}

static void find_devices(void)
{
    unsigned state;
    if (nvmlInit_v2() != NVML_SUCCESS) fail("nvmlInit_v2", "refused");
    if (nvmlDeviceGetCount_v2(&device_count) != NVML_SUCCESS || device_count > MAX_DEVICES) fail("nvmlDeviceGetCount_v2", "refused");
    for (unsigned i = 0; i < device_count; i++) {
        if (nvmlDeviceGetHandleByIndex_v2(i, &devices[i]) != NVML_SUCCESS) fail("nvmlDeviceGetHandleByIndex_v2", "refused");
        while (links[i] < MAX_LINKS && nvmlDeviceGetNvLinkState(devices[i], links[i], &state) == NVML_SUCCESS) links[i]++;
    }
}

int main(int argc, char **argv)
{
    if (argc != 5) fail("usage", "bare_loop LIBRARY FAST_MS SLOW_MS COUNTER");
    fast_ms = strtol(argv[2], NULL, 10);
    slow_ms = strtol(argv[3], NULL, 10);
    int file = open(argv[4], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, sizeof *sweeps) != 0) fail(argv[4], "cannot be written");
    sweeps = mmap(NULL, sizeof *sweeps, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (sweeps == MAP_FAILED) fail(argv[4], "cannot be mapped");

    void *library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fail(argv[1], dlerror());
#define RESOLVE(type, name) *(void **)&name = resolve(library, #name);
    SYMBOLS(RESOLVE)
    find_devices();

    pthread_t slow, events;
    if (pthread_create(&slow, NULL, slow_lane, NULL) != 0 || pthread_create(&events, NULL, event_lane, NULL) != 0)
        fail("pthread_create", "refused");
    fast_lane(NULL);
    return 0;
}
