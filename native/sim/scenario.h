/* A scenario file: a few header lines (profile, driver, seed, rate), then timed lines. */
#ifndef FOREWARN_SIM_SCENARIO_H
#define FOREWARN_SIM_SCENARIO_H

#include "mutation.h"

struct scenario_line {
    int64_t at;
    char *fault; /* the text after `at TIME`, comments cut off */
    unsigned line;
    char driver[16]; /* the generation that the line brings in; else empty */
};

struct scenario {
    char profile[256]; /* empty when the file does not name one */
    char driver[16];
    bool has_seed, has_rate;
    uint64_t seed;
    double rate;
    struct scenario_line *lines;
    size_t count;
};

typedef void (*scenario_complaint)(void *context, const struct sim_error *error);

/* Reads the whole file and reports every error, not only the first. Returns the number of errors; -1 when the file
 * cannot be read (errno). `gpu_count` bounds the GPU numbers. */
int scenario_load(const char *path, unsigned gpu_count, struct scenario *out, scenario_complaint complain, void *context);
/* Only the header lines, to learn which profile the rest must be checked against. */
int scenario_peek(const char *path, struct scenario *out);
void scenario_free(struct scenario *scenario);

#endif
