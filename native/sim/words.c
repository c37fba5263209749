#include "words.h"

#include "clock.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void words_start(struct words *w, const char *text, size_t length, unsigned line, struct sim_error *error)
{
    *w = (struct words){.text = text, .length = length, .line = line, .error = error};
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\r';
}

bool words_peek(struct words *w, struct word *out)
{
    if (!w->has_current) {
        while (w->position < w->length && is_space(w->text[w->position])) w->position++;
        if (w->position >= w->length || w->text[w->position] == '#') return false;
        size_t start = w->position;
        w->current = (struct word){.at = w->text + start, .column = (unsigned)start + 1};
        if (w->text[start] == '"') {
            size_t end = start + 1;
            while (end < w->length && w->text[end] != '"') end++;
            w->current.quoted = true;
            w->current.at++;
            w->current.length = end - start - 1;
            w->position = end < w->length ? end + 1 : end;
        } else {
            while (w->position < w->length && !is_space(w->text[w->position])) w->position++;
            w->current.length = w->position - start;
        }
        w->has_current = true;
    }
    *out = w->current;
    return true;
}

bool words_take(struct words *w, struct word *out)
{
    if (!words_peek(w, out)) return false;
    w->has_current = false;
    return true;
}

bool word_is(const struct word *word, const char *expected)
{
    return !word->quoted && strlen(expected) == word->length && memcmp(word->at, expected, word->length) == 0;
}

bool words_accept(struct words *w, const char *expected)
{
    struct word word;
    if (!words_peek(w, &word) || !word_is(&word, expected)) return false;
    w->has_current = false;
    return true;
}

bool words_fail(struct words *w, const struct word *word, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    w->error->line = w->line;
    w->error->column = word != NULL ? word->column : (unsigned)w->length + 1;
    vsnprintf(w->error->text, sizeof w->error->text, format, args);
    va_end(args);
    return false;
}

bool words_expect(struct words *w, struct word *out, const char *what)
{
    return words_take(w, out) || words_fail(w, NULL, "expected %s", what);
}

bool words_end(struct words *w)
{
    struct word extra;
    if (!words_peek(w, &extra)) return true;
    return words_fail(w, &extra, "unexpected '%.*s' after a complete line", (int)extra.length, extra.at);
}

/* strtod needs a terminator and takes hexadecimal, inf and nan, too; here a number is a plain decimal. */
static bool leading_number(const char *text, size_t length, double *out, size_t *used)
{
    char buffer[40];
    size_t n = length < sizeof buffer - 1 ? length : sizeof buffer - 1;
    memcpy(buffer, text, n);
    buffer[n] = '\0';
    char first = buffer[0] == '-' || buffer[0] == '+' ? buffer[1] : buffer[0];
    if (((first < '0' || first > '9') && first != '.') || strpbrk(buffer, "xX") != NULL) return false;
    char *end;
    *out = strtod(buffer, &end);
    *used = (size_t)(end - buffer);
    return *used > 0 && isfinite(*out);
}

struct suffix {
    const char *text;
    double factor;
};

static bool suffix_factor(const struct suffix *table, size_t count, const char *at, size_t length, double *factor)
{
    for (size_t i = 0; i < count; i++) {
        if (strlen(table[i].text) != length || memcmp(table[i].text, at, length) != 0) continue;
        *factor = table[i].factor;
        return true;
    }
    return false;
}

bool parse_duration(const char *text, size_t length, int64_t *ns)
{
    static const struct suffix units[] = {{"ns", 1}, {"us", 1e3}, {"ms", 1e6},     {"s", 1e9},
                                          {"m", 6e10}, {"h", 3.6e12}, {"d", 8.64e13}};
    double number, factor;
    size_t used;
    if (!leading_number(text, length, &number, &used) || number < 0) return false;
    if (!suffix_factor(units, sizeof units / sizeof *units, text + used, length - used, &factor)) return false;
    double value = number * factor;
    if (value > 3e18) return false; /* 95 years of nanoseconds, inside int64 with room for sums */
    *ns = (int64_t)llround(value);
    return true;
}

bool words_duration(struct words *w, int64_t *ns)
{
    struct word word;
    if (!words_expect(w, &word, "a duration such as 500ms, 20s, 10m or 2h")) return false;
    if (!word.quoted && parse_duration(word.at, word.length, ns)) return true;
    return words_fail(w, &word, "'%.*s' is no duration such as 500ms, 20s, 10m or 2h", (int)word.length, word.at);
}

bool words_integer(struct words *w, const char *what, long low, long high, long *out)
{
    struct word word;
    if (!words_expect(w, &word, what)) return false;
    char buffer[24], *end;
    if (!word.quoted && word.length > 0 && word.length < sizeof buffer) {
        memcpy(buffer, word.at, word.length);
        buffer[word.length] = '\0';
        *out = strtol(buffer, &end, 0);
        if (*end == '\0' && *out >= low && *out <= high) return true;
    }
    return words_fail(w, &word, "'%.*s' is no %s from %ld to %ld", (int)word.length, word.at, what, low, high);
}

/* A bit mask, such as that of the throttle reasons. */
static bool hexadecimal(const struct word *word, double *out)
{
    char buffer[16], *end;
    if (word->quoted || word->length < 3 || word->length >= sizeof buffer || memcmp(word->at, "0x", 2) != 0) return false;
    memcpy(buffer, word->at, word->length);
    buffer[word->length] = '\0';
    *out = (double)strtoull(buffer + 2, &end, 16);
    return *end == '\0' && buffer[2] != '-' && buffer[2] != '+';
}

bool words_quantity(struct words *w, bool rate, double *out)
{
    static const struct suffix plain[] = {{"", 1},          {"k", 1e3},        {"M", 1e6},         {"G", 1e9},
                                          {"KiB", 1024.0},  {"MiB", 1048576.0}, {"GiB", 1073741824.0}};
    static const struct suffix rates[] = {{"/s", 1}, {"/m", 1.0 / 60}, {"/h", 1.0 / 3600}, {"/d", 1.0 / 86400}};
    struct word word;
    const char *what = rate ? "a rate such as 2/s, 30/m or 1/h" : "a number such as 70, 1.5 or 40GiB";
    if (!words_expect(w, &word, what)) return false;
    double factor;
    size_t used;
    if (!rate && hexadecimal(&word, out)) return true;
    const struct suffix *table = rate ? rates : plain;
    size_t count = rate ? sizeof rates / sizeof *rates : sizeof plain / sizeof *plain;
    if (!word.quoted && leading_number(word.at, word.length, out, &used) &&
        suffix_factor(table, count, word.at + used, word.length - used, &factor)) {
        *out *= factor;
        return true;
    }
    return words_fail(w, &word, "'%.*s' is not %s", (int)word.length, word.at, what);
}
