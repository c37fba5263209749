/* The node-wide faults of the scenario grammar. */
#include "clock.h"
#include "mutation.h"

#include <string.h>

/* Installed driver generations are files beside the program; the journal only records the name. */
static bool parse_generation(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_expect(w, &word, "a driver generation such as r550")) return false;
    bool valid = !word.quoted && word.length >= 4 && word.length < 16 && word.at[0] == 'r';
    for (size_t i = 1; valid && i < word.length; i++) /* r535-86: a release that stands apart from its branch */
        valid = (word.at[i] >= '0' && word.at[i] <= '9') || (word.at[i] == '-' && i > 3 && i + 1 < word.length);
    if (!valid)
        return words_fail(w, &word, "'%.*s' is no driver generation such as r550", (int)word.length, word.at);
    memcpy(m->text, word.at, word.length);
    m->text[word.length] = '\0';
    return true;
}

static bool parse_driver(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_expect(w, &word, "unload, load, reload or upgrade")) return false;
    if (word_is(&word, "unload")) {
        m->kind = MUTATION_DRIVER_UNLOAD;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "load")) {
        m->kind = MUTATION_DRIVER_LOAD;
        return true;
    }
    if (word_is(&word, "reload")) {
        m->kind = MUTATION_DRIVER_RELOAD;
        m->until = m->at;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "upgrade")) {
        m->kind = MUTATION_DRIVER_UPGRADE;
        m->until = m->at;
        return parse_generation(w, m) && mutation_parse_for(w, m);
    }
    return words_fail(w, &word, "'%.*s' is none of unload, load, reload, upgrade", (int)word.length, word.at);
}

static bool parse_library(struct words *w, struct mutation *m)
{
    struct word word;
    if (!words_peek(w, &word)) return words_fail(w, NULL, "expected missing, present or a driver generation");
    if (words_accept(w, "missing")) {
        m->kind = MUTATION_LIBRARY_MISSING;
        return mutation_parse_for(w, m);
    }
    if (words_accept(w, "present")) {
        m->kind = MUTATION_LIBRARY_PRESENT;
        return true;
    }
    m->kind = MUTATION_LIBRARY_SWITCH;
    return parse_generation(w, m);
}

bool mutation_parse_node(struct words *w, struct mutation *m)
{
    struct word word;
    bool matched;
    if (!words_expect(w, &word, "a fault of the node")) return false;
    if (!mutation_parse_call_fault(w, &word, m, &matched)) return false;
    if (matched) return true;
    if (word_is(&word, "driver")) return parse_driver(w, m);
    if (word_is(&word, "library")) return parse_library(w, m);
    if (word_is(&word, "load")) return mutation_parse_load(w, m);
    if (word_is(&word, "reboot")) {
        m->kind = MUTATION_REBOOT;
        m->until = m->at;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "kmsg")) {
        m->kind = MUTATION_KMSG;
        return mutation_parse_text(w, m, "a kernel message");
    }
    if (word_is(&word, "stdout")) {
        m->kind = MUTATION_STDOUT;
        if (!mutation_parse_text(w, m, "a text")) return false;
        m->function = FUNCTION_ANY;
        return !words_accept(w, "on") || mutation_parse_function(w, m);
    }
    return words_fail(w, &word, "no node fault '%.*s'", (int)word.length, word.at);
}
