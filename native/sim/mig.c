#include "mig.h"

#include "node.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char no_room[] = "there is no room for that MIG instance";

/* As the driver numbers them, seen in public listings of `nvidia-smi mig -lgi`: 0 the whole card, 1 and 2 the halves of its
 * memory, 3 to 6 the quarters, 7 to 14 the eighths. */
static unsigned id_of(const struct mig_profile *kind, unsigned start)
{
    return MIG_MEMORY_SLICES / kind->size - 1 + start / kind->size;
}

static bool place_is_free(const struct profile *p, const struct mig_state *s, unsigned start, unsigned size)
{
    for (unsigned i = 0; i < s->instance_count; i++) {
        unsigned other = s->instances[i].start, end = other + p->mig_profiles[s->instances[i].profile].size;
        if (start < end && other < start + size) return false;
    }
    return true;
}

static unsigned made_of(const struct mig_state *s, int profile)
{
    unsigned count = 0;
    for (unsigned i = 0; i < s->instance_count; i++) count += s->instances[i].profile == profile;
    return count;
}

/* Puts a part at the lowest free index from `from` on; the list stays in the order of its indices. */
static bool add_part(struct mig_state *s, unsigned instance, unsigned id, unsigned start, unsigned slices, unsigned from)
{
    unsigned place = 0, index = from;
    if (s->part_count == MIG_MAX_PARTS) return false;
    for (place = 0; place < s->part_count && s->parts[place].index <= index; place++)
        if (s->parts[place].index == index) index++;
    if (index >= MIG_MAX_PARTS) return false;
    memmove(&s->parts[place + 1], &s->parts[place], (s->part_count - place) * sizeof *s->parts);
    s->parts[place] = (struct mig_part){.index = index, .instance = instance, .id = id, .slices = slices, .start = start,
                                        .birth = ++s->births};
    s->part_count++;
    return true;
}

/* `3g.40gb`, or `3g.40gb/1c/2c`: one GPU instance with one compute instance of its size, or with those that are named. */
static const char *create(const struct profile *p, struct mig_state *s, const char *word, unsigned from)
{
    size_t length = strcspn(word, "/");
    int row = -1;
    for (unsigned i = 0; i < p->mig_profile_count; i++) {
        const char *name = p->mig_profiles[i].name;
        if (strlen(name) == length && memcmp(name, word, length) == 0) row = (int)i;
    }
    if (row < 0) return "the profile of the node has no such kind of MIG instance";
    const struct mig_profile *kind = &p->mig_profiles[row];
    if (s->instance_count == MIG_MAX_PARTS || made_of(s, row) >= kind->count) return no_room;
    unsigned place = 0;
    while (place < kind->start_count && !place_is_free(p, s, kind->starts[place], kind->size)) place++;
    if (place == kind->start_count) return no_room;
    unsigned start = kind->starts[place];

    struct mig_state next = *s;
    unsigned instance = next.instance_count++, used = 0, compute = 0;
    next.instances[instance] = (struct mig_instance){.id = id_of(kind, start), .profile = row, .start = start, .birth = ++next.births};
    const char *rest = word + length;
    if (*rest == '\0' && !add_part(&next, instance, 0, 0, kind->slices, from)) return no_room;
    for (; *rest == '/'; rest += strcspn(rest, "/")) {
        unsigned slices = (unsigned)strtoul(++rest, NULL, 10);
        if (slices == 0 || slices > kind->slices - used || !add_part(&next, instance, compute++, used, slices, from)) return no_room;
        used += slices;
    }
    *s = next;
    return NULL;
}

static void remove_part(struct mig_state *s, unsigned place)
{
    s->part_count--;
    memmove(&s->parts[place], &s->parts[place + 1], (s->part_count - place) * sizeof *s->parts);
}

static void remove_instance(struct mig_state *s, unsigned place)
{
    for (unsigned i = s->part_count; i-- > 0;) {
        if (s->parts[i].instance == place) remove_part(s, i);
        else if (s->parts[i].instance > place) s->parts[i].instance--;
    }
    s->instance_count--;
    memmove(&s->instances[place], &s->instances[place + 1], (s->instance_count - place) * sizeof *s->instances);
}

/* `3` the GPU instance and all in it, `3/1` one compute instance of it. */
static const char *destroy(struct mig_state *s, const char *word)
{
    char *slash;
    unsigned id = (unsigned)strtoul(word, &slash, 10), place = 0;
    while (place < s->instance_count && s->instances[place].id != id) place++;
    if (place == s->instance_count) return "there is no MIG instance of that number";
    if (*slash != '/') {
        remove_instance(s, place);
        return NULL;
    }
    unsigned compute = (unsigned)strtoul(slash + 1, NULL, 10);
    for (unsigned i = 0; i < s->part_count; i++) {
        if (s->parts[i].instance != place || s->parts[i].id != compute) continue;
        remove_part(s, i);
        return NULL;
    }
    return "there is no compute instance of that number";
}

