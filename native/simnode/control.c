/* The control socket: one text line in; answer lines out, the last of them `ok` or `error: …`. */
#include "install.h"
#include "simnode.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/* A socket address holds 107 bytes; going through the folder's descriptor makes any root's length fit. */
static bool control_address(const char *root, struct sockaddr_un *address, int *folder)
{
    *address = (struct sockaddr_un){.sun_family = AF_UNIX};
    *folder = open(root, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (*folder < 0) return false;
    snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d/control.sock", *folder);
    return true;
}

int connect_control(const char *root)
{
    struct sockaddr_un address;
    int folder, fd = -1;
    if (!control_address(root, &address, &folder)) return -1;
    fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (fd >= 0 && connect(fd, (struct sockaddr *)&address, sizeof address) != 0) {
        int reason = errno;
        close(fd);
        errno = reason;
        fd = -1;
    }
    close(folder);
    return fd;
}

bool control_open(struct control *c, const char *root)
{
    struct sockaddr_un address;
    int folder;
    c->listener = -1;
    for (int i = 0; i < CONTROL_CLIENTS; i++) c->clients[i] = -1;
    if (!control_address(root, &address, &folder)) return false;
    unlinkat(folder, "control.sock", 0);
    c->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    bool open = c->listener >= 0 && bind(c->listener, (struct sockaddr *)&address, sizeof address) == 0 &&
                listen(c->listener, CONTROL_CLIENTS) == 0;
    close(folder);
    return open;
}

void control_close(struct control *c, const char *root)
{
    char path[PATH_MAX];
    for (int i = 0; i < CONTROL_CLIENTS; i++)
        if (c->clients[i] >= 0) close(c->clients[i]);
    if (c->listener >= 0) close(c->listener);
    snprintf(path, sizeof path, "%s/control.sock", root);
    unlink(path);
}

static bool inject(struct simnode *s, const char *fault, char *error, size_t size)
{
    struct words w;
    struct word word;
    struct sim_error bad;
    struct mutation m;
    char library[PATH_MAX];
    int64_t delay = 0;
    words_start(&w, fault, strlen(fault), 1, &bad);
    node_sync(&s->node);
    if (words_accept(&w, "in")) {
        if (!words_duration(&w, &delay)) goto refused;
        if (words_peek(&w, &word)) fault = word.at;
        words_start(&w, fault, strlen(fault), 1, &bad);
    }
    if (!mutation_parse(&w, s->node.profile.gpu_count, s->node.now + delay, &m)) goto refused;
    if ((m.kind == MUTATION_DRIVER_UPGRADE || m.kind == MUTATION_LIBRARY_SWITCH) &&
        !install_find_driver(m.text, library, sizeof library)) {
        snprintf(error, size, "driver %s is not installed beside forewarn-simnode", m.text);
        return false;
    }
    if ((m.kind == MUTATION_DRIVER_UPGRADE || m.kind == MUTATION_LIBRARY_SWITCH) && !driver_serves(&s->node.profile, m.text)) {
        snprintf(error, size, "%.40s needs driver r%.0f or later, not %s", s->node.profile.product,
                 s->node.profile.driver_minimum, m.text);
        return false;
    }
    for (int gpu = 0; m.kind == MUTATION_MIG && gpu < (int)s->node.profile.gpu_count; gpu++) {
        const char *refusal = (m.gpus >> gpu & 1u) != 0 ? mig_refusal(&s->node, gpu, &m) : NULL;
        if (refusal == NULL) continue;
        snprintf(error, size, "gpu %d: %s", gpu, refusal);
        return false;
    }
    if (!journal_append(s, "at %lldns %s\n", (long long)m.at, fault)) {
        snprintf(error, size, "the journal cannot be written: %s", strerror(errno));
        return false;
    }
    journal_commit(s);
    simnode_step(s);
    return true;
refused:
    snprintf(error, size, "column %u: %s", bad.column, bad.text);
    return false;
}

static bool change_clock(struct simnode *s, struct words *w, bool rate, char *error, size_t size)
{
    struct sim_error *bad = w->error;
    double new_rate = s->clock.rate;
    int64_t forward = 0;
    bool parsed = rate ? words_quantity(w, false, &new_rate) : words_duration(w, &forward);
    if (!parsed || !words_end(w)) {
        snprintf(error, size, "column %u: %s", bad->column, bad->text);
        return false;
    }
    if (new_rate < 0 || new_rate > 1e6) {
        snprintf(error, size, "a rate from 0 to 1000000");
        return false;
    }
    clock_rebase(s, sim_clock_now(&s->clock) + forward, new_rate);
    simnode_step(s);
    return true;
}

/* The MIG devices of a card and its processes, a line each. */
static void status_parts(const struct sim_node *node, int gpu, FILE *answer)
{
    struct job_process processes[JOB_MAX_PROCESSES];
    const struct mig_state *mig = &node->migs[gpu];
    char uuid[48], name[48];
    for (unsigned i = 0; i < mig->part_count; i++) {
        const struct mig_part *part = &mig->parts[i];
        unsigned instance = mig_instance_of(mig, part)->id;
        mig_uuid(node, gpu, instance, part->id, uuid);
        mig_part_name(node, mig, part, name, sizeof name);
        fprintf(answer, "mig %d %u %s %s gi=%u ci=%u\n", gpu, part->index, uuid, name, instance, part->id);
    }
    unsigned count = job_processes(node, gpu, node->now, processes);
    for (unsigned i = 0; i < count; i++) {
        const struct job_process *p = &processes[i];
        fprintf(answer, "process %d %u memory=%llu", gpu, p->pid, (unsigned long long)p->memory);
        if (p->instance != NO_MIG_INSTANCE) fprintf(answer, " gi=%u ci=%u", p->instance, p->compute);
        if (p->owner.kind == OWNER_SLURM) fprintf(answer, " slurm=%u", p->owner.id);
        if (p->owner.kind == OWNER_POD) fprintf(answer, " pod=%s/%s", p->owner.space, p->owner.name);
        fprintf(answer, "\n");
    }
}

static void status(struct simnode *s, FILE *answer)
{
    static const char *const presences[] = {"present", "lost", "reset-required", "unbound", "excluded"};
    simnode_step(s);
    struct sim_node *node = &s->node;
    int64_t now = node->now;
    fprintf(answer, "profile %s\nseed %llu\ntime %.3fs\nrate %g\nboot %u\ndriver %s %s\nlibrary %s %s\njournal %llu\n",
            node->profile.name, (unsigned long long)node->seed, (double)now / 1e9, s->clock.rate, node->driver.boots,
            install_driver_version(node->driver.generation), node->driver.loaded ? "loaded" : "unloaded",
            install_driver_version(node->driver.library), node->driver.library_present ? "present" : "missing",
            (unsigned long long)s->committed);
    for (int gpu = 0; gpu < (int)node->profile.gpu_count; gpu++) {
        char uuid[48], bus[32], serial[32];
        gpu_uuid(node, gpu, uuid);
        gpu_bus_id(node, gpu, bus);
        gpu_serial(node, gpu, serial);
        fprintf(answer, "gpu %d %s %s serial=%s %s temperature=%.0f power=%.3f utilization=%.0f memory=%.0f\n", gpu, bus, uuid,
                serial, presences[node->gpus[gpu].presence], gauge_value(node, gpu, SIGNAL_TEMPERATURE_GPU, now),
                gauge_value(node, gpu, SIGNAL_POWER, now), gauge_value(node, gpu, SIGNAL_UTILIZATION_GPU, now),
                gauge_value(node, gpu, SIGNAL_MEMORY_USED, now));
        status_parts(node, gpu, answer);
    }
}

bool control_request(struct simnode *s, const char *line, FILE *answer, char *error, size_t size)
{
    struct words w;
    struct word verb;
    struct sim_error bad = {0};
    words_start(&w, line, strlen(line), 1, &bad);
    if (!words_take(&w, &verb)) {
        snprintf(error, size, "an empty request");
        return false;
    }
    if (word_is(&verb, "inject")) {
        struct word first;
        return inject(s, words_peek(&w, &first) ? first.at - (first.quoted ? 1 : 0) : "", error, size);
    }
    if (word_is(&verb, "advance")) return change_clock(s, &w, false, error, size);
    if (word_is(&verb, "rate")) return change_clock(s, &w, true, error, size);
    if (word_is(&verb, "status")) {
        status(s, answer);
        return true;
    }
    snprintf(error, size, "'%.*s' is none of inject, advance, rate, status", (int)verb.length, verb.at);
    return false;
}

static void answer_line(struct simnode *s, int client, const char *line)
{
    char error[256] = "", *text = NULL;
    size_t length = 0;
    FILE *answer = open_memstream(&text, &length);
    if (answer == NULL) return;
    if (control_request(s, line, answer, error, sizeof error)) fprintf(answer, "ok\n");
    else fprintf(answer, "error: %s\n", error);
    fclose(answer);
    /* A client that does not read must not stop the node. */
    if (send(client, text, length, MSG_NOSIGNAL | MSG_DONTWAIT) < 0) shutdown(client, SHUT_RDWR);
    free(text);
}

static void accept_client(struct control *c)
{
    int fd = accept4(c->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) return;
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        if (c->clients[i] >= 0) continue;
        c->clients[i] = fd;
        c->filled[i] = 0;
        return;
    }
    close(fd);
}

