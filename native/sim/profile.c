#include "profile.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum field_type { TEXT, NUMBER, QUANTILES };

struct field {
    const char *key;
    enum field_type type;
    size_t offset;
    size_t size;
    bool optional;
};

#define TEXT_FIELD(key, member) {key, TEXT, offsetof(struct profile, member), sizeof(((struct profile *)0)->member), false}
#define NUMBER_FIELD(key, member) {key, NUMBER, offsetof(struct profile, member), 0, false}
#define QUANTILE_FIELD(key, member) {key, QUANTILES, offsetof(struct profile, member), 0, false}
/* A card may lack the thing; 0 or an empty text then. */
#define OPTIONAL_TEXT(key, member) {key, TEXT, offsetof(struct profile, member), sizeof(((struct profile *)0)->member), true}
#define OPTIONAL_NUMBER(key, member) {key, NUMBER, offsetof(struct profile, member), 0, true}
#define OPTIONAL_QUANTILES(key, member) {key, QUANTILES, offsetof(struct profile, member), 0, true}

static const struct field fields[] = {
    TEXT_FIELD("product", product),
    TEXT_FIELD("brand", brand),
    NUMBER_FIELD("brand_code", brand_code),
    TEXT_FIELD("part_number", part_number),
    TEXT_FIELD("vbios", vbios),
    TEXT_FIELD("inforom.image", inforom_image),
    TEXT_FIELD("inforom.oem", inforom_oem),
    TEXT_FIELD("inforom.ecc", inforom_ecc),
    TEXT_FIELD("inforom.power", inforom_power),
    TEXT_FIELD("serial_prefix", serial_prefix),
    NUMBER_FIELD("architecture", architecture),
    NUMBER_FIELD("cuda.major", cuda_major),
    NUMBER_FIELD("cuda.minor", cuda_minor),
    NUMBER_FIELD("pci.device_id", pci_device_id),
    NUMBER_FIELD("pci.subsystem_id", pci_subsystem_id),
    NUMBER_FIELD("cores", cores),
    NUMBER_FIELD("memory.bus_width", bus_width),
    NUMBER_FIELD("memory.total", memory_total),
    NUMBER_FIELD("memory.reserved", memory_reserved),
    NUMBER_FIELD("bar1.total", bar1_total),
    NUMBER_FIELD("power.limit.default", power_limit_default),
    NUMBER_FIELD("power.limit.min", power_limit_min),
    NUMBER_FIELD("power.limit.max", power_limit_max),
    NUMBER_FIELD("power.idle", power_idle),
    NUMBER_FIELD("clock.graphics.max", clock_graphics_max),
    NUMBER_FIELD("clock.graphics.idle", clock_graphics_idle),
    NUMBER_FIELD("clock.graphics.capped", clock_graphics_capped),
    NUMBER_FIELD("clock.memory", clock_memory),
    NUMBER_FIELD("clock.video.max", clock_video_max),
    NUMBER_FIELD("clock.video.idle", clock_video_idle),
    NUMBER_FIELD("temperature.shutdown", temperature_shutdown),
    NUMBER_FIELD("temperature.slowdown", temperature_slowdown),
    NUMBER_FIELD("temperature.gpu_max", temperature_gpu_max),
    OPTIONAL_NUMBER("temperature.memory_max", temperature_memory_max),
    NUMBER_FIELD("pcie.generation", pcie_generation),
    NUMBER_FIELD("pcie.width", pcie_width),
    OPTIONAL_NUMBER("nvlink.links", link_count),
    OPTIONAL_NUMBER("nvlink.speed", link_speed),
    OPTIONAL_NUMBER("nvlink.version", link_version),
    OPTIONAL_NUMBER("row_remap.banks", remap_banks),
    OPTIONAL_TEXT("driver.default", driver_default),
    OPTIONAL_NUMBER("driver.minimum", driver_minimum),
    OPTIONAL_NUMBER("c2c.links", c2c_links),
    OPTIONAL_NUMBER("c2c.speed", c2c_speed),
    OPTIONAL_NUMBER("power.module", module_power),
    OPTIONAL_NUMBER("memory.numa.first", numa_first),
    OPTIONAL_NUMBER("memory.numa.step", numa_step),
    OPTIONAL_NUMBER("fabric.state", fabric_state),
    OPTIONAL_NUMBER("fabric.clique", fabric_clique),
    OPTIONAL_TEXT("fabric.cluster", fabric_cluster),
    OPTIONAL_TEXT("platform.chassis", chassis_serial),
    OPTIONAL_NUMBER("platform.slot", platform_slot),
    OPTIONAL_NUMBER("platform.tray", platform_tray),
    OPTIONAL_NUMBER("platform.peer", platform_peer),
    NUMBER_FIELD("traffic.pcie.load", pcie_load),
    NUMBER_FIELD("traffic.pcie.save", pcie_save),
    NUMBER_FIELD("traffic.pcie.work", pcie_work),
    NUMBER_FIELD("traffic.pcie.rest", pcie_rest),
    OPTIONAL_NUMBER("traffic.nvlink.work", link_work),
    NUMBER_FIELD("utilization.memory.share", memory_share),
    OPTIONAL_NUMBER("utilization.mma_stall.share", stall_share),
    NUMBER_FIELD("throttle.power.share", capped_share),
    OPTIONAL_NUMBER("nvlink.fec.one", fec_one),
    OPTIONAL_NUMBER("nvlink.fec.two", fec_two),
    OPTIONAL_NUMBER("nvlink.plr.block", plr_block),
    NUMBER_FIELD("bar1.used", bar1_used),
    NUMBER_FIELD("job.slot", job_slot),
    NUMBER_FIELD("job.ramp", job_ramp),
    NUMBER_FIELD("job.checkpoint.every", job_checkpoint_every),
    NUMBER_FIELD("job.checkpoint.length", job_checkpoint_length),
    NUMBER_FIELD("job.first_level", job_first_level),
    NUMBER_FIELD("idle_share", idle_share),
    NUMBER_FIELD("thermal_lag.gpu", thermal_lag_gpu),
    NUMBER_FIELD("thermal_lag.memory", thermal_lag_memory),
    NUMBER_FIELD("card_spread", card_spread),
    QUANTILE_FIELD("utilization.quantiles", utilization),
    QUANTILE_FIELD("power.quantiles", power),
    QUANTILE_FIELD("temperature.gpu.quantiles", temperature_gpu),
    OPTIONAL_QUANTILES("temperature.memory.quantiles", temperature_memory),
    QUANTILE_FIELD("memory.used.quantiles", memory_used),
    OPTIONAL_TEXT("jobs", jobs),
};

