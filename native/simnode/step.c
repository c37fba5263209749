/* Tells the kernel log and the trees what has happened since the last step, in the order in which it happened. */
#include "simnode.h"

#include <string.h>

bool simnode_start_trees(struct simnode *s)
{
    static const char *const folders[] = {"lib", "dev", "sys/bus/pci/devices", "proc/sys/kernel/random"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++)
        if (!trees_directory(s, folders[i])) return false;
    s->told_boots = 1;
    kmsg_boot(s);
    return true;
}

static void tell_driver(struct simnode *s)
{
    const struct driver_state *driver = &s->node.driver;
    if (driver->boots != s->told_boots) {
        s->told_boots = driver->boots;
        s->page->boot_count = driver->boots;
        s->told_loaded = false;
        s->told_loads = driver->loaded ? driver->loads - 1 : driver->loads;
        render_all(s); /* a new log means a new boot id: whoever sees the one can read the other */
        kmsg_boot(s);
    }
    if (s->told_loaded && (!driver->loaded || driver->loads != s->told_loads)) {
        s->told_loaded = false;
        kmsg_driver_unloaded(s);
    }
    if (driver->loaded && !s->told_loaded) {
        s->told_loaded = true;
        s->told_loads = driver->loads;
        kmsg_driver_loaded(s);
    }
}

void simnode_step(struct simnode *s)
{
    node_sync(&s->node);
    int64_t now = s->node.now;
    const struct mutation_list *all = &s->node.timeline.all;
    while (s->told_count < all->count && all->items[s->told_count]->at <= now) {
        const struct mutation *m = all->items[s->told_count++];
        node_set_now(&s->node, m->at);
        tell_driver(s);
        kmsg_mutation(s, m);
    }
    node_set_now(&s->node, now);
    tell_driver(s);
    render_all(s);
    s->told = now;
}

int64_t simnode_next_step(struct simnode *s)
{
    int64_t next = s->node.driver.until;
    for (int gpu = 0; gpu < (int)s->node.profile.gpu_count; gpu++) {
        int64_t job = job_changes_after(&s->node, gpu, s->node.now);
        if (s->node.gpus[gpu].until < next) next = s->node.gpus[gpu].until;
        if (job < next) next = job;
    }
    const struct mutation_list *all = &s->node.timeline.all;
    if (s->told_count < all->count && all->items[s->told_count]->at < next) next = all->items[s->told_count]->at;
    double rate = s->clock.rate;
    int64_t now = sim_clock_now(&s->clock);
    if (next <= now) return 0;
    double real = rate > 0 ? (double)(next - now) / rate : 1e9;
    return real < 1e9 ? (int64_t)real + 1 : SIM_SECOND;
}
