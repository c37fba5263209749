#include "node.h"
#include "noise.h"

#include <stdio.h>

enum { NOISE_MIG = 0x6D696755, NOISE_POD = 0x706F6455, NOISE_UUID = 0x75756964, NOISE_SERIAL = 0x73657269, NOISE_BOOT = 0x626F6F74 };

static void format_uuid(uint64_t high, uint64_t low, unsigned version, char *out, size_t size, const char *prefix)
{
    high = (high & ~UINT64_C(0xF000)) | version << 12;                                 /* RFC 9562: 4 random, 5 by name */
    low = (low & ~(UINT64_C(3) << 62)) | (UINT64_C(2) << 62);                          /* its variant bits */
    snprintf(out, size, "%s%08x-%04x-%04x-%04x-%012llx", prefix, (unsigned)(high >> 32), (unsigned)(high >> 16) & 0xFFFFu,
             (unsigned)high & 0xFFFFu, (unsigned)(low >> 48), (unsigned long long)(low & UINT64_C(0xFFFFFFFFFFFF)));
}

void gpu_uuid(const struct sim_node *node, int gpu, char out[48])
{
    format_uuid(noise_hash(node->seed, NOISE_UUID, (uint64_t)gpu, 0), noise_hash(node->seed, NOISE_UUID, (uint64_t)gpu, 1), 4,
                out, 48, "GPU-");
}

void gpu_serial(const struct sim_node *node, int gpu, char out[32])
{
    uint64_t digits = noise_hash(node->seed, NOISE_SERIAL, (uint64_t)gpu, 0) % UINT64_C(10000000000);
    snprintf(out, 32, "%.15s%010llu", node->profile.serial_prefix, (unsigned long long)digits);
}

void gpu_bus_id(const struct sim_node *node, int gpu, char out[32])
{
    const struct gpu_place *place = &node->profile.gpus[gpu];
    snprintf(out, 32, "%04x:%02x:%02x.0", place->domain, place->bus, place->device);
}

unsigned gpu_board_id(const struct sim_node *node, int gpu)
{
    const struct gpu_place *place = &node->profile.gpus[gpu];
    return place->domain << 16 | place->bus << 8 | place->device;
}

void node_boot_id(const struct sim_node *node, unsigned boot, char out[48])
{
    format_uuid(noise_hash(node->seed, NOISE_BOOT, boot, node->clock.epoch_unix_ns), noise_hash(node->seed, NOISE_BOOT, boot, 1), 4,
                out, 48, "");
}

void mig_uuid(const struct sim_node *node, int gpu, unsigned instance, unsigned compute, char out[48])
{
    int64_t which = (int64_t)(instance * 16 + compute) * 2;
    format_uuid(noise_hash(node->seed, NOISE_MIG, (uint64_t)gpu, which), noise_hash(node->seed, NOISE_MIG, (uint64_t)gpu, which + 1), 5,
                out, 48, "MIG-");
}

void pod_uid(const struct sim_node *node, uint64_t work, char out[48])
{
    format_uuid(noise_hash(node->seed, NOISE_POD, work, 0), noise_hash(node->seed, NOISE_POD, work, 1), 4, out, 48, "");
}
