/* Words, numbers and durations of the scenario language, with the column of each for error messages. */
#ifndef FOREWARN_SIM_WORDS_H
#define FOREWARN_SIM_WORDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct sim_error {
    unsigned line;
    unsigned column; /* 1-based, in bytes */
    char text[200];
};

struct word {
    const char *at;
    size_t length;
    unsigned column;
    bool quoted; /* `at` and `length` are then without the quotes */
};

struct words {
    const char *text;
    size_t length;
    size_t position;
    unsigned line;
    struct sim_error *error;
    struct word current;
    bool has_current;
};

void words_start(struct words *w, const char *text, size_t length, unsigned line, struct sim_error *error);
/* Looks at the next word without taking it; false at the end of the line or at a comment. */
bool words_peek(struct words *w, struct word *out);
bool words_take(struct words *w, struct word *out);
/* Takes the next word only when it is exactly `expected`. */
bool words_accept(struct words *w, const char *expected);
bool word_is(const struct word *word, const char *expected);

/* All return false after writing a message at `word` (or at the end of the line when NULL). */
bool words_fail(struct words *w, const struct word *word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
bool words_expect(struct words *w, struct word *out, const char *what);
bool words_end(struct words *w);
bool words_duration(struct words *w, int64_t *ns);
bool words_integer(struct words *w, const char *what, long low, long high, long *out);
/* A decimal with an optional suffix (k M G KiB MiB GiB) or 0x…; with `rate` a decimal and /s, /m, /h or /d. */
bool words_quantity(struct words *w, bool rate, double *out);

bool parse_duration(const char *text, size_t length, int64_t *ns);

#endif
