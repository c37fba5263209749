/* The faults of one GPU, or of several at once, in the scenario grammar. */
#include "clock.h"
#include "mutation.h"
#include "signals.h"

static bool parse_operation(struct words *w, bool counter, struct mutation *m)
{
    struct word word, value;
    m->kind = MUTATION_SIGNAL;
    if (!words_expect(w, &word, "set, add, rate, noise, stuck, wrong, wrap, reset or normal")) return false;
    if (word_is(&word, "set") || word_is(&word, "add")) {
        m->operation = word_is(&word, "set") ? OP_SET : OP_ADD;
        bool found = words_peek(w, &value);
        if (!words_quantity(w, false, &m->value)) return false;
        if (counter && m->value < 0)
            return words_fail(w, found ? &value : NULL, "a counter takes no negative number; use reset");
        return counter || mutation_parse_for(w, m);
    }
    if (word_is(&word, "rate")) {
        m->operation = OP_RATE;
        bool found = words_peek(w, &value);
        if (!words_quantity(w, true, &m->value)) return false;
        if (counter && m->value < 0) return words_fail(w, found ? &value : NULL, "a counter cannot fall");
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "stuck")) {
        m->operation = OP_STUCK;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "normal")) {
        m->operation = OP_NORMAL;
        return true;
    }
    if (word_is(&word, "wrong")) {
        m->operation = OP_WRONG;
        return words_quantity(w, false, &m->value) && mutation_parse_for(w, m);
    }
    if (!counter && word_is(&word, "noise")) {
        m->operation = OP_NOISE;
        return words_quantity(w, false, &m->value) && mutation_parse_for(w, m);
    }
    if (counter && word_is(&word, "reset")) {
        m->operation = OP_RESET;
        return true;
    }
    if (counter && word_is(&word, "wrap")) {
        long bits;
        m->operation = OP_WRAP;
        if (!words_integer(w, "width in bits", 8, 63, &bits)) return false;
        m->value = (double)bits;
        return mutation_parse_for(w, m);
    }
    return words_fail(w, &word, "'%.*s' is no operation of a %s", (int)word.length, word.at,
                      counter ? "counter" : "gauge");
}

static bool parse_link(struct words *w, struct mutation *m)
{
    struct word word;
    if (words_accept(w, "*")) {
        m->links = (1u << SIM_MAX_LINKS) - 1;
    } else {
        long link;
        if (!words_integer(w, "link number", 0, SIM_MAX_LINKS - 1, &link)) return false;
        m->links = 1u << link;
    }
    m->kind = MUTATION_SIGNAL;
    m->signal = LINK_STATE;
    m->operation = OP_SET;
    if (words_accept(w, "down")) return mutation_parse_for(w, m);
    if (words_accept(w, "up")) {
        m->operation = OP_NORMAL;
        return true;
    }
    if (!words_expect(w, &word, "down, up or a signal of a link, such as crc, replay or symbol_errors")) return false;
    m->signal = word.quoted ? -1 : link_field_find(word.at, word.length);
    if (m->signal < 0)
        return words_fail(w, &word, "no signal '%.*s' of a link", (int)word.length, word.at);
    return parse_operation(w, link_field_kind((enum link_field)m->signal) != GAUGE, m);
}

static bool parse_xid(struct words *w, struct mutation *m)
{
    long number;
    m->kind = MUTATION_XID;
    /* nverror.h of open-gpu-kernel-modules 595 ends at 176; leave room for codes that come later. */
    if (!words_integer(w, "Xid", 1, 999, &number)) return false;
    m->code = (int)number;
    /* On a card that is cut up an Xid names the instances that it hit. */
    if (words_accept(w, "gi")) {
        if (!words_integer(w, "GPU instance", 0, 255, &number)) return false;
        m->instance = (unsigned)number;
        if (words_accept(w, "ci")) {
            if (!words_integer(w, "compute instance", 0, 255, &number)) return false;
            m->compute = (unsigned)number;
        }
    }
    return mutation_parse_text(w, m, "the text of the Xid");
}

/* nvmlEventType* without the condition that causes it. */
static bool parse_event(struct words *w, struct mutation *m)
{
    static const struct {
        const char *name;
        int bit;
    } events[] = {{"single-bit", 0x1}, {"double-bit", 0x2}, {"pstate", 0x4}, {"clock", 0x10}, {"power-source", 0x80},
                  {"mig-config", 0x100}, {"single-bit-storm", 0x200}, {"dram-retirement", 0x400},
                  {"dram-retirement-failure", 0x800}, {"poison", 0x1000}, {"fatal-poison", 0x2000},
                  {"unavailable", 0x4000}, {"recovery-action", 0x8000}};
    struct word word, data;
    m->kind = MUTATION_EVENT;
    if (!words_expect(w, &word, "the name of an event")) return false;
    for (size_t i = 0; i < sizeof events / sizeof *events; i++)
        if (word_is(&word, events[i].name)) m->code = events[i].bit;
    if (m->code == 0) return words_fail(w, &word, "no event '%.*s'", (int)word.length, word.at);
    if (!words_accept(w, "data")) return true;
    bool found = words_peek(w, &data);
    if (!words_quantity(w, false, &m->value)) return false;
    return m->value >= 0 || words_fail(w, found ? &data : NULL, "the data of an event is no negative number");
}

bool mutation_parse_gpu(struct words *w, struct mutation *m)
{
    struct word word;
    bool matched;
    if (!words_expect(w, &word, "a fault or a signal")) return false;
    if (!mutation_parse_call_fault(w, &word, m, &matched)) return false;
    if (matched) return true;
    if (word_is(&word, "link")) return parse_link(w, m);
    if (word_is(&word, "xid")) return parse_xid(w, m);
    if (word_is(&word, "mig")) return mutation_parse_mig(w, m);
    if (word_is(&word, "job")) return mutation_parse_job(w, m);
    if (word_is(&word, "load")) return mutation_parse_load(w, m);
    if (word_is(&word, "lost")) {
        m->kind = MUTATION_LOST;
        m->silent = words_accept(w, "silently");
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "reset-required")) {
        m->kind = MUTATION_RESET_REQUIRED;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "reset")) {
        m->kind = MUTATION_RESET;
        return true;
    }
    if (word_is(&word, "recovered")) {
        m->kind = MUTATION_RECOVERED;
        return true;
    }
    if (word_is(&word, "unbind")) {
        m->kind = MUTATION_UNBIND;
        return mutation_parse_for(w, m);
    }
    if (word_is(&word, "bind")) {
        m->kind = MUTATION_BIND;
        return true;
    }
    if (word_is(&word, "excluded")) {
        long set;
        m->kind = MUTATION_EXCLUDED;
        if (!words_expect(w, &word, "set 0 or set 1")) return false;
        if (!word_is(&word, "set")) return words_fail(w, &word, "excluded takes set 0 or set 1");
        if (!words_integer(w, "whether it is excluded", 0, 1, &set)) return false;
        m->value = (double)set;
        return true;
    }
    if (word_is(&word, "event")) return parse_event(w, m);
    m->signal = word.quoted ? -1 : signal_find(word.at, word.length);
    if (m->signal < 0) return words_fail(w, &word, "no fault or signal '%.*s'", (int)word.length, word.at);
    return parse_operation(w, signal_kind(m->signal) != GAUGE, m);
}