#define FIELD_COUNT (sizeof fields / sizeof *fields)

static bool parse_text(struct words *w, char *out, size_t size)
{
    struct word word;
    if (!words_expect(w, &word, "a text in double quotes")) return false;
    if (!word.quoted || word.length >= size)
        return words_fail(w, &word, "expected a quoted text of at most %zu bytes", size - 1);
    memcpy(out, word.at, word.length);
    out[word.length] = '\0';
    return true;
}

static bool parse_quantiles(struct words *w, struct quantiles *out)
{
    for (int i = 0; i < QUANTILE_POINTS; i++) {
        struct word word;
        bool found = words_peek(w, &word);
        if (!words_quantity(w, false, &out->point[i])) return false;
        if (i > 0 && out->point[i] < out->point[i - 1])
            return words_fail(w, found ? &word : NULL, "the points of a distribution cannot fall");
    }
    return true;
}

/* gpu N DDDD:BB:DD module M numa X cpus A B */
static bool parse_gpu(struct words *w, struct profile *p)
{
    long index, module, numa, first, last;
    struct word word;
    if (!words_integer(w, "GPU number", 0, SIM_MAX_GPUS - 1, &index)) return false;
    if (index != (long)p->gpu_count) return words_fail(w, NULL, "expected gpu %u here", p->gpu_count);
    struct gpu_place *place = &p->gpus[index];
    if (!words_expect(w, &word, "a PCI address")) return false;
    char address[16] = "";
    if (word.length < sizeof address) memcpy(address, word.at, word.length);
    int used = 0;
    if (sscanf(address, "%4x:%2x:%2x%n", &place->domain, &place->bus, &place->device, &used) != 3 ||
        address[used] != '\0')
        return words_fail(w, &word, "not a PCI address such as 0000:18:00");
    if (!words_accept(w, "module") || !words_integer(w, "module", 0, 255, &module) || !words_accept(w, "numa") ||
        !words_integer(w, "NUMA node", 0, 63, &numa) || !words_accept(w, "cpus") ||
        !words_integer(w, "core", 0, 1023, &first) || !words_integer(w, "core", first, 1023, &last))
        return words_fail(w, NULL, "expected: gpu N ADDRESS module M numa X cpus FIRST LAST");
    place->module = (unsigned)module;
    place->numa = (unsigned)numa;
    place->cpu_first = (unsigned)first;
    place->cpu_last = (unsigned)last;
    p->gpu_count++;
    return true;
}

