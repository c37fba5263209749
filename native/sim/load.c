/* What a GPU is working on. Time is cut into slots; a slot's cards are shared out among jobs of 8, 4, 2 or 1 card by
 * a hash, and inside its slot a job ramps up, works, pauses for checkpoints and ends. The level that a job works at
 * walks through [0, 1) evenly (a Weyl sequence), so long-run distributions come out as the profile's quantiles say. */
#include "node.h"
#include "noise.h"

enum { NOISE_JOB = 0x6A6F6273, NOISE_SPLIT = 0x73706C74 };

#define GOLDEN_RATIO 0.6180339887498949 /* the most evenly spread Weyl sequence */
#define RAMP_LEVEL 0.40                 /* loading: memory fills while the GPU waits for data */
#define PAUSE_LEVEL 0.38                /* saving a checkpoint */
#define END_LENGTH (20 * SIM_SECOND)

int64_t slot_length(const struct sim_node *node)
{
    return (int64_t)(node->profile.job_slot * 1e9);
}

/* Time 0 lies a sixth of a slot into the first job, which is then past its ramp. */
int64_t slot_offset(const struct sim_node *node)
{
    return slot_length(node) / 6;
}

/* How many cards share one job in this slot. */
static int job_width(const struct sim_node *node, int64_t slot)
{
    static const int widths[] = {8, 8, 8, 4, 4, 2, 1, 8}; /* own choice: half the slots go to whole nodes */
    return slot == 0 ? SIM_MAX_GPUS : widths[noise_hash(node->seed, NOISE_SPLIT, 0, slot) % 8];
}

static double fraction(double x)
{
    return x - floor(x);
}

struct phase phase_scheduled(const struct sim_node *node, int gpu, int64_t t)
{
    const struct profile *p = &node->profile;
    int64_t length = slot_length(node), offset = slot_offset(node);
    int64_t slot = (t + offset) / length;
    int64_t start = slot * length - offset, end = start + length;
    int group = gpu / job_width(node, slot);
    double level = slot == 0 ? p->job_first_level
                             : fraction(noise_unit(node->seed, NOISE_JOB, (uint64_t)group, 0) + (double)slot * GOLDEN_RATIO);
    struct phase phase = {.start = start, .end = end, .kind = PHASE_IDLE, .level = level, .job_level = level, .job = -1,
                          .job_start = start};
    if (level < p->idle_share) return phase;

    phase.job = slot * SIM_MAX_GPUS + group;
    int64_t into = t - start, ramp = (int64_t)(p->job_ramp * 1e9);
    int64_t every = (int64_t)(p->job_checkpoint_every * 1e9), pause = (int64_t)(p->job_checkpoint_length * 1e9);
    if (into < ramp) {
        phase.kind = PHASE_RAMP;
        phase.end = start + ramp;
        phase.level = level < RAMP_LEVEL ? level : RAMP_LEVEL;
    } else if (t >= end - END_LENGTH) {
        phase.kind = PHASE_END;
        phase.start = end - END_LENGTH;
        phase.level = p->idle_share;
    } else {
        int64_t cycle = (into - ramp) / every, cycle_start = start + ramp + cycle * every;
        int64_t work_end = cycle_start + every - pause;
        phase.kind = t < work_end ? PHASE_WORK : PHASE_CHECKPOINT;
        phase.start = t < work_end ? cycle_start : work_end;
        phase.end = t < work_end ? work_end : cycle_start + every;
        if (phase.kind == PHASE_CHECKPOINT) phase.level = level < PAUSE_LEVEL ? level : PAUSE_LEVEL;
        if (phase.end > end - END_LENGTH) phase.end = end - END_LENGTH;
    }
    return phase;
}

struct phase phase_at(const struct sim_node *node, int gpu, int64_t t)
{
    const struct mutation_list *list = &node->timeline.gpus[gpu].load;
    const struct mutation *pinned = NULL;
    int64_t next = SIM_FOREVER;
    for (size_t i = 0; i < list->count; i++) {
        if (list->items[i]->at > t) {
            next = list->items[i]->at;
            break;
        }
        pinned = list->items[i];
    }
    if (pinned == NULL || pinned->value < 0) {
        struct phase phase = phase_scheduled(node, gpu, t);
        if (pinned != NULL && phase.start < pinned->at) phase.start = pinned->at;
        if (phase.end > next) phase.end = next;
        return phase;
    }
    double idle = node->profile.idle_share;
    bool works = pinned->value > 0;
    double level = works ? idle + pinned->value * (1 - idle) : idle / 2;
    return (struct phase){.start = pinned->at, .end = next, .kind = works ? PHASE_WORK : PHASE_IDLE, .level = level,
                          .job_level = level, .job = works ? (int64_t)pinned->order + (INT64_C(1) << 40) : -1,
                          .job_start = pinned->at};
}
