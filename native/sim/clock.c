#include "clock.h"

#include <fcntl.h>
#include <limits.h>
#include <linux/futex.h>
#include <sched.h>
#include <stddef.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

struct sim_clock_page *sim_clock_map(const char *path, bool writable)
{
    int fd = open(path, (writable ? O_RDWR : O_RDONLY) | O_CLOEXEC);
    if (fd < 0) return NULL;
    struct stat st;
    void *map = MAP_FAILED;
    if (fstat(fd, &st) == 0 && st.st_size >= (off_t)sizeof(struct sim_clock_page))
        map = mmap(NULL, sizeof(struct sim_clock_page), PROT_READ | (writable ? PROT_WRITE : 0), MAP_SHARED, fd, 0);
    close(fd);
    if (map == MAP_FAILED) return NULL;
    struct sim_clock_page *page = map;
    if (page->magic == SIM_CLOCK_MAGIC && page->layout == SIM_CLOCK_LAYOUT) return page;
    sim_clock_unmap(page);
    return NULL;
}

void sim_clock_unmap(struct sim_clock_page *page)
{
    if (page != NULL) munmap(page, sizeof *page);
}

struct sim_clock_page *sim_clock_create(const char *path)
{
    int fd = open(path, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return NULL;
    struct sim_clock_page fresh = {.magic = SIM_CLOCK_MAGIC, .layout = SIM_CLOCK_LAYOUT};
    bool written = write(fd, &fresh, sizeof fresh) == (ssize_t)sizeof fresh;
    close(fd);
    return written ? sim_clock_map(path, true) : NULL;
}

void sim_clock_read(const struct sim_clock_page *page, struct sim_clock *out)
{
    for (;;) {
        uint32_t before = atomic_load_explicit(&page->sequence, memory_order_acquire);
        if ((before & 1u) == 0) {
            out->base_monotonic_ns = atomic_load_explicit(&page->base_monotonic_ns, memory_order_relaxed);
            out->base_simulated_ns = atomic_load_explicit(&page->base_simulated_ns, memory_order_relaxed);
            out->rate = atomic_load_explicit(&page->rate, memory_order_relaxed);
            out->epoch_unix_ns = atomic_load_explicit(&page->epoch_unix_ns, memory_order_relaxed);
            out->journal_length = atomic_load_explicit(&page->journal_length, memory_order_relaxed);
            out->wake = atomic_load_explicit(&page->wake, memory_order_relaxed);
            atomic_thread_fence(memory_order_acquire);
            if (atomic_load_explicit(&page->sequence, memory_order_relaxed) == before) return;
        }
        sched_yield();
    }
}

void sim_clock_write(struct sim_clock_page *page, const struct sim_clock *in)
{
    uint32_t sequence = atomic_load_explicit(&page->sequence, memory_order_relaxed);
    atomic_store_explicit(&page->sequence, sequence + 1, memory_order_relaxed);
    atomic_thread_fence(memory_order_release);
    atomic_store_explicit(&page->base_monotonic_ns, in->base_monotonic_ns, memory_order_relaxed);
    atomic_store_explicit(&page->base_simulated_ns, in->base_simulated_ns, memory_order_relaxed);
    atomic_store_explicit(&page->rate, in->rate, memory_order_relaxed);
    atomic_store_explicit(&page->epoch_unix_ns, in->epoch_unix_ns, memory_order_relaxed);
    atomic_store_explicit(&page->journal_length, in->journal_length, memory_order_relaxed);
    atomic_fetch_add_explicit(&page->wake, 1, memory_order_relaxed);
    atomic_store_explicit(&page->sequence, sequence + 2, memory_order_release);
    syscall(SYS_futex, &page->wake, FUTEX_WAKE, INT_MAX, NULL, NULL, 0);
}

int64_t sim_monotonic_ns(void)
{
    struct timespec ts;
    clock_gettime(CLOCK_MONOTONIC, &ts);
    return ts.tv_sec * SIM_SECOND + ts.tv_nsec;
}

int64_t sim_clock_now(const struct sim_clock *clock)
{
    int64_t real = sim_monotonic_ns() - clock->base_monotonic_ns;
    return clock->base_simulated_ns + (int64_t)((double)real * clock->rate);
}

void sim_clock_wait(const struct sim_clock_page *page, uint32_t seen_wake, int64_t real_ns)
{
    if (real_ns <= 0) return;
    struct timespec timeout = {.tv_sec = real_ns / SIM_SECOND, .tv_nsec = real_ns % SIM_SECOND};
    /* Not FUTEX_PRIVATE: the page is shared by processes. A spurious wake-up is harmless, every caller loops. */
    syscall(SYS_futex, &page->wake, FUTEX_WAIT, seen_wake, &timeout, NULL, 0);
}