/* gpm ID share PART */
static bool parse_share(struct words *w, struct profile *p)
{
    long id;
    struct word word;
    double share;
    if (!words_integer(w, "GPM metric", 1, GPM_METRIC_COUNT - 1, &id)) return false;
    if (!words_accept(w, "share")) return words_fail(w, NULL, "expected: gpm ID share PART");
    bool found = words_peek(w, &word);
    if (!words_quantity(w, false, &share)) return false;
    if (share < 0 || share > 1) return words_fail(w, found ? &word : NULL, "a share is a number from 0 to 1");
    p->gpm_share[id] = share;
    return true;
}

static bool parse_line(struct words *w, struct profile *p, bool *seen)
{
    struct word key;
    if (!words_take(w, &key)) return true; /* empty line or comment */
    if (word_is(&key, "gpu")) return parse_gpu(w, p) && words_end(w);
    if (word_is(&key, "range")) return ranges_parse(w, &p->ranges) && words_end(w);
    if (word_is(&key, "gpm")) return parse_share(w, p) && words_end(w);
    if (word_is(&key, "mig")) return profile_parse_mig(w, p) && words_end(w);
    for (size_t i = 0; i < FIELD_COUNT; i++) {
        if (!word_is(&key, fields[i].key)) continue;
        if (!words_accept(w, "=")) return words_fail(w, NULL, "expected '=' after %s", fields[i].key);
        char *target = (char *)p + fields[i].offset;
        seen[i] = true;
        bool parsed = fields[i].type == TEXT     ? parse_text(w, target, fields[i].size)
                      : fields[i].type == NUMBER ? words_quantity(w, false, (double *)(void *)target)
                                                 : parse_quantiles(w, (struct quantiles *)(void *)target);
        return parsed && words_end(w);
    }
    return words_fail(w, &key, "no profile key '%.*s'", (int)key.length, key.at);
}

static bool jobs_known(const struct profile *p)
{
    static const char *const words[] = {"slurm", "slurm-v1", "pods", "pods-cgroupfs", "none"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(p->jobs, words[i]) == 0) return true;
    return false;
}

/* The phases of a job must have a length each, or walking over them would not get on. */
static bool job_times_fit(const struct profile *p)
{
    return p->job_ramp >= 1 && p->job_checkpoint_length >= 1 && p->job_checkpoint_every > p->job_checkpoint_length &&
           p->job_slot >= p->job_ramp + p->job_checkpoint_every + 20 && p->job_slot <= 1e6 && p->link_count <= SIM_MAX_LINKS;
}

bool profile_load(const char *path, struct profile *out, struct sim_error *error)
{
    *out = (struct profile){.jobs = "slurm"};
    FILE *file = fopen(path, "re");
    if (file == NULL) {
        *error = (struct sim_error){0};
        snprintf(error->text, sizeof error->text, "%s", strerror(errno));
        return false;
    }
    bool seen[FIELD_COUNT] = {false}, valid = true;
    char *line = NULL;
    size_t capacity = 0;
    unsigned number = 0;
    ssize_t length;
    while (valid && (length = getline(&line, &capacity, file)) >= 0) {
        if (length > 0 && line[length - 1] == '\n') length--;
        struct words w;
        words_start(&w, line, (size_t)length, ++number, error);
        valid = parse_line(&w, out, seen);
    }
    free(line);
    fclose(file);
    for (size_t i = 0; valid && i < FIELD_COUNT; i++) {
        if (seen[i] || fields[i].optional) continue;
        *error = (struct sim_error){.line = number};
        snprintf(error->text, sizeof error->text, "the key %s is missing", fields[i].key);
        return false;
    }
    if (valid && out->gpu_count == 0) {
        *error = (struct sim_error){.line = number, .text = "no gpu line"};
        return false;
    }
    if (valid && !job_times_fit(out)) {
        *error = (struct sim_error){.line = number, .text = "job.slot must hold ramp, one checkpoint cycle and 20 s"};
        return false;
    }
    if (valid && !jobs_known(out)) {
        *error = (struct sim_error){.line = number, .text = "jobs is one of slurm, slurm-v1, pods, pods-cgroupfs, none"};
        return false;
    }
    return valid && ranges_complete(&out->ranges, number, error) && mig_layouts_fit(out, error);
}

const char *product_name(const struct profile *p, int branch)
{
    static const char prefix[] = "NVIDIA ";
    bool cut = branch < 470 && strncmp(p->product, prefix, sizeof prefix - 1) == 0;
    return cut ? p->product + sizeof prefix - 1 : p->product;
}

double quantile_at(const struct quantiles *table, double level)
{
    if (level <= 0) return table->point[0];
    double place = level * (QUANTILE_POINTS - 1);
    int below = (int)place;
    if (below >= QUANTILE_POINTS - 1) return table->point[QUANTILE_POINTS - 1];
    return table->point[below] + (place - below) * (table->point[below + 1] - table->point[below]);
}
