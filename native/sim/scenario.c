#include "scenario.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool header_text(struct words *w, char *out, size_t size)
{
    struct word word;
    if (!words_expect(w, &word, "a name")) return false;
    if (word.length == 0 || word.length >= size) return words_fail(w, &word, "a name of 1 to %zu bytes", size - 1);
    memcpy(out, word.at, word.length);
    out[word.length] = '\0';
    return words_end(w);
}

static bool parse_header(struct words *w, const struct word *key, struct scenario *s)
{
    if (word_is(key, "profile")) return header_text(w, s->profile, sizeof s->profile);
    if (word_is(key, "driver")) return header_text(w, s->driver, sizeof s->driver);
    if (word_is(key, "seed")) {
        long seed;
        if (!words_integer(w, "seed", 0, 2147483647, &seed)) return false;
        s->seed = (uint64_t)seed;
        s->has_seed = true;
        return words_end(w);
    }
    if (word_is(key, "rate")) {
        struct word word;
        bool found = words_peek(w, &word);
        if (!words_quantity(w, false, &s->rate)) return false;
        s->has_rate = true;
        if (s->rate < 0 || s->rate > 1e6) return words_fail(w, found ? &word : NULL, "a rate from 0 to 1000000");
        return words_end(w);
    }
    return words_fail(w, key, "a line begins with at, profile, driver, seed or rate, not '%.*s'", (int)key->length,
                      key->at);
}

static bool keep_line(struct scenario *s, struct words *w, const struct mutation *m, const char *line, size_t length)
{
    struct scenario_line *grown = realloc(s->lines, (s->count + 1) * sizeof *grown);
    if (grown == NULL) return words_fail(w, NULL, "out of memory");
    s->lines = grown;
    struct words again;
    struct word word;
    struct sim_error ignored;
    words_start(&again, line, length, 0, &ignored);
    words_take(&again, &word); /* at */
    words_take(&again, &word); /* TIME */
    const char *start = word.at + word.length, *end = start;
    while (words_take(&again, &word)) end = word.at + word.length + (word.quoted ? 1 : 0);
    while (start < end && (*start == ' ' || *start == '\t')) start++;
    s->lines[s->count].fault = strndup(start, (size_t)(end - start));
    s->lines[s->count].at = m->at;
    s->lines[s->count].line = w->line;
    bool brings_driver = m->kind == MUTATION_DRIVER_UPGRADE || m->kind == MUTATION_LIBRARY_SWITCH;
    snprintf(s->lines[s->count].driver, sizeof s->lines[s->count].driver, "%.15s", brings_driver ? m->text : "");
    if (s->lines[s->count].fault == NULL) return words_fail(w, NULL, "out of memory");
    s->count++;
    return true;
}

static bool parse_line(struct words *w, const char *line, size_t length, unsigned gpu_count, struct scenario *s)
{
    struct word first;
    struct mutation m;
    if (memchr(line, '\0', length) != NULL) return words_fail(w, NULL, "the line holds a zero byte");
    if (!words_peek(w, &first)) return true;
    if (!word_is(&first, "at")) return words_take(w, &first) && parse_header(w, &first, s);
    if (gpu_count == 0) return true; /* header only */
    return mutation_parse_timed(w, gpu_count, &m) && keep_line(s, w, &m, line, length);
}

int scenario_load(const char *path, unsigned gpu_count, struct scenario *out, scenario_complaint complain, void *context)
{
    *out = (struct scenario){0};
    FILE *file = fopen(path, "re");
    if (file == NULL) return -1;
    char *line = NULL;
    size_t capacity = 0;
    ssize_t length;
    unsigned number = 0;
    int errors = 0;
    while ((length = getline(&line, &capacity, file)) >= 0) {
        if (length > 0 && line[length - 1] == '\n') length--;
        struct words w;
        struct sim_error error;
        words_start(&w, line, (size_t)length, ++number, &error);
        if (parse_line(&w, line, (size_t)length, gpu_count, out)) continue;
        errors++;
        if (complain != NULL) complain(context, &error);
    }
    bool unreadable = ferror(file) != 0;
    free(line);
    fclose(file);
    return unreadable ? -1 : errors;
}

int scenario_peek(const char *path, struct scenario *out)
{
    return scenario_load(path, 0, out, NULL, NULL);
}

void scenario_free(struct scenario *scenario)
{
    for (size_t i = 0; i < scenario->count; i++) free(scenario->lines[i].fault);
    free(scenario->lines);
    *scenario = (struct scenario){0};
}
