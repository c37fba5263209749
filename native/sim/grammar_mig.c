/* `gpu WHICH mig …`: switching MIG, making and destroying instances. */
#include "mig.h"
#include "mutation.h"

#include <stdio.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

bool mig_is_layout(const struct word *word)
{
    size_t i = 0;
    while (i < word->length && word->at[i] != '/') i++;
    if (i == 0 || !is_digit(word->at[0])) return false;
    while (i < word->length) {
        if (i + 2 >= word->length || !is_digit(word->at[i + 1]) || word->at[i + 1] == '0' || word->at[i + 2] != 'c') return false;
        i += 3;
        if (i < word->length && word->at[i] != '/') return false;
    }
    return true;
}

/* 3 or 3/1. */
static bool is_instance(const struct word *word)
{
    unsigned slashes = 0;
    for (size_t i = 0; i < word->length; i++) {
        bool slash = word->at[i] == '/' && i > 0 && i + 1 < word->length && slashes++ == 0;
        if (!slash && !is_digit(word->at[i])) return false;
    }
    return word->length > 0 && word->length < 8;
}

bool mutation_parse_mig(struct words *w, struct mutation *m)
{
    struct word word;
    m->kind = MUTATION_MIG;
    if (!words_expect(w, &word, "on, off, create or destroy")) return false;
    m->code = word_is(&word, "on") ? MIG_ON : word_is(&word, "off") ? MIG_OFF : word_is(&word, "create") ? MIG_CREATE : MIG_DESTROY;
    if (m->code == MIG_ON || m->code == MIG_OFF) return true;
    bool create = m->code == MIG_CREATE;
    if (!create && !word_is(&word, "destroy"))
        return words_fail(w, &word, "'%.*s' is none of on, off, create, destroy", (int)word.length, word.at);
    if (!words_expect(w, &word, create ? "an instance such as 1g.10gb or 3g.40gb/1c/2c" : "an instance such as 3 or 3/1")) return false;
    if (word.quoted || word.length >= MIG_WORD_MAX || !(create ? mig_is_layout(&word) : is_instance(&word)))
        return words_fail(w, &word, "'%.*s' is no instance such as %s", (int)word.length, word.at,
                          create ? "1g.10gb or 3g.40gb/1c/2c" : "3 or 3/1");
    snprintf(m->text, sizeof m->text, "%.*s", (int)word.length, word.at);
    return true;
}
