/* /sys and /proc as the kernel and the driver would show them, as far as a GPU monitor reads them. */
#include "install.h"
#include "simnode.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>


static const char *link_speed(double generation)
{
    static const char *const speeds[] = {"Unknown", "2.5 GT/s PCIe", "5.0 GT/s PCIe", "8.0 GT/s PCIe",
                                         "16.0 GT/s PCIe", "32.0 GT/s PCIe", "64.0 GT/s PCIe"};
    int index = generation >= 1 && generation <= 6 ? (int)generation : 0;
    return speeds[index];
}

static void render_pci(struct simnode *s, int gpu)
{
    struct sim_node *node = &s->node;
    const struct profile *p = &node->profile;
    char bus[32], path[128];
    gpu_bus_id(node, gpu, bus);
    snprintf(path, sizeof path, "sys/bus/pci/devices/%s", bus);
    if (node->gpus[gpu].presence == GPU_LOST) {
        trees_remove(s, path);
        return;
    }
    trees_directory(s, path);
    unsigned device = (unsigned)p->pci_device_id, subsystem = (unsigned)p->pci_subsystem_id;
#define PCI_FILE(name, ...) (snprintf(path, sizeof path, "sys/bus/pci/devices/%s/%s", bus, name), trees_file(s, path, __VA_ARGS__))
    PCI_FILE("vendor", "0x%04x\n", device & 0xFFFFu);
    PCI_FILE("device", "0x%04x\n", device >> 16);
    PCI_FILE("subsystem_vendor", "0x%04x\n", subsystem & 0xFFFFu);
    PCI_FILE("subsystem_device", "0x%04x\n", subsystem >> 16);
    PCI_FILE("class", "0x030200\n"); /* 3D controller */
    PCI_FILE("numa_node", "%u\n", p->gpus[gpu].numa);
    PCI_FILE("local_cpulist", "%u-%u\n", p->gpus[gpu].cpu_first, p->gpus[gpu].cpu_last);
    PCI_FILE("max_link_speed", "%s\n", link_speed(p->pcie_generation));
    PCI_FILE("max_link_width", "%.0f\n", p->pcie_width);
    PCI_FILE("current_link_speed", "%s\n", link_speed(gauge_value(node, gpu, SIGNAL_PCIE_GENERATION, node->now)));
    PCI_FILE("current_link_width", "%.0f\n", gauge_value(node, gpu, SIGNAL_PCIE_WIDTH, node->now));
#undef PCI_FILE
}

static void render_driver_gpu(struct simnode *s, int gpu)
{
    struct sim_node *node = &s->node;
    char bus[32], uuid[48], path[128];
    gpu_bus_id(node, gpu, bus);
    gpu_uuid(node, gpu, uuid);
    snprintf(path, sizeof path, "proc/driver/nvidia/gpus/%s", bus);
    if (!node->driver.loaded || node->gpus[gpu].presence == GPU_LOST || node->gpus[gpu].presence == GPU_UNBOUND) {
        trees_remove(s, path);
        return;
    }
    trees_directory(s, path);
    snprintf(path, sizeof path, "proc/driver/nvidia/gpus/%s/information", bus);
    trees_file(s, path,
               "Model: \t\t %s\nIRQ:   \t\t %d\nGPU UUID: \t %s\nVideo BIOS: \t %s\nBus Type: \t PCIe\n"
               "DMA Size: \t 52 bits\nDMA Mask: \t 0xfffffffffffff\nBus Location: \t %s\nDevice Minor: \t %d\n"
               "GPU Firmware: \t %s\n%s:\t %s\n",
               product_name(&node->profile, atoi(node->driver.generation + 1)), 200 + gpu, uuid, node->profile.vbios, bus, gpu,
               install_driver_version(node->driver.generation),
               atoi(node->driver.generation + 1) < 465 ? "Blacklisted" : "GPU Excluded", /* renamed with the functions */
               gpu_is_excluded(node, gpu) ? "Yes" : "No");
}

static void render_driver(struct simnode *s)
{
    struct sim_node *node = &s->node;
    const char *version = install_driver_version(node->driver.generation);
    /* Static majors of the kernel: mem, tty, misc; 195 is registered by nvidia.ko (devices.txt: "Nvidia graphics"). */
    static const char base[] = "Character devices:\n  1 mem\n  4 tty\n  5 /dev/tty\n 10 misc\n";
    if (node->driver.loaded) {
        trees_directory(s, "sys/module/nvidia");
        trees_directory(s, "proc/driver/nvidia/gpus");
        trees_file(s, "sys/module/nvidia/version", "%s\n", version);
        trees_file(s, "proc/driver/nvidia/version",
                   "NVRM version: NVIDIA UNIX x86_64 Kernel Module  %s  (simulated)\n", version);
        trees_file(s, "proc/devices", "%s195 nvidia\n195 nvidiactl\n508 nvidia-uvm\n509 nvidia-caps\n\nBlock devices:\n", base);
    } else {
        trees_remove(s, "sys/module/nvidia");
        trees_remove(s, "proc/driver/nvidia");
        trees_file(s, "proc/devices", "%s\nBlock devices:\n", base);
    }
}

void render_all(struct simnode *s)
{
    struct sim_node *node = &s->node;
    char boot_id[48];
    node_boot_id(node, node->driver.boots, boot_id);
    double uptime = (double)(node->now - boot_time(node)) / 1e9;
    trees_file(s, "proc/sys/kernel/random/boot_id", "%s\n", boot_id);
    trees_file(s, "proc/uptime", "%.2f %.2f\n", uptime, uptime * node->profile.gpus[node->profile.gpu_count - 1].cpu_last);
    render_driver(s);
    for (int gpu = 0; gpu < (int)node->profile.gpu_count; gpu++) {
        render_pci(s, gpu);
        render_driver_gpu(s, gpu);
    }
    render_processes(s);
    trees_library(s);
}
