/* Multi-instance GPU: how a card is cut into GPU instances and those into compute instances, which NVML calls MIG devices. */
#ifndef FOREWARN_SIM_MIG_H
#define FOREWARN_SIM_MIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MIG_MAX_PROFILES 12
#define MIG_MAX_PARTS 7  /* compute slices of an A100 or H100 (MIG user guide); so at most seven of either instance */
#define MIG_MEMORY_SLICES 8
#define MIG_WORD_MAX 64

/* A kind of GPU instance: one row of `nvidia-smi mig -lgip`. */
struct mig_profile {
    char name[24];             /* 1g.10gb */
    unsigned number;           /* NVML_GPU_INSTANCE_PROFILE_…: how NVML asks for it */
    unsigned id;               /* how nvidia-smi and the instances name it */
    unsigned slices;           /* of the seven compute slices */
    unsigned count;            /* at most so many at once */
    unsigned multiprocessors, copy_engines, decoders, encoders, jpeg, ofa;
    double memory;             /* bytes */
    unsigned size;             /* of the eight memory slices */
    unsigned start_count, starts[MIG_MEMORY_SLICES]; /* where it may lie */
};

struct mig_instance {
    unsigned id;
    int profile;               /* row in the node's profile */
    unsigned start;            /* first memory slice */
    unsigned birth;            /* never used twice on a card: what a handle holds on to */
};

struct mig_part {              /* a compute instance */
    unsigned index;            /* of the MIG device on its card; holes stay where one was destroyed */
    unsigned instance;         /* position of its GPU instance in mig_state.instances */
    unsigned id;               /* within its GPU instance */
    unsigned slices, start;
    unsigned birth;
};

struct mig_state {
    int64_t until;
    bool enabled, pending;
    unsigned births;
    unsigned instance_count, part_count;
    struct mig_instance instances[MIG_MAX_PARTS];
    struct mig_part parts[MIG_MAX_PARTS]; /* by index */
};

enum mig_change { MIG_ON, MIG_OFF, MIG_CREATE, MIG_DESTROY };

struct sim_node;
struct mutation;
struct profile;
struct sim_error;
struct word;
struct words;

/* GA100 and, from Hopper on, all that we have: MIG user guide, supported GPUs. */
bool mig_capable(const struct profile *p);
void mig_state_at(const struct sim_node *node, int gpu, int64_t t, struct mig_state *out);
/* Why a `mig` line would change nothing on this card at its time; NULL when it would. */
const char *mig_refusal(const struct sim_node *node, int gpu, const struct mutation *m);

static inline const struct mig_instance *mig_instance_of(const struct mig_state *state, const struct mig_part *part)
{
    return &state->instances[part->instance];
}

/* MIG-…, the same each time the same instance is made on the same card, as with drivers from 470 on. */
void mig_uuid(const struct sim_node *node, int gpu, unsigned instance, unsigned compute, char out[48]);
/* The name of a part: 1g.10gb, or 1c.3g.40gb where it has not all of its instance. */
void mig_part_name(const struct sim_node *node, const struct mig_state *state, const struct mig_part *part, char *out, size_t size);
/* Bytes that the work on a card uses in one GPU instance: by its share of the card's memory. */
uint64_t mig_memory_used(const struct sim_node *node, int gpu, const struct mig_instance *instance, int64_t t);

/* profile_mig.c: `mig profile …` and `mig gpu …` lines of a profile. */
bool profile_parse_mig(struct words *w, struct profile *p);
/* Whether each layout of a whole profile can be made; false with the first that cannot. */
bool mig_layouts_fit(const struct profile *p, struct sim_error *error);
/* grammar_mig.c: the form of 3g.40gb or 3g.40gb/1c/2c; which kinds there are is a matter of the profile. */
bool mig_is_layout(const struct word *word);

#endif
