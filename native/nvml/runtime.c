/* Initialisation, the lock, and the faults that every call meets. */
#include "../sim/calls.h"
#include "call.h"

#include <dlfcn.h>
#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct sim_node node;
static bool node_is_open;
static unsigned references;    /* successful nvmlInit calls */
static unsigned sessions;      /* counts first inits: a call that waited through a shutdown notices */
static unsigned session_loads; /* driver loads when the session began */
static unsigned session_resets[SIM_MAX_GPUS];
static unsigned waiters;       /* threads inside call_wait: the node must not be unmapped under them */
static char chosen_root[SIM_PATH_MAX];
static struct nvml_device devices[SIM_MAX_GPUS];
/* Handles of MIG instances. One serves again after so many births on its card; until then it stays dead. */
#define PIECES 256
static struct nvml_device pieces[SIM_MAX_GPUS][PIECES];
static size_t printed; /* stdout lines already printed by this process */

/* For tests that load several copies of the library into one process. */
NVML_EXPORT void forewarn_sim_set_root(const char *root);

void forewarn_sim_set_root(const char *root)
{
    pthread_mutex_lock(&lock);
    snprintf(chosen_root, sizeof chosen_root, "%s", root != NULL ? root : "");
    pthread_mutex_unlock(&lock);
}

/* Set by hand, from the environment, or the node whose lib folder this library was loaded from. */
static bool find_root(char *out, size_t size)
{
    const char *environment = getenv("FOREWARN_SIM_ROOT");
    if (chosen_root[0] != '\0' || (environment != NULL && environment[0] != '\0')) {
        snprintf(out, size, "%s", chosen_root[0] != '\0' ? chosen_root : environment);
        return true;
    }
    Dl_info info;
    if (dladdr((void *)(uintptr_t)&forewarn_sim_set_root, &info) == 0 || info.dli_fname == NULL) return false;
    snprintf(out, size, "%s", info.dli_fname);
    for (int i = 0; i < 2; i++) { /* lib/libnvidia-ml.so.1 */
        char *slash = strrchr(out, '/');
        if (slash == NULL) return false;
        *slash = '\0';
    }
    return true;
}

static void close_node(void)
{
    if (!node_is_open || waiters > 0) return;
    node_close(&node);
    node_is_open = false;
}

static nvmlReturn_t open_session(void)
{
    char root[SIM_PATH_MAX];
    struct sim_error error;
    if (!node_is_open) {
        if (!find_root(root, sizeof root) || !node_open(&node, root, &error)) return NVML_ERROR_DRIVER_NOT_LOADED;
        node_is_open = true;
    }
    node_sync(&node);
    nvmlReturn_t result = NVML_SUCCESS;
    if (node.page->pid == 0 || !node.driver.loaded) result = NVML_ERROR_DRIVER_NOT_LOADED;
    else if (strcmp(node.driver.generation, nvml_driver()->generation) != 0) result = NVML_ERROR_LIB_RM_VERSION_MISMATCH;
    if (result != NVML_SUCCESS) return result;
    session_loads = node.driver.loads;
    for (int gpu = 0; gpu < SIM_MAX_GPUS; gpu++) {
        devices[gpu].index = gpu;
        session_resets[gpu] = node.gpus[gpu].resets;
    }
    sessions++;
    return NVML_SUCCESS;
}

nvmlDevice_t device_of(int gpu)
{
    return &devices[gpu];
}

int device_index(nvmlDevice_t device)
{
    for (int gpu = 0; gpu < (int)node.profile.gpu_count; gpu++)
        if (device == &devices[gpu]) return gpu;
    return -1;
}

void *piece_of(int gpu, unsigned birth)
{
    struct nvml_device *piece = &pieces[gpu][birth % PIECES];
    *piece = (struct nvml_device){.index = gpu, .birth = birth};
    return piece;
}

/* The card of a piece; -1 when this is no handle of one. */
static int piece_index(const void *handle)
{
    uintptr_t offset = (uintptr_t)handle - (uintptr_t)pieces; /* wraps, and so exceeds, below the table */
    if (offset >= sizeof pieces || offset % sizeof pieces[0][0] != 0) return -1;
    const struct nvml_device *piece = handle;
    return piece->birth != 0 ? piece->index : -1;
}

static bool find_piece(struct call *call, unsigned birth, bool compute)
{
    const struct mig_state *mig = mig_of(call);
    for (unsigned i = 0; compute && i < mig->part_count; i++) {
        if (mig->parts[i].birth != birth) continue;
        call->part = &mig->parts[i];
        call->instance = mig_instance_of(mig, call->part);
        return true;
    }
    for (unsigned i = 0; !compute && i < mig->instance_count; i++) {
        if (mig->instances[i].birth != birth) continue;
        call->instance = &mig->instances[i];
        return true;
    }
    return false;
}

