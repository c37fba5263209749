/* Life and death: when the driver is loaded, when a GPU is on the bus, since when its counters count. */
#include "node.h"

#include <stdio.h>
#include <string.h>

static void driver_starts(struct driver_state *s, int64_t when)
{
    s->loaded = true;
    s->loads++;
    s->loaded_since = when;
}

static void apply_driver(struct driver_state *s, const struct mutation *m, int64_t *load_at, int64_t *library_at)
{
    switch (m->kind) {
    case MUTATION_DRIVER_UNLOAD:
        s->loaded = false;
        *load_at = m->until;
        break;
    case MUTATION_DRIVER_LOAD:
        if (!s->loaded) driver_starts(s, m->at);
        *load_at = SIM_FOREVER;
        break;
    case MUTATION_DRIVER_UPGRADE:
        snprintf(s->generation, sizeof s->generation, "%.15s", m->text);
        snprintf(s->library, sizeof s->library, "%.15s", m->text);
        s->loaded = false;
        *load_at = m->until;
        break;
    case MUTATION_REBOOT:
        s->boots++;
        s->booted_at = m->at;
        s->loaded = false;
        *load_at = m->until;
        break;
    case MUTATION_DRIVER_RELOAD:
        s->loaded = false;
        *load_at = m->until;
        break;
    case MUTATION_LIBRARY_MISSING:
        s->library_present = false;
        *library_at = m->until;
        break;
    case MUTATION_LIBRARY_PRESENT:
        s->library_present = true;
        *library_at = SIM_FOREVER;
        break;
    case MUTATION_LIBRARY_SWITCH: snprintf(s->library, sizeof s->library, "%.15s", m->text); break;
    default: break;
    }
}

void driver_state_at(const struct sim_node *node, int64_t t, struct driver_state *out)
{
    *out = (struct driver_state){.until = SIM_FOREVER, .loaded = true, .loads = 1, .boots = 1, .library_present = true};
    snprintf(out->generation, sizeof out->generation, "%s", node->initial_driver);
    snprintf(out->library, sizeof out->library, "%s", node->initial_driver);
    int64_t load_at = SIM_FOREVER, library_at = SIM_FOREVER;
    const struct mutation_list *list = &node->timeline.driver;
    for (size_t i = 0;; i++) {
        int64_t next = i < list->count ? list->items[i]->at : SIM_FOREVER;
        int64_t limit = next < t ? next : t;
        if (load_at <= limit) {
            driver_starts(out, load_at);
            load_at = SIM_FOREVER;
        }
        if (library_at <= limit) {
            out->library_present = true;
            library_at = SIM_FOREVER;
        }
        if (i >= list->count || next > t) {
            out->until = next;
            break;
        }
        apply_driver(out, list->items[i], &load_at, &library_at);
    }
    if (load_at <= t) { /* a reload without a pause, as the last line */
        driver_starts(out, load_at);
        load_at = SIM_FOREVER;
    }
    if (load_at < out->until) out->until = load_at;
    if (library_at < out->until) out->until = library_at;
}

void gpu_state_at(const struct sim_node *node, int gpu, int64_t t, struct gpu_state *out)
{
    struct driver_state driver;
    driver_state_at(node, t, &driver);
    *out = (struct gpu_state){.until = driver.until, .presence = GPU_PRESENT, .counting_since = driver.loaded_since};
    int64_t heals = SIM_FOREVER;
    bool excluded = false;
    const struct mutation_list *list = &node->timeline.gpus[gpu].life;
    for (size_t i = 0; i < list->count; i++) {
        const struct mutation *m = list->items[i];
        if (m->at > t) {
            if (m->at < out->until) out->until = m->at;
            break;
        }
        if (m->kind == MUTATION_EXCLUDED) { /* a parameter of the module: read when it is loaded */
            if (m->at <= driver.loaded_since) excluded = m->value > 0;
            continue;
        }
        if (m->kind == MUTATION_LOST || m->kind == MUTATION_RESET_REQUIRED || m->kind == MUTATION_UNBIND) {
            out->presence = m->kind == MUTATION_LOST ? GPU_LOST : m->kind == MUTATION_UNBIND ? GPU_UNBOUND : GPU_RESET_REQUIRED;
            heals = m->until;
            continue;
        }
        /* A card off the bus cannot be reset: NVML reports it lost until the node reboots. */
        if (m->kind == MUTATION_RESET) {
            if (out->presence == GPU_LOST && heals > m->at) continue;
            out->resets++;
            if (m->at > out->counting_since) out->counting_since = m->at;
        }
        out->presence = GPU_PRESENT;
        heals = SIM_FOREVER;
    }
    if (out->presence != GPU_PRESENT) {
        if (heals <= t) out->presence = GPU_PRESENT;
        else if (heals < out->until) out->until = heals;
    }
    if (excluded && out->presence != GPU_LOST) out->presence = GPU_EXCLUDED;
}
