/* Stands before a simulated NVML library and writes down each call that goes through it: what bare_loop.c then makes again.
 *
 * Every function of sim/functions.def is exported (the driver's version map hides what the driver lacks) and passes its six
 * argument registers on, whatever it takes: NVML has no function with more arguments than that and none with one that is no
 * integer or pointer, so one body serves all. One call is one line of $FOREWARN_BENCH_TRACE:
 *
 *   LANE NANOSECONDS FUNCTION CODE ARGUMENT×6     LANE is the thread's name with ~ for blanks
 *
 * ARGUMENT is d3 for the fourth device, p and hexadecimal bytes for a pointer with what lay there before the call, else the
 * number itself. Registers beyond a function's own arguments hold anything; the replay passes them on, and nobody looks. */
#include "nvml_abi.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum {
    ARGUMENTS = 6,
    MAX_DEVICES = 64,
    COUNT_SIZE = 8,      /* a count that is asked and answered, or nothing that matters */
    MAX_STRUCT = 16384,  /* more than any versioned struct of nvml.h 610 */
    LARGEST_NUMBER = 0xffff,
};

typedef uintptr_t word;
typedef word (*forwarded)(word, word, word, word, word, word);

enum function {
#define FUNCTION(name, first_driver) FN_##name,
#include "../../native/sim/functions.def"
#undef FUNCTION
    FUNCTION_COUNT
};

static const char *const names[] = {
#define FUNCTION(name, first_driver) #name,
#include "../../native/sim/functions.def"
#undef FUNCTION
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_once_t once = PTHREAD_ONCE_INIT;
static forwarded behind[FUNCTION_COUNT];
static FILE *trace;
static word devices[MAX_DEVICES];
static unsigned device_count;

static void open_all(void)
{
    const char *drivers = getenv("FOREWARN_BENCH_DRIVERS"), *path = getenv("FOREWARN_BENCH_TRACE");
    char name[4096];
    snprintf(name, sizeof name, "%s/" DRIVER "/libnvidia-ml.so.1", drivers != NULL ? drivers : "");
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    trace = path != NULL ? fopen(path, "ae") : NULL;
    if (library == NULL || trace == NULL) {
        fprintf(stderr, "record: no %s or no trace %s\n", name, path != NULL ? path : "");
        abort();
    }
    for (int i = 0; i < FUNCTION_COUNT; i++) *(void **)&behind[i] = dlsym(library, names[i]);
}

/* Once the library is initialised: handles stay what they are. */
static void find_devices(void)
{
    unsigned count = 0;
    if (behind[FN_nvmlDeviceGetCount_v2]((word)&count, 0, 0, 0, 0, 0) != NVML_SUCCESS) return;
    for (unsigned i = 0; i < count && i < MAX_DEVICES; i++)
        if (behind[FN_nvmlDeviceGetHandleByIndex_v2](i, (word)&devices[i], 0, 0, 0, 0) == NVML_SUCCESS) device_count = i + 1;
}

/* How much of what a pointer points to is asked, not answered. */
static size_t asked(int function, int argument, const word *arguments, const unsigned char *bytes)
{
    unsigned version;
    if (function == FN_nvmlDeviceGetFieldValues && argument == 2) return (unsigned)arguments[1] * sizeof(nvmlFieldValue_t);
    memcpy(&version, bytes, sizeof version);
    size_t size = version & 0xffffff; /* nvml.h, NVML_STRUCT_VERSION: the size, and a small number above it */
    bool versioned = version >> 24 >= 1 && version >> 24 <= 9 && size >= COUNT_SIZE && size <= MAX_STRUCT && size % 4 == 0;
    return versioned ? size : COUNT_SIZE;
}

static void write_argument(FILE *to, int function, int argument, const word *arguments)
{
    static unsigned char bytes[MAX_STRUCT]; /* under the lock */
    word value = arguments[argument];
    for (unsigned i = 0; i < device_count; i++)
        if (value == devices[i]) {
            fprintf(to, " d%u", i);
            return;
        }
    memset(bytes, 0, COUNT_SIZE);
    struct iovec here = {bytes, sizeof bytes}, there = {(void *)value, sizeof bytes};
    /* Reads as far as there is memory, and says so where there is none. */
    if (value <= LARGEST_NUMBER || process_vm_readv(getpid(), &here, 1, &there, 1, 0) < COUNT_SIZE) {
        fprintf(to, " %llu", (unsigned long long)value);
        return;
    }
    size_t size = asked(function, argument, arguments, bytes);
    fputs(" p", to);
    for (size_t i = 0; i < size && i < sizeof bytes; i++) fprintf(to, "%02x", bytes[i]);
}

static void write_head(int function, unsigned code)
{
    struct timespec now;
    char lane[16] = "";
    clock_gettime(CLOCK_MONOTONIC, &now);
    pthread_getname_np(pthread_self(), lane, sizeof lane);
    for (char *c = lane; *c != '\0'; c++)
        if (*c == ' ') *c = '~';
    fprintf(trace, "%s %lld %s %u", lane, now.tv_sec * 1000000000LL + now.tv_nsec, names[function], code);
}

static word record(int function, word a, word b, word c, word d, word e, word f)
{
    const word arguments[ARGUMENTS] = {a, b, c, d, e, f};
    char *text = NULL;
    size_t length = 0;
    pthread_once(&once, open_all);

    /* What is asked is read before the call, its code is known after it, and other threads write between the two. */
    pthread_mutex_lock(&lock);
    if (device_count == 0 && function != FN_nvmlInit_v2) find_devices();
    FILE *line = open_memstream(&text, &length);
    if (line == NULL) abort();
    for (int i = 0; i < ARGUMENTS; i++) write_argument(line, function, i, arguments);
    fclose(line);
    pthread_mutex_unlock(&lock);

    word result = behind[function](a, b, c, d, e, f);

    pthread_mutex_lock(&lock);
    write_head(function, (unsigned)result);
    fprintf(trace, "%s\n", text);
    fflush(trace);
    pthread_mutex_unlock(&lock);
    free(text);
    return result;
}

#define FUNCTION(name, first_driver)                                                                       \
    __attribute__((visibility("default"))) word name(word a, word b, word c, word d, word e, word f);      \
    word name(word a, word b, word c, word d, word e, word f) { return record(FN_##name, a, b, c, d, e, f); }
#include "../../native/sim/functions.def"
#undef FUNCTION
