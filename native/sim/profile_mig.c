/* The MIG lines of a profile: what instances the card can be cut into, and how each card of the node is cut. */
#include "mig.h"
#include "profile.h"

#include <stdio.h>
#include <string.h>

static bool number_after(struct words *w, const char *key, long high, unsigned *out)
{
    long value;
    struct word word;
    if (!words_accept(w, key)) return words_fail(w, words_peek(w, &word) ? &word : NULL, "expected '%s'", key);
    if (!words_integer(w, key, 0, high, &value)) return false;
    *out = (unsigned)value;
    return true;
}

/* mig profile NUMBER id N "NAME" slices N count N sm N copy N decoder N encoder N jpeg N ofa N memory BYTES size N at N … */
static bool parse_profile(struct words *w, struct profile *p)
{
    long number;
    struct word word;
    if (p->mig_profile_count == MIG_MAX_PROFILES) return words_fail(w, NULL, "more than %d MIG profiles", MIG_MAX_PROFILES);
    struct mig_profile *row = &p->mig_profiles[p->mig_profile_count];
    if (!words_integer(w, "profile number", 0, 31, &number) || !number_after(w, "id", 255, &row->id)) return false;
    row->number = (unsigned)number;
    if (!words_expect(w, &word, "a name in double quotes")) return false;
    if (!word.quoted || word.length >= sizeof row->name) return words_fail(w, &word, "expected a quoted name such as \"1g.10gb\"");
    snprintf(row->name, sizeof row->name, "%.*s", (int)word.length, word.at);
    if (!number_after(w, "slices", MIG_MAX_PARTS, &row->slices) || !number_after(w, "count", MIG_MAX_PARTS, &row->count) ||
        !number_after(w, "sm", 1023, &row->multiprocessors) || !number_after(w, "copy", 63, &row->copy_engines) ||
        !number_after(w, "decoder", 63, &row->decoders) || !number_after(w, "encoder", 63, &row->encoders) ||
        !number_after(w, "jpeg", 63, &row->jpeg) || !number_after(w, "ofa", 63, &row->ofa))
        return false;
    if (!words_accept(w, "memory") || !words_quantity(w, false, &row->memory)) return words_fail(w, NULL, "expected 'memory BYTES'");
    if (!number_after(w, "size", MIG_MEMORY_SLICES, &row->size)) return false;
    if (row->size == 0 || row->slices == 0) return words_fail(w, NULL, "an instance has at least one slice");
    if (!words_accept(w, "at")) return words_fail(w, NULL, "expected 'at' and where it may lie");
    while (words_peek(w, &word)) {
        long start;
        if (row->start_count == MIG_MEMORY_SLICES) return words_fail(w, &word, "more than %d places", MIG_MEMORY_SLICES);
        if (!words_integer(w, "memory slice", 0, MIG_MEMORY_SLICES - 1, &start)) return false;
        if ((unsigned)start + row->size > MIG_MEMORY_SLICES)
            return words_fail(w, &word, "%u slices from %ld on are beyond the %d of a card", row->size, start, MIG_MEMORY_SLICES);
        row->starts[row->start_count++] = (unsigned)start;
    }
    p->mig_profile_count++;
    return true;
}

/* mig gpu N LAYOUT …: MIG is on; each word an instance, `-` a hole in the numbers of the MIG devices. */
static bool parse_layout(struct words *w, struct profile *p)
{
    long gpu;
    struct word word;
    if (!words_integer(w, "GPU number", 0, SIM_MAX_GPUS - 1, &gpu)) return false;
    struct mig_layout *layout = &p->mig_layouts[gpu];
    if (layout->enabled) return words_fail(w, NULL, "gpu %ld has its layout in line %u", gpu, layout->line);
    layout->enabled = true;
    layout->line = w->line;
    while (words_take(w, &word)) {
        if (layout->count == MIG_MAX_PARTS || word.length >= MIG_WORD_MAX)
            return words_fail(w, &word, "expected at most %d instances such as 1g.10gb", MIG_MAX_PARTS);
        if (word.quoted || !(word_is(&word, "-") || mig_is_layout(&word)))
            return words_fail(w, &word, "'%.*s' is no instance such as 1g.10gb or 3g.40gb/1c/2c", (int)word.length, word.at);
        snprintf(layout->words[layout->count++], MIG_WORD_MAX, "%.*s", (int)word.length, word.at);
    }
    return true;
}

bool profile_parse_mig(struct words *w, struct profile *p)
{
    if (words_accept(w, "profile")) return parse_profile(w, p);
    return words_accept(w, "gpu") ? parse_layout(w, p) : words_fail(w, NULL, "expected 'mig profile' or 'mig gpu'");
}