static bool read_client(struct control *c, int i, struct simnode *s)
{
    ssize_t got = read(c->clients[i], c->pending[i] + c->filled[i], CONTROL_LINE_MAX - 1 - c->filled[i]);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return true;
    if (got <= 0) return false;
    c->filled[i] += (size_t)got;
    for (;;) {
        char *end = memchr(c->pending[i], '\n', c->filled[i]);
        if (end == NULL && c->filled[i] < CONTROL_LINE_MAX - 1) return true;
        if (end == NULL) {
            static const char refusal[] = "error: the line is too long\n";
            (void)!send(c->clients[i], refusal, sizeof refusal - 1, MSG_NOSIGNAL | MSG_DONTWAIT);
            return false;
        }
        *end = '\0';
        answer_line(s, c->clients[i], c->pending[i]);
        c->filled[i] -= (size_t)(end + 1 - c->pending[i]);
        memmove(c->pending[i], end + 1, c->filled[i]);
    }
}

void control_serve(struct control *c, struct simnode *s, int fd)
{
    if (fd == c->listener) accept_client(c);
    for (int i = 0; i < CONTROL_CLIENTS; i++) {
        if (c->clients[i] != fd || read_client(c, i, s)) continue;
        close(c->clients[i]);
        c->clients[i] = -1;
    }
}
