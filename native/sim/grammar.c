/* The shared part of the scenario grammar: time, scope, functions, durations, quoted texts. */
#include "clock.h"
#include "functions.h"
#include "mutation.h"
#include "signals.h"

#include <string.h>

bool mutation_parse_for(struct words *w, struct mutation *m)
{
    if (!words_accept(w, "for")) return true;
    int64_t length;
    if (!words_duration(w, &length)) return false;
    m->until = m->at > SIM_FOREVER - length ? SIM_FOREVER : m->at + length;
    return true;
}

bool mutation_parse_function(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_expect(w, &word, "a function name or *")) return false;
    if (word_is(&word, "*")) {
        m->function = FUNCTION_ANY;
        return true;
    }
    m->function = word.quoted ? -1 : function_find(word.at, word.length);
    if (m->function >= 0) return true;
    return words_fail(w, &word, "no simulated function '%.*s'", (int)word.length, word.at);
}

bool mutation_parse_text(struct words *w, struct mutation *m, const char *what)
{
    struct word word;
    if (!words_expect(w, &word, what)) return false;
    if (!word.quoted) return words_fail(w, &word, "expected %s in double quotes", what);
    size_t end = (size_t)(word.at - w->text) + word.length;
    if (end >= w->length) return words_fail(w, &word, "the closing quote is missing");
    if (word.length >= sizeof m->text)
        return words_fail(w, &word, "text longer than %zu bytes", sizeof m->text - 1);
    for (size_t i = 0; i < word.length; i++)
        if ((unsigned char)word.at[i] < 0x20) return words_fail(w, &word, "text holds a control character");
    memcpy(m->text, word.at, word.length);
    m->text[word.length] = '\0';
    return true;
}

static bool parse_fail(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_accept(w, "with")) return words_fail(w, words_peek(w, &word) ? &word : NULL, "expected 'with CODE'");
    if (!words_expect(w, &word, "a return code")) return false;
    m->code = word.quoted ? -1 : return_code_find(word.at, word.length);
    if (m->code > 0) return true;
    return words_fail(w, &word, "'%.*s' is no NVML error code or name", (int)word.length, word.at);
}

static bool parse_slow(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_accept(w, "by")) return words_fail(w, words_peek(w, &word) ? &word : NULL, "expected 'by DURATION'");
    return words_duration(w, &m->duration);
}

/* hang | slow | crash | fail | clear, alike for one GPU and for the node. */
bool mutation_parse_call_fault(struct words *w, const struct word *verb, struct mutation *m, bool *matched)
{
    static const struct {
        const char *word;
        enum mutation_kind kind;
    } verbs[] = {{"hang", MUTATION_HANG}, {"slow", MUTATION_SLOW}, {"crash", MUTATION_CRASH},
                 {"fail", MUTATION_FAIL}, {"clear", MUTATION_CLEAR}};
    *matched = false;
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        if (!word_is(verb, verbs[i].word)) continue;
        *matched = true;
        m->kind = verbs[i].kind;
        if (!mutation_parse_function(w, m)) return false;
        if (m->kind == MUTATION_FAIL && !parse_fail(w, m)) return false;
        if (m->kind == MUTATION_SLOW && !parse_slow(w, m)) return false;
        return m->kind == MUTATION_CLEAR || mutation_parse_for(w, m);
    }
    return true;
}

bool mutation_parse_load(struct words *w, struct mutation *m)
{
    struct word word;
    m->kind = MUTATION_LOAD;
    if (words_accept(w, "auto")) {
        m->value = -1;
        return true;
    }
    if (words_accept(w, "idle")) {
        m->value = 0;
        return true;
    }
    bool found = words_peek(w, &word);
    if (!words_quantity(w, false, &m->value)) return false;
    if (m->value >= 0 && m->value <= 1) return true;
    return words_fail(w, found ? &word : NULL, "a load is auto, idle or a number from 0 to 1");
}

static bool parse_gpu_set(struct words *w, unsigned gpu_count, struct mutation *m)
{
    struct word word;
    if (!words_expect(w, &word, "a GPU number, a range such as 0-3, or *")) return false;
    uint32_t all = gpu_count >= 32 ? UINT32_MAX : (1u << gpu_count) - 1;
    if (word_is(&word, "*")) {
        m->gpus = all;
        return true;
    }
    unsigned first = 0, last = 0, *part = &first;
    bool digits = false, range = false, valid = !word.quoted;
    for (size_t i = 0; valid && i < word.length; i++) {
        char c = word.at[i];
        if (c >= '0' && c <= '9' && *part < 1000) {
            *part = *part * 10 + (unsigned)(c - '0');
            digits = true;
        } else if (c == '-' && digits && !range) {
            range = true;
            digits = false;
            part = &last;
        } else {
            valid = false;
        }
    }
    if (!range) last = first;
    if (!valid || !digits || first > last)
        return words_fail(w, &word, "'%.*s' is no GPU number, range or *", (int)word.length, word.at);
    if (last >= gpu_count) return words_fail(w, &word, "no GPU %u: the profile has %u", last, gpu_count);
    for (unsigned gpu = first; gpu <= last; gpu++) m->gpus |= 1u << gpu;
    return true;
}

bool mutation_parse(struct words *w, unsigned gpu_count, int64_t now, struct mutation *out)
{
    *out = (struct mutation){.at = now, .until = SIM_FOREVER, .function = FUNCTION_ANY, .instance = NO_MIG_INSTANCE,
                             .compute = NO_MIG_INSTANCE};
    struct word word;
    if (!words_expect(w, &word, "'gpu' or 'node'")) return false;
    if (word_is(&word, "node")) {
        out->node = true;
        out->gpus = UINT32_MAX;
        return mutation_parse_node(w, out) && words_end(w);
    }
    if (!word_is(&word, "gpu"))
        return words_fail(w, &word, "'%.*s' is neither 'gpu' nor 'node'", (int)word.length, word.at);
    return parse_gpu_set(w, gpu_count, out) && mutation_parse_gpu(w, out) && words_end(w);
}

bool mutation_parse_timed(struct words *w, unsigned gpu_count, struct mutation *out)
{
    struct word word;
    int64_t at;
    if (!words_expect(w, &word, "'at'")) return false;
    if (!word_is(&word, "at")) return words_fail(w, &word, "expected 'at', found '%.*s'", (int)word.length, word.at);
    return words_duration(w, &at) && mutation_parse(w, gpu_count, at, out);
}