nvmlReturn_t device_alive(const struct sim_node *n, int gpu, enum need need)
{
    if (!n->driver.loaded || n->driver.loads != session_loads) return NVML_ERROR_GPU_IS_LOST;
    const struct gpu_state *state = &n->gpus[gpu];
    if (state->presence == GPU_LOST || state->presence == GPU_UNBOUND || state->presence == GPU_EXCLUDED || state->resets != session_resets[gpu]) return NVML_ERROR_GPU_IS_LOST;
    if (state->presence == GPU_RESET_REQUIRED && need == NEED_READING) return NVML_ERROR_RESET_REQUIRED;
    return NVML_SUCCESS;
}

int64_t call_real_ns(const struct call *call, int64_t simulated)
{
    double rate = call->node->clock.rate;
    double real = rate > 0 ? (double)simulated / rate : 1e9;
    return real < 1e9 ? (int64_t)real + 1 : SIM_SECOND;
}

/* The lock is held before and after. */
static bool wait_unlocked(int64_t real_ns)
{
    unsigned session = sessions;
    uint32_t wake = node.clock.wake;
    waiters++;
    pthread_mutex_unlock(&lock);
    sim_clock_wait(node.page, wake, real_ns);
    pthread_mutex_lock(&lock);
    waiters--;
    if (references == 0 || sessions != session) {
        if (references == 0) close_node();
        return false;
    }
    node_sync(&node);
    return true;
}

bool call_wait(struct call *call, int64_t real_ns, nvmlReturn_t *result)
{
    *result = NVML_ERROR_UNINITIALIZED;
    bool alive = wait_unlocked(real_ns);
    if (alive) call->now = node.now;
    if (alive && call->gpu >= 0) {
        *result = device_alive(&node, call->gpu, NEED_READING);
        alive = *result == NVML_SUCCESS;
    }
    if (!alive) pthread_mutex_unlock(&lock);
    return alive;
}

/* A library that prints where it should not: once for a line without a function, each time for a named one. */
static void print_text(int function)
{
    const struct mutation_list *list = &node.timeline.output;
    for (size_t i = 0; i < list->count && list->items[i]->at <= node.now; i++) {
        const struct mutation *m = list->items[i];
        bool named = m->function != FUNCTION_ANY;
        if (named ? m->function != function : i < printed) continue;
        if (!named) printed = i + 1;
        printf("%s\n", m->text);
        fflush(stdout);
    }
}

/* A store to address zero on purpose: the caller's own handlers see it as they would see a bug of the driver's. */
__attribute__((no_sanitize("undefined"))) static void crash(void)
{
    volatile int *nowhere = NULL;
    *nowhere = 1;
}

/* Blocks as a call into a dead driver does: no signal ends it but SIGKILL. */
static bool meet_faults(int function, int gpu, nvmlReturn_t *result)
{
    sigset_t all, before;
    int64_t slow_until = INT64_MIN;
    bool blocked = false, alive = true;
    struct call_fault fault;
    for (;;) {
        call_fault_at(&node, gpu, function, node.now, &fault);
        if (fault.crashes) crash();
        if (fault.delay > 0 && slow_until == INT64_MIN) slow_until = node.now + fault.delay;
        bool slow = slow_until > node.now;
        if (!fault.hangs && !slow) break;
        if (!blocked) {
            sigfillset(&all);
            pthread_sigmask(SIG_BLOCK, &all, &before);
            blocked = true;
        }
        int64_t until = fault.hangs ? fault.changes : slow_until;
        struct call call = {.node = &node};
        alive = wait_unlocked(until == SIM_FOREVER ? SIM_SECOND : call_real_ns(&call, until - node.now));
        if (!alive) break;
    }
    if (blocked) pthread_sigmask(SIG_SETMASK, &before, NULL);
    *result = alive ? fault.code : NVML_ERROR_UNINITIALIZED;
    return *result == NVML_SUCCESS;
}

static nvmlReturn_t begin(struct call *call, int function, int gpu, enum need need)
{
    nvmlReturn_t result;
    node_sync(&node);
    if (node.timeline.output.count > 0) print_text(function);
    if (!meet_faults(function, gpu, &result)) return result;
    if (gpu >= 0) result = device_alive(&node, gpu, need);
    *call = (struct call){.node = &node, .gpu = gpu, .now = node.now, .function = function};
    return result;
}

nvmlReturn_t call_system(struct call *call, int function, bool arguments_good)
{
    pthread_mutex_lock(&lock);
    nvmlReturn_t result = references == 0   ? NVML_ERROR_UNINITIALIZED
                          : !arguments_good ? NVML_ERROR_INVALID_ARGUMENT
                                            : begin(call, function, MUTATION_NODE_SCOPE, NEED_IDENTITY);
    if (result != NVML_SUCCESS) pthread_mutex_unlock(&lock);
    return result;
}

