/* The writer's side of journal and clock: append first, publish the length afterwards. */
#include "simnode.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

bool journal_create(struct simnode *s, const char *root)
{
    char path[SIM_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/clock", root);
    unlink(path); /* readers of an earlier node keep their own page */
    s->page = sim_clock_create(path);
    snprintf(path, sizeof path, "%s/journal", root);
    unlink(path);
    s->journal_fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_APPEND | O_CLOEXEC, 0644);
    if (s->page == NULL || s->journal_fd < 0) return false;
    struct timespec ts;
    clock_gettime(CLOCK_REALTIME, &ts);
    s->clock.epoch_unix_ns = ts.tv_sec * SIM_SECOND + ts.tv_nsec;
    s->page->pid = (uint32_t)getpid();
    s->page->boot_count = 1;
    return true;
}

bool journal_append(struct simnode *s, const char *format, ...)
{
    char *line = NULL;
    va_list args;
    va_start(args, format);
    int length = vasprintf(&line, format, args);
    va_end(args);
    if (length < 0) return false;
    bool written = write(s->journal_fd, line, (size_t)length) == length;
    /* A torn line on a full disk is cut off again, so that the next one starts cleanly. */
    if (written) s->committed += (uint64_t)length;
    else if (ftruncate(s->journal_fd, (off_t)s->committed) != 0) perror("forewarn-simnode: journal");
    free(line);
    return written;
}

void journal_commit(struct simnode *s)
{
    s->clock.journal_length = s->committed;
    sim_clock_write(s->page, &s->clock);
}

void clock_rebase(struct simnode *s, int64_t simulated, double rate)
{
    s->clock.base_monotonic_ns = sim_monotonic_ns();
    s->clock.base_simulated_ns = simulated;
    s->clock.rate = rate;
    sim_clock_write(s->page, &s->clock);
}
