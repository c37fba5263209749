/* The clock page: one small file that the node process writes and every reader maps read-only.
 * It carries simulated time and the committed length of the journal, so a reader needs no other channel. */
#ifndef FOREWARN_SIM_CLOCK_H
#define FOREWARN_SIM_CLOCK_H

#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>

#define SIM_CLOCK_MAGIC 0x4B434C46u /* "FLCK", little-endian */
#define SIM_CLOCK_LAYOUT 1u
#define SIM_SECOND INT64_C(1000000000)
#define SIM_FOREVER INT64_MAX

struct sim_clock_page {
    uint32_t magic;
    uint32_t layout;
    _Atomic uint32_t sequence; /* seqlock: odd while the writer is inside */
    _Atomic uint32_t wake;     /* futex word: changes with every commit */
    _Atomic int64_t base_monotonic_ns;
    _Atomic int64_t base_simulated_ns;
    _Atomic double rate;           /* simulated seconds per real second; 0 stands still */
    _Atomic int64_t epoch_unix_ns; /* wall clock at simulated time zero */
    _Atomic uint64_t journal_length;
    _Atomic uint32_t boot_count;
    _Atomic uint32_t pid;
};

struct sim_clock {
    int64_t base_monotonic_ns;
    int64_t base_simulated_ns;
    double rate;
    int64_t epoch_unix_ns;
    uint64_t journal_length;
    uint32_t wake;
};

/* Maps the page of a node; NULL when it is missing, too short or of another layout. */
struct sim_clock_page *sim_clock_map(const char *path, bool writable);
void sim_clock_unmap(struct sim_clock_page *page);
struct sim_clock_page *sim_clock_create(const char *path);

void sim_clock_read(const struct sim_clock_page *page, struct sim_clock *out);
void sim_clock_write(struct sim_clock_page *page, const struct sim_clock *in);

int64_t sim_monotonic_ns(void);
int64_t sim_clock_now(const struct sim_clock *clock);

/* Sleeps until the writer commits something or `real_ns` have passed. */
void sim_clock_wait(const struct sim_clock_page *page, uint32_t seen_wake, int64_t real_ns);

#endif
