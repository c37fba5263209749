/* `gpu WHICH job …`: to whom the work on a card belongs.
 *   job slurm ID [step STEP] [user UID] [v1]      job pod NAMESPACE NAME uid UID [cgroupfs]      job none      job auto
 * each with `instance GI` for one MIG instance alone, and `for DURATION`. */
#include "mutation.h"

#include <stdio.h>
#include <string.h>

#define DEFAULT_USER 1000 /* the first account that Debian makes for a person (adduser.conf, FIRST_UID) */

/* Part of a path later on: letters, digits and what Kubernetes names and Slurm steps hold beside them. */
static bool take_name(struct words *w, const char *what, char *out, size_t size)
{
    struct word word;
    if (!words_expect(w, &word, what)) return false;
    bool valid = !word.quoted && word.length < size;
    for (size_t i = 0; valid && i < word.length; i++) {
        char c = word.at[i];
        valid = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (i > 0 && (c == '-' || c == '.'));
    }
    if (!valid) return words_fail(w, &word, "'%.*s' is no %s", (int)word.length, word.at, what);
    snprintf(out, size, "%.*s", (int)word.length, word.at);
    return true;
}

static bool parse_slurm(struct words *w, struct job_owner *owner)
{
    long id, user = DEFAULT_USER;
    owner->kind = OWNER_SLURM;
    snprintf(owner->step, sizeof owner->step, "0");
    if (!words_integer(w, "job id", 1, 0x03FFFFFF, &id)) return false; /* MAX_JOB_ID of slurm.h is 26 bits */
    if (words_accept(w, "step") && !take_name(w, "step such as 0 or batch", owner->step, sizeof owner->step)) return false;
    if (words_accept(w, "user") && !words_integer(w, "user id", 0, 0x7FFFFFFF, &user)) return false;
    owner->id = (unsigned)id;
    owner->user = (unsigned)user;
    owner->old_form = words_accept(w, "v1");
    return true;
}

static bool parse_pod(struct words *w, struct job_owner *owner)
{
    struct word word;
    owner->kind = OWNER_POD;
    if (!take_name(w, "namespace", owner->space, sizeof owner->space) || !take_name(w, "pod name", owner->name, sizeof owner->name))
        return false;
    if (!words_accept(w, "uid")) return words_fail(w, words_peek(w, &word) ? &word : NULL, "expected 'uid UID'");
    if (!take_name(w, "pod uid", owner->uid, sizeof owner->uid)) return false;
    owner->old_form = words_accept(w, "cgroupfs");
    return true;
}

bool mutation_parse_job(struct words *w, struct mutation *m)
{
    struct word word;
    long instance;
    bool parsed = true;
    m->kind = MUTATION_JOB;
    if (!words_expect(w, &word, "slurm, pod, none or auto")) return false;
    if (word_is(&word, "slurm")) parsed = parse_slurm(w, &m->owner);
    else if (word_is(&word, "pod")) parsed = parse_pod(w, &m->owner);
    else if (word_is(&word, "auto")) m->owner.schedule = true;
    else if (!word_is(&word, "none"))
        return words_fail(w, &word, "'%.*s' is none of slurm, pod, none, auto", (int)word.length, word.at);
    if (!parsed) return false;
    if (words_accept(w, "instance")) {
        if (!words_integer(w, "GPU instance", 0, 255, &instance)) return false;
        m->instance = (unsigned)instance;
    }
    return mutation_parse_for(w, m);
}
