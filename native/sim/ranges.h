/* Between what each signal of a healthy card reads: the `range` lines of a profile. */
#ifndef FOREWARN_SIM_RANGES_H
#define FOREWARN_SIM_RANGES_H

#include "signals.h"
#include "words.h"

/* A level, or a counter's steps a second; `none` where such a card has no such reading until a line of a scenario gives it one. */
struct range {
    unsigned line; /* of the profile's file; 0 while no line names it */
    unsigned reach; /* how many signals its line names: a line for fewer wins */
    bool none;
    double low, high;
};

struct ranges {
    struct range of[RANGE_COUNT];
};

/* `range SIGNAL LOW HIGH` or `range SIGNAL none`, without the first word. */
bool ranges_parse(struct words *w, struct ranges *ranges);
/* False with the name of a signal that no line names. */
bool ranges_complete(const struct ranges *ranges, unsigned last_line, struct sim_error *error);
/* The same range holds for all links. */
static inline int range_index(int signal)
{
    if (!signal_is_link(signal)) return signal < SIGNAL_FIXED_COUNT ? signal : RANGE_OF_GPM + signal - SIGNAL_GPM_FIRST;
    return SIGNAL_FIXED_COUNT + (int)signal_link_field(signal);
}

#endif