/* The layout that the profile gives the card, as nvidia-mig-manager makes it when the driver has been loaded. NULL, or why a
 * word of it cannot be followed; `*failed` is then that word. A profile that was loaded has none such. */
static const char *lay_out(const struct profile *p, int gpu, struct mig_state *s, const char **failed)
{
    const struct mig_layout *layout = &p->mig_layouts[gpu];
    s->instance_count = s->part_count = 0;
    s->enabled = s->pending = layout->enabled;
    for (unsigned i = 0, index = 0; i < layout->count; i++) {
        bool hole = strcmp(layout->words[i], "-") == 0;
        const char *refusal = hole ? NULL : create(p, s, layout->words[i], index);
        if (refusal != NULL) {
            *failed = layout->words[i];
            return refusal;
        }
        index = hole ? index + 1 : s->part_count > 0 ? s->parts[s->part_count - 1].index + 1 : 0;
    }
    return NULL;
}

bool mig_layouts_fit(const struct profile *p, struct sim_error *error)
{
    for (unsigned gpu = 0; gpu < SIM_MAX_GPUS; gpu++) {
        const struct mig_layout *layout = &p->mig_layouts[gpu];
        struct mig_state state = {0};
        const char *word = "mig", *refusal = NULL;
        if (!layout->enabled) continue;
        if (gpu >= p->gpu_count) refusal = "the profile has no such gpu";
        else if (p->mig_profile_count == 0) refusal = "the profile has no 'mig profile' line";
        else refusal = lay_out(p, (int)gpu, &state, &word);
        if (refusal == NULL) continue;
        *error = (struct sim_error){.line = layout->line, .column = 1};
        snprintf(error->text, sizeof error->text, "gpu %u, %s: %s", gpu, word, refusal);
        return false;
    }
    return true;
}

bool mig_capable(const struct profile *p)
{
    return p->cuda_major >= 9 || (p->cuda_major >= 8 && p->cuda_minor <= 0);
}

/* From Hopper on the mode changes at once, before that with the next reset of the card (MIG user guide). */
static const char *switch_mode(const struct sim_node *node, struct mig_state *s, bool on)
{
    if (node->profile.mig_profile_count == 0) return "this card has no MIG";
    s->pending = on;
    if (node->profile.cuda_major < 9 && s->enabled != on) return NULL;
    s->enabled = on;
    if (!on) s->instance_count = s->part_count = 0;
    return NULL;
}

static const char *apply(const struct sim_node *node, struct mig_state *s, const struct mutation *m)
{
    switch ((enum mig_change)m->code) {
    case MIG_ON: return switch_mode(node, s, true);
    case MIG_OFF: return switch_mode(node, s, false);
    case MIG_CREATE: return s->enabled ? create(&node->profile, s, m->text, 0) : "MIG is off on this card";
    default: return destroy(s, m->text);
    }
}

void mig_state_at(const struct sim_node *node, int gpu, int64_t t, struct mig_state *out)
{
    const char *failed;
    *out = (struct mig_state){.until = SIM_FOREVER};
    lay_out(&node->profile, gpu, out, &failed);
    const struct mutation_list *list = &node->timeline.gpus[gpu].mig;
    for (size_t i = 0; i < list->count; i++) {
        const struct mutation *m = list->items[i];
        if (m->at > t) {
            out->until = m->at;
            break;
        }
        if (m->kind == MUTATION_MIG) {
            apply(node, out, m);
        } else if (m->kind == MUTATION_RESET) { /* the instances go, the mode that was asked for comes */
            out->enabled = out->pending;
            out->instance_count = out->part_count = 0;
        } else {
            lay_out(&node->profile, gpu, out, &failed);
        }
    }
}

const char *mig_refusal(const struct sim_node *node, int gpu, const struct mutation *m)
{
    struct mig_state state;
    mig_state_at(node, gpu, m->at, &state);
    return apply(node, &state, m);
}

void mig_part_name(const struct sim_node *node, const struct mig_state *state, const struct mig_part *part, char *out, size_t size)
{
    const struct mig_profile *kind = &node->profile.mig_profiles[mig_instance_of(state, part)->profile];
    if (part->slices == kind->slices) snprintf(out, size, "%s", kind->name);
    else snprintf(out, size, "%uc.%s", part->slices, kind->name);
}

uint64_t mig_memory_used(const struct sim_node *node, int gpu, const struct mig_instance *instance, int64_t t)
{
    double memory = node->profile.mig_profiles[instance->profile].memory;
    double share = memory / node->profile.memory_total, used = gauge_value(node, gpu, SIGNAL_MEMORY_USED, t) * share;
    used = floor(used / 2097152) * 2097152; /* 2 MiB pages */
    return used <= 0 ? 0 : used >= memory ? (uint64_t)memory : (uint64_t)used;
}