static nvmlReturn_t begin_card(struct call *call, int function, nvmlDevice_t device, enum need need, bool arguments_good)
{
    int gpu = references == 0 ? -1 : device_index(device);
    return references == 0              ? NVML_ERROR_UNINITIALIZED
           : gpu < 0 || !arguments_good ? NVML_ERROR_INVALID_ARGUMENT
                                        : begin(call, function, gpu, need);
}

static nvmlReturn_t begin_piece(struct call *call, int function, void *handle, enum need need, bool compute, bool arguments_good)
{
    int gpu = references == 0 ? -1 : piece_index(handle);
    if (references == 0) return NVML_ERROR_UNINITIALIZED;
    if (gpu < 0 || !arguments_good) return NVML_ERROR_INVALID_ARGUMENT;
    nvmlReturn_t result = begin(call, function, gpu, need);
    if (result != NVML_SUCCESS) return result;
    return find_piece(call, ((struct nvml_device *)handle)->birth, compute) ? NVML_SUCCESS : NVML_ERROR_INVALID_ARGUMENT;
}

/* Gives the lock back unless the call may go on. */
static nvmlReturn_t begun(nvmlReturn_t result)
{
    if (result != NVML_SUCCESS) pthread_mutex_unlock(&lock);
    return result;
}

nvmlReturn_t call_device(struct call *call, int function, nvmlDevice_t device, enum need need, bool arguments_good)
{
    pthread_mutex_lock(&lock);
    if (references == 0 || piece_index(device) < 0) return begun(begin_card(call, function, device, need, arguments_good));
    nvmlReturn_t result = begin_piece(call, function, device, need, true, arguments_good);
    return begun(result == NVML_SUCCESS ? NVML_ERROR_NOT_SUPPORTED : result);
}

nvmlReturn_t call_part(struct call *call, int function, nvmlDevice_t device, enum need need, bool arguments_good)
{
    pthread_mutex_lock(&lock);
    bool piece = references > 0 && piece_index(device) >= 0;
    return begun(piece ? begin_piece(call, function, device, need, true, arguments_good)
                       : begin_card(call, function, device, need, arguments_good));
}

nvmlReturn_t call_instance(struct call *call, int function, void *handle, bool compute, bool arguments_good)
{
    pthread_mutex_lock(&lock);
    nvmlReturn_t result = begin_piece(call, function, handle, NEED_READING, compute, arguments_good);
    return begun(result == NVML_SUCCESS && geteuid() != 0 ? NVML_ERROR_NO_PERMISSION : result);
}

bool call_touch(struct call *call, int gpu, nvmlReturn_t *result)
{
    if (!meet_faults(call->function, gpu, result)) {
        pthread_mutex_unlock(&lock);
        return false;
    }
    call->gpu = gpu;
    call->now = node.now;
    return true;
}

nvmlReturn_t call_end(struct call *call, nvmlReturn_t result)
{
    (void)call;
    pthread_mutex_unlock(&lock);
    return result;
}

static nvmlReturn_t initialise(int function)
{
    pthread_mutex_lock(&lock);
    nvmlReturn_t result = references == 0 ? open_session() : NVML_SUCCESS;
    if (result == NVML_SUCCESS) {
        references++; /* before the faults: another thread may shut down while this one hangs */
        node_sync(&node);
        if (node.timeline.output.count > 0) print_text(function);
        if (!meet_faults(function, MUTATION_NODE_SCOPE, &result) && references > 0) references--;
    }
    if (references == 0) close_node();
    pthread_mutex_unlock(&lock);
    return result;
}

NVML_EXPORT nvmlReturn_t nvmlInit(void) { return initialise(FN_nvmlInit); }
NVML_EXPORT nvmlReturn_t nvmlInit_v2(void) { return initialise(FN_nvmlInit_v2); }

NVML_EXPORT nvmlReturn_t nvmlInitWithFlags(unsigned flags)
{
    /* NO_GPUS, NO_ATTACH, FORCE_INIT: none changes anything on a node that has GPUs and attaches lazily. Unknown bits are
     * not refused: neither does the library of driver 535.261.03. */
    (void)flags;
    return initialise(FN_nvmlInitWithFlags);
}

NVML_EXPORT nvmlReturn_t nvmlShutdown(void)
{
    pthread_mutex_lock(&lock);
    nvmlReturn_t result = NVML_SUCCESS; /* one too many is no error: so answers the library of driver 535.261.03 */
    if (references > 0) {
        node_sync(&node);
        if (meet_faults(FN_nvmlShutdown, MUTATION_NODE_SCOPE, &result) && references > 0 && --references == 0) close_node();
    }
    pthread_mutex_unlock(&lock);
    return result;
}
