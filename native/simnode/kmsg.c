/* The kernel log, in the record format of /dev/kmsg: PRIORITY,SEQUENCE,MICROSECONDS,-;TEXT. The wording of the NVRM
 * lines is that of open-gpu-kernel-modules 595.45.04. */
#include "../sim/node.h"
#include "install.h"
#include "simnode.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PRIORITY_ERROR 3
#define PRIORITY_INFO 6

static void record(struct simnode *s, int priority, int64_t since_boot_us, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

/* As the kernel's msg_add_ext_text: a backslash and whatever is not printable ASCII becomes \xNN. */
static void escape(const char *text, char *into)
{
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || c >= 127 || c == '\\') into += sprintf(into, "\\x%02x", c);
        else *into++ = (char)c;
    }
    *into = '\0';
}

static void record(struct simnode *s, int priority, int64_t since_boot_us, const char *format, ...)
{
    char text[800], escaped[sizeof text * 4], path[SIM_PATH_MAX + 16];
    va_list args;
    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    escape(text, escaped);
    snprintf(path, sizeof path, "%s/dev/kmsg", s->node.root);
    int fd = open(path, O_WRONLY | O_APPEND | O_CLOEXEC);
    if (fd < 0) return;
    dprintf(fd, "%d,%llu,%lld,-;%s\n", priority, (unsigned long long)s->kmsg_sequence++, (long long)since_boot_us, escaped);
    close(fd);
}

static int64_t uptime_us(const struct simnode *s)
{
    return (s->node.now - boot_time(&s->node)) / 1000;
}

void kmsg_boot(struct simnode *s)
{
    char path[SIM_PATH_MAX + 16];
    snprintf(path, sizeof path, "%s/dev/kmsg", s->node.root);
    unlink(path); /* a new boot is a new ring: a reader of the old one sees its end */
    int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0644);
    if (fd >= 0) close(fd);
    s->kmsg_sequence = 0;
    s->told_first_xid = 0;
    record(s, 5, 0, "Linux version 6.1.0-forewarn-simnode (simulated node, profile %s)", s->node.profile.name);
    record(s, PRIORITY_INFO, 0, "Command line: simulated=true");
}

void kmsg_driver_loaded(struct simnode *s)
{
    struct sim_node *node = &s->node;
    int64_t at = node->now == node->driver.booted_at ? BOOT_TO_START / 1000 : uptime_us(s);
    record(s, PRIORITY_INFO, at, "nvidia: loading out-of-tree module taints kernel.");
    for (int gpu = 0; gpu < (int)node->profile.gpu_count; gpu++) {
        char bus[32];
        gpu_bus_id(node, gpu, bus);
        record(s, PRIORITY_INFO, at, "nvidia %s: enabling device (0000 -> 0002)", bus);
    }
    record(s, PRIORITY_INFO, at, "NVRM: loading NVIDIA UNIX x86_64 Kernel Module  %s  (simulated)",
           install_driver_version(node->driver.generation));
}

void kmsg_driver_unloaded(struct simnode *s)
{
    record(s, PRIORITY_INFO, uptime_us(s), "nvidia-modeset: Unloading");
}

/* NVRM names the card by domain, bus and device; its uuid and serial come once, before the first Xid of a boot. */
static void xid(struct simnode *s, int gpu, int number, const struct mutation *m, const char *text)
{
    struct sim_node *node = &s->node;
    const struct gpu_place *place = &node->profile.gpus[gpu];
    char address[48], uuid[48], serial[32];
    snprintf(address, sizeof address, "%04x:%02x:%02x", place->domain, place->bus, place->device);
    if ((s->told_first_xid >> gpu & 1u) == 0) {
        gpu_uuid(node, gpu, uuid);
        gpu_serial(node, gpu, serial);
        record(s, PRIORITY_ERROR, uptime_us(s), "NVRM: GPU at PCI:%s: %s", address, uuid);
        record(s, PRIORITY_ERROR, uptime_us(s), "NVRM: GPU Board Serial Number: %s", serial);
        s->told_first_xid |= 1u << gpu;
    }
    if (m->instance != NO_MIG_INSTANCE) {
        size_t used = strlen(address);
        used += (size_t)snprintf(address + used, sizeof address - used, " GPU-I:%02u", m->instance);
        if (m->compute != NO_MIG_INSTANCE) snprintf(address + used, sizeof address - used, " GPU-CI:%02u", m->compute);
    }
    record(s, PRIORITY_ERROR, uptime_us(s), "NVRM: Xid (PCI:%s): %d, %s", address, number, text);
}

static void lost(struct simnode *s, int gpu, const struct mutation *m)
{
    char bus[32];
    gpu_bus_id(&s->node, gpu, bus);
    xid(s, gpu, 79, m, "pid='<unknown>', name=<unknown>, GPU has fallen off the bus.");
    record(s, PRIORITY_ERROR, uptime_us(s), "NVRM: GPU %s: GPU has fallen off the bus.", bus);
}

void kmsg_mutation(struct simnode *s, const struct mutation *m)
{
    if (m->kind == MUTATION_KMSG) record(s, 4, uptime_us(s), "%s", m->text);
    for (int gpu = 0; gpu < (int)s->node.profile.gpu_count; gpu++) {
        if ((m->gpus >> gpu & 1u) == 0) continue;
        if (m->kind == MUTATION_XID) xid(s, gpu, m->code, m, m->text);
        if (m->kind == MUTATION_LOST && !m->silent) lost(s, gpu, m);
    }
}
