/* The cheapest program that asks a library of NVML the same as Forewarn's probe does: the calls that record.c saw the probe
 * make, with the same arguments, on the same grid of time, from the same three threads, and nothing done with the answers.
 *
 *   bare_loop LIBRARY CALLS FAST_MS SLOW_MS COUNTER
 *
 * CALLS is what measure/calls.py makes of a recording: the words `fast` and `slow` begin a sweep, `events MASK MILLISECONDS`
 * says for what and how long the third thread waits, and any other line is one call: FUNCTION CODE ARGUMENT×6 (record.c).
 * Several recorded sweeps of a lane are made in turn. Before it begins, each call is made once and has to answer the code that
 * the probe got: a call that was not understood would be measured as another. The first eight bytes of the file COUNTER are
 * the number of complete fast sweeps; whoever measures reads them there. Runs until it is killed. */
#include "nvml_abi.h"

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

enum {
    ARGUMENTS = 6,
    MAX_DEVICES = 64,
    MAX_SWEEPS = 16,
    MAX_STRUCT = 16384,   /* record.c */
    COUNT_SIZE = 8,       /* record.c: a count that is asked and answered, or nothing that matters */
    LINE = 64,            /* bytes between two arguments that are no larger */
    SCRATCH = 256 * 1024, /* what a call writes into; the largest is a list of processes */
};

typedef uintptr_t word;
typedef word (*call)(word, word, word, word, word, word);

struct fill {
    unsigned char *to, *bytes;
    size_t size;
};

/* Small, since a sweep passes through all of them. */
struct step {
    call function;
    word arguments[ARGUMENTS];
    struct fill *fills;
    unsigned fill_count, code;
};

struct sweep {
    struct step *steps;
    char **names;
    size_t count, room;
};

struct lane {
    long period_ms;
    unsigned sweep_count;
    struct sweep sweeps[MAX_SWEEPS];
    unsigned char scratch[SCRATCH]; /* used again by every call, as a stack is */
};

static struct lane fast, slow;
static word devices[MAX_DEVICES];
static unsigned device_count;
static uint64_t wanted_events;
static unsigned event_wait_ms;
static void *library;
static _Atomic uint64_t *sweeps;

__attribute__((format(printf, 1, 2), noreturn)) static void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("bare_loop: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    exit(1);
}

static call resolve(const char *name)
{
    call found;
    *(void **)&found = dlsym(library, name);
    if (found == NULL) fail("the library has no %s", name);
    return found;
}

static inline unsigned make(const struct step *step)
{
    const word *a = step->arguments;
    for (unsigned i = 0; i < step->fill_count; i++) memcpy(step->fills[i].to, step->fills[i].bytes, step->fills[i].size);
    return (unsigned)step->function(a[0], a[1], a[2], a[3], a[4], a[5]);
}

static void find_devices(void)
{
    if (resolve("nvmlInit_v2")(0, 0, 0, 0, 0, 0) != NVML_SUCCESS) fail("nvmlInit_v2 is refused");
    if (resolve("nvmlDeviceGetCount_v2")((word)&device_count, 0, 0, 0, 0, 0) != NVML_SUCCESS || device_count > MAX_DEVICES)
        fail("the devices cannot be counted");
    for (unsigned i = 0; i < device_count; i++)
        if (resolve("nvmlDeviceGetHandleByIndex_v2")(i, (word)&devices[i], 0, 0, 0, 0) != NVML_SUCCESS) fail("no device %u", i);
}

/* Puts what is asked side by side; an answer may write beyond its own place, where nobody reads. */
static unsigned char *parse_pointer(struct step *step, unsigned char *to, const char *hex)
{
    step->fills = realloc(step->fills, (step->fill_count + 1) * sizeof *step->fills);
    if (step->fills == NULL) fail("no memory");
    struct fill *fill = &step->fills[step->fill_count++];
    *fill = (struct fill){.to = to, .size = strlen(hex) / 2};
    fill->bytes = malloc(fill->size + 1);
    if (fill->bytes == NULL || fill->size > MAX_STRUCT) fail("an argument of %zu bytes", fill->size);
    for (size_t i = 0; i < fill->size; i++)
        if (sscanf(hex + 2 * i, "%2hhx", &fill->bytes[i]) != 1) fail("\"%s\" is not hexadecimal", hex);
    return to + (fill->size + LINE - 1) / LINE * LINE;
}

static struct step *add_step(struct lane *lane, const char *name)
{
    if (lane == NULL || lane->sweep_count == 0) fail("%s before the first sweep", name);
    struct sweep *sweep = &lane->sweeps[lane->sweep_count - 1];
    if (sweep->count == sweep->room) {
        sweep->room = 2 * sweep->room + 64;
        sweep->steps = realloc(sweep->steps, sweep->room * sizeof *sweep->steps);
        sweep->names = realloc(sweep->names, sweep->room * sizeof *sweep->names);
        if (sweep->steps == NULL || sweep->names == NULL) fail("no memory");
    }
    sweep->names[sweep->count] = strdup(name);
    sweep->steps[sweep->count] = (struct step){.function = resolve(name)};
    return &sweep->steps[sweep->count++];
}

