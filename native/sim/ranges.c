#include "ranges.h"

#include <stdio.h>
#include <string.h>

/* The name of a range: that of a signal, `link.FIELD` or `gpm.ID`. */
static void range_name(int index, char *out, size_t size)
{
    if (index < SIGNAL_FIXED_COUNT) snprintf(out, size, "%s", signal_name((enum signal)index));
    else if (index < RANGE_OF_GPM) snprintf(out, size, "link.%s", link_field_name((enum link_field)(index - SIGNAL_FIXED_COUNT)));
    else snprintf(out, size, "gpm.%d", index - RANGE_OF_GPM);
}

/* Which ranges a word names: one by its name, those that begin with what stands before a `*`, or gpm.FIRST-LAST. */
static unsigned matches(const struct word *word, bool *which)
{
    char text[64], name[64];
    unsigned count = 0, first, last;
    int used = 0;
    snprintf(text, sizeof text, "%.*s", (int)word->length, word->at);
    bool span = sscanf(text, "gpm.%u-%u%n", &first, &last, &used) == 2 && text[used] == '\0';
    bool prefix = word->length > 0 && word->at[word->length - 1] == '*';
    for (int i = 0; i < RANGE_COUNT; i++) {
        range_name(i, name, sizeof name);
        which[i] = span ? i - RANGE_OF_GPM >= (int)first && i - RANGE_OF_GPM <= (int)last
                        : prefix ? strncmp(name, text, word->length - 1) == 0 : strcmp(name, text) == 0;
        count += which[i];
    }
    return count;
}

bool ranges_parse(struct words *w, struct ranges *ranges)
{
    struct word word, bound;
    bool which[RANGE_COUNT];
    struct range range = {.line = w->line};
    if (!words_expect(w, &word, "the name of a signal")) return false;
    range.reach = word.quoted ? 0 : matches(&word, which);
    if (range.reach == 0) return words_fail(w, &word, "no signal '%.*s'", (int)word.length, word.at);
    if (words_accept(w, "none")) {
        range.none = true;
    } else {
        if (!words_quantity(w, false, &range.low)) return false;
        bool found = words_peek(w, &bound);
        if (!words_quantity(w, false, &range.high)) return false;
        if (range.high < range.low) return words_fail(w, found ? &bound : NULL, "a range cannot end below its beginning");
    }
    for (int i = 0; i < RANGE_COUNT; i++) {
        struct range *slot = &ranges->of[i];
        if (!which[i] || (slot->line != 0 && slot->reach < range.reach)) continue;
        if (slot->line != 0 && slot->reach == range.reach)
            return words_fail(w, &word, "%.*s has its range in line %u", (int)word.length, word.at, slot->line);
        *slot = range;
    }
    return true;
}

bool ranges_complete(const struct ranges *ranges, unsigned last_line, struct sim_error *error)
{
    char name[64];
    for (int i = 0; i < RANGE_COUNT; i++) {
        if (ranges->of[i].line != 0) continue;
        range_name(i, name, sizeof name);
        *error = (struct sim_error){.line = last_line};
        snprintf(error->text, sizeof error->text, "no range line for %s", name);
        return false;
    }
    return true;
}
