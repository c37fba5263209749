#include "node.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool open_failed(struct sim_node *node, struct sim_error *error, const char *what)
{
    node_close(node);
    if (error->text[0] == '\0') snprintf(error->text, sizeof error->text, "%s", what);
    return false;
}

bool node_open(struct sim_node *node, const char *root, struct sim_error *error)
{
    *node = (struct sim_node){.journal_fd = -1};
    *error = (struct sim_error){0};
    char path[SIM_PATH_MAX + 32];
    if ((size_t)snprintf(node->root, sizeof node->root, "%s", root) >= sizeof node->root)
        return open_failed(node, error, "the path of the node is too long");
    snprintf(path, sizeof path, "%s/profile.conf", root);
    if (!profile_load(path, &node->profile, error)) return open_failed(node, error, "no profile");
    snprintf(path, sizeof path, "%s/clock", root);
    node->page = sim_clock_map(path, false);
    if (node->page == NULL) return open_failed(node, error, "no clock page of this layout");
    snprintf(path, sizeof path, "%s/journal", root);
    node->journal_fd = open(path, O_RDONLY | O_CLOEXEC);
    if (node->journal_fd < 0) return open_failed(node, error, "no journal");
    node_sync(node);
    if (node->initial_driver[0] == '\0') return open_failed(node, error, "the journal does not begin with its header");
    return true;
}

void node_close(struct sim_node *node)
{
    if (node->journal_fd >= 0) close(node->journal_fd);
    sim_clock_unmap(node->page);
    timeline_clear(&node->timeline);
    for (int gpu = 0; gpu < SIM_MAX_GPUS; gpu++) free(node->sums[gpu].at);
    *node = (struct sim_node){.journal_fd = -1};
}

static bool take_header(struct sim_node *node, struct words *w, const struct word *key)
{
    struct word value;
    if (!words_expect(w, &value, "a value")) return false;
    char text[64];
    if (value.length >= sizeof text) return words_fail(w, &value, "value too long");
    memcpy(text, value.at, value.length);
    text[value.length] = '\0';
    if (word_is(key, "seed")) node->seed = strtoull(text, NULL, 10);
    else if (word_is(key, "driver")) snprintf(node->initial_driver, sizeof node->initial_driver, "%.15s", text);
    else if (word_is(key, "profile")) {
        snprintf(node->profile.name, sizeof node->profile.name, "%s", text);
        char *suffix = strstr(node->profile.name, ".conf");
        if (suffix != NULL) *suffix = '\0';
    } else if (!word_is(key, "journal") && !word_is(key, "epoch"))
        return words_fail(w, key, "no journal line begins with '%.*s'", (int)key->length, key->at);
    return true;
}

bool node_take_line(struct sim_node *node, const char *line, size_t length, struct sim_error *error)
{
    struct words w;
    struct word first;
    words_start(&w, line, length, (unsigned)node->timeline.all.count + 1, error);
    if (!words_peek(&w, &first)) return true;
    if (!word_is(&first, "at")) return words_take(&w, &first) && take_header(node, &w, &first);
    struct mutation m;
    if (!mutation_parse_timed(&w, node->profile.gpu_count, &m)) return false;
    return timeline_add(&node->timeline, &m) || words_fail(&w, NULL, "out of memory");
}

/* Only whole lines up to the committed length are read: the writer publishes the length after the bytes. */
static void read_journal(struct sim_node *node)
{
    size_t size = (size_t)(node->clock.journal_length - node->journal_read);
    char *bytes = malloc(size);
    if (bytes == NULL) return;
    ssize_t got = pread(node->journal_fd, bytes, size, (off_t)node->journal_read);
    size_t start = 0;
    struct sim_error ignored; /* the writer checked every line; one of a newer grammar is passed over */
    for (size_t i = 0; got > 0 && i < (size_t)got; i++) {
        if (bytes[i] != '\n') continue;
        node_take_line(node, bytes + start, i - start, &ignored);
        start = i + 1;
    }
    node->journal_read += start;
    free(bytes);
}

void node_set_now(struct sim_node *node, int64_t now)
{
    bool back = now < node->now;
    node->now = now;
    if (back || now >= node->driver.until) driver_state_at(node, now, &node->driver);
    for (int gpu = 0; gpu < (int)node->profile.gpu_count; gpu++) {
        if (back || now >= node->gpus[gpu].until) gpu_state_at(node, gpu, now, &node->gpus[gpu]);
        if (back || now >= node->migs[gpu].until) mig_state_at(node, gpu, now, &node->migs[gpu]);
    }
}

void node_sync(struct sim_node *node)
{
    sim_clock_read(node->page, &node->clock);
    if (node->clock.journal_length > node->journal_read) {
        read_journal(node);
        node->driver.until = INT64_MIN;
        for (int gpu = 0; gpu < SIM_MAX_GPUS; gpu++) node->gpus[gpu].until = node->migs[gpu].until = INT64_MIN;
    }
    node_set_now(node, sim_clock_now(&node->clock));
}