static void parse_step(struct lane *lane, char *line)
{
    char *rest, *part = strtok_r(line, " \n", &rest);
    struct step *step = add_step(lane, part);
    unsigned char *to = lane->scratch;
    for (int i = -1; i < ARGUMENTS && (part = strtok_r(NULL, " \n", &rest)) != NULL; i++) {
        unsigned long number = strtoul(part + (*part == 'd'), NULL, 10);
        if (*part == 'd' && number >= device_count) fail("no device %lu", number);
        if (i < 0) step->code = (unsigned)number;
        else step->arguments[i] = *part == 'd' ? devices[number] : *part == 'p' ? (word)to : number;
        if (*part == 'p') to = parse_pointer(step, to, part + 1);
    }
}

static void read_calls(const char *path)
{
    FILE *file = fopen(path, "re");
    struct lane *lane = NULL;
    char *line = NULL;
    size_t room = 0;
    if (file == NULL) fail("%s: %s", path, strerror(errno));
    while (getline(&line, &room, file) > 0) {
        bool begins_fast = strcmp(line, "fast\n") == 0;
        if (sscanf(line, "events %lu %u", &wanted_events, &event_wait_ms) == 2) continue;
        if (!begins_fast && strcmp(line, "slow\n") != 0) {
            parse_step(lane, line);
            continue;
        }
        lane = begins_fast ? &fast : &slow;
        if (lane->sweep_count++ == MAX_SWEEPS) fail("%s: more than %d sweeps of a lane", path, MAX_SWEEPS);
    }
    free(line);
    fclose(file);
    if (fast.sweep_count == 0 || slow.sweep_count == 0 || event_wait_ms == 0) fail("%s lacks a lane", path);
}

/* A register that the function does not have may still hold the pointer of an earlier call: without it the answer is the same. */
static bool drop_if_foreign(struct step *step, unsigned which)
{
    for (int i = 0; i < ARGUMENTS; i++) {
        if (step->arguments[i] != (word)step->fills[which].to) continue;
        step->arguments[i] = 0;
        if (make(step) != step->code) {
            step->arguments[i] = (word)step->fills[which].to;
            return false;
        }
    }
    step->fills[which] = step->fills[--step->fill_count];
    return true;
}

/* Leaves a fill out when the call answers the same whatever lies there. */
static void drop_if_idle(struct step *step, unsigned which)
{
    struct fill *fill = &step->fills[which];
    size_t size = fill->size;
    if (size > COUNT_SIZE) { /* a versioned struct, which fields are asked for, or none of this call's */
        drop_if_foreign(step, which);
        return;
    }
    fill->size = 0;
    memset(fill->to, 0, COUNT_SIZE);
    bool idle = make(step) == step->code;
    memset(fill->to, 0xff, COUNT_SIZE);
    idle = make(step) == step->code && idle;
    if (idle) *fill = step->fills[--step->fill_count];
    else fill->size = size;
}

/* Makes each call once, and leaves out what is set before it for nothing: a program in C does not set what is only answered. */
static void verify(struct lane *lane)
{
    for (unsigned s = 0; s < lane->sweep_count; s++)
        for (size_t i = 0; i < lane->sweeps[s].count; i++) {
            struct step *step = &lane->sweeps[s].steps[i];
            unsigned code = make(step);
            if (code != step->code) fail("%s answers %u where the probe got %u", lane->sweeps[s].names[i], code, step->code);
            for (unsigned which = step->fill_count; which-- > 0;) drop_if_idle(step, which);
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

static void *run(void *which)
{
    struct lane *lane = which;
    struct timespec turn;
    clock_gettime(CLOCK_MONOTONIC, &turn);
    for (unsigned s = 0;; s = (s + 1) % lane->sweep_count) {
        for (size_t i = 0; i < lane->sweeps[s].count; i++) make(&lane->sweeps[s].steps[i]);
        if (lane == &fast) atomic_fetch_add(sweeps, 1);
        wait_for_turn(&turn, lane->period_ms);
    }
    return NULL;
}

static void *wait_for_events(void *unused)
{
    word set = 0;
    nvmlEventData_t event;
    call wait = resolve("nvmlEventSetWait_v2");
    if (resolve("nvmlEventSetCreate")((word)&set, 0, 0, 0, 0, 0) != NVML_SUCCESS) fail("nvmlEventSetCreate is refused");
    for (unsigned i = 0; i < device_count; i++) resolve("nvmlDeviceRegisterEvents")(devices[i], wanted_events, set, 0, 0, 0);
    for (;;) wait(set, (word)&event, event_wait_ms, 0, 0, 0);
    return unused;
}

int main(int argc, char **argv)
{
    if (argc != 6) fail("usage: bare_loop LIBRARY CALLS FAST_MS SLOW_MS COUNTER");
    fast.period_ms = strtol(argv[3], NULL, 10);
    slow.period_ms = strtol(argv[4], NULL, 10);
    int file = open(argv[5], O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ftruncate(file, sizeof *sweeps) != 0) fail("%s cannot be written", argv[5]);
    sweeps = mmap(NULL, sizeof *sweeps, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    if (sweeps == MAP_FAILED) fail("%s cannot be mapped", argv[5]);

    library = dlopen(argv[1], RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) fail("%s", dlerror());
    find_devices();
    read_calls(argv[2]);
    verify(&fast);
    verify(&slow);

    pthread_t thread;
    if (pthread_create(&thread, NULL, run, &slow) != 0 || pthread_create(&thread, NULL, wait_for_events, NULL) != 0)
        fail("no thread");
    run(&fast);
    return 0;
}
