/* One call into the simulated library: what every exported function does first and last. */
#ifndef FOREWARN_NVML_CALL_H
#define FOREWARN_NVML_CALL_H

#include "../sim/functions.h"
#include "../sim/jobs.h"
#include "nvml_abi.h"

#include <stdbool.h>

/* The one thing in which two driver generations differ beside their symbols; driver.c is compiled once for each. */
struct nvml_driver {
    const char *generation; /* r550 */
    const char *version, *nvml_version;
    int cuda_version;
    int number;             /* 550 */
    int release;            /* 550.163 as RELEASE(550, 163) */
};

const struct nvml_driver *nvml_driver(void);

/* A card, or one of the MIG instances on it: then `birth` says which (mig.h). */
struct nvml_device {
    int index;
    unsigned birth;
};

/* A GPU that needs a reset still answers who it is; readings come back as RESET_REQUIRED. */
enum need { NEED_IDENTITY, NEED_READING };

struct call {
    struct sim_node *node;
    int gpu;
    int64_t now;
    int function;
    const struct mig_part *part;         /* the MIG device, or compute instance, that the handle names; else NULL */
    const struct mig_instance *instance; /* the GPU instance that it names or lies in; else NULL */
};

/* Begins a call: initialised, arguments good, driver there, device alive, and whatever faults the journal holds for it.
 * On NVML_SUCCESS the library's lock is held and call_end must follow; on any other code it must not. */
nvmlReturn_t call_device(struct call *call, int function, nvmlDevice_t device, enum need need, bool arguments_good);
/* The same for functions that take the handle of a MIG device, too; to all others that is NOT_SUPPORTED. */
nvmlReturn_t call_part(struct call *call, int function, nvmlDevice_t device, enum need need, bool arguments_good);
/* For the handle of a GPU instance, or of a compute instance. The caller must be root. */
nvmlReturn_t call_instance(struct call *call, int function, void *handle, bool compute, bool arguments_good);
nvmlReturn_t call_system(struct call *call, int function, bool arguments_good);
nvmlReturn_t call_end(struct call *call, nvmlReturn_t result);

/* For a system call that turns to one GPU after all: meets that GPU's faults. False when the call has ended with `*result`. */
bool call_touch(struct call *call, int gpu, nvmlReturn_t *result);

/* Gives the lock away for at most `real_ns`, or until the node changes; then looks at the node again. False when the
 * library was shut down or the device died meanwhile: the call has then ended with `*result`. */
bool call_wait(struct call *call, int64_t real_ns, nvmlReturn_t *result);
/* Simulated nanoseconds from now as real ones, at most a second. */
int64_t call_real_ns(const struct call *call, int64_t simulated);

nvmlDevice_t device_of(int gpu);
/* -1 when this is no handle of ours. */
int device_index(nvmlDevice_t device);
/* The handle of what was born on a card under this number. Dies with it: INVALID_ARGUMENT from then on. */
void *piece_of(int gpu, unsigned birth);
/* The state of a GPU as far as a handle is concerned. */
nvmlReturn_t device_alive(const struct sim_node *node, int gpu, enum need need);

/* The commonest shapes of a getter. */
nvmlReturn_t read_gauge(int function, nvmlDevice_t device, int signal, double scale, unsigned *out);
nvmlReturn_t read_constant(int function, nvmlDevice_t device, enum need need, unsigned value, unsigned *out);
nvmlReturn_t read_text(int function, nvmlDevice_t device, const char *text, char *out, unsigned length);
/* Copies a text into a caller's buffer; INSUFFICIENT_SIZE when it does not fit. */
nvmlReturn_t copy_text(const char *text, char *out, unsigned length);
nvmlReturn_t not_supported(int function, nvmlDevice_t device, bool arguments_good);

/* mig.c: MIG-…, or MIG-GPU-…/GI/CI as drivers before 470 write it. */
void part_uuid(const struct call *call, const struct mig_part *part, char *out, size_t size);

/* identity.c: where `call->gpu` is. */
void fill_pci(const struct call *call, nvmlPciInfo_t *pci);

double gauge_now(const struct call *call, int signal);
double counter_now(const struct call *call, int signal);
unsigned long long whole(double value);

/* How the card is cut at the moment of the call. */
static inline const struct mig_state *mig_of(const struct call *call)
{
    return &call->node->migs[call->gpu];
}

#define UNIX_MICROSECONDS(call) (((call)->node->clock.epoch_unix_ns + (call)->now) / 1000)

#endif
