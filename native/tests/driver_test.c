#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static void a_reload_kills_old_handles(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned value;
    library_use(&node, "r550");
    void *gpu = gpu_handle(0);
    CHECK(node_request(&node, "inject gpu 0 ecc.dram.corrected add 5") && read_ecc(0, 0, 0) == 5);
    long long lifetime = read_ecc(0, 0, 1);
    CHECK(node_request(&node, "advance 100s") && read_energy(0) > 40000000);
    CHECK(node_request(&node, "inject node driver reload for 10s"));
    CHECK_EQ(NVML(nvmlDeviceGetPowerUsage, gpu, &value), 15);
    CHECK(strstr(node_file(&node, "proc/devices"), "195") == NULL);
    CHECK(node_request(&node, "advance 11s") && NVML(nvmlDeviceGetPowerUsage, gpu, &value) == 15);
    CHECK(strstr(node_file(&node, "proc/devices"), "195 nvidia") != NULL);
    library_done();
    library_use(&node, "r550");
    CHECK(read_u32("nvmlDeviceGetPowerUsage", 0) > 0 && read_ecc(0, 0, 0) == 0 && read_energy(0) < 2000000);
    CHECK_EQ(read_ecc(0, 0, 1), lifetime);
    library_done();
    node_stop(&node);
}

static void without_a_driver_init_says_so(void)
{
    struct node node = node_start("r550", "at 0s node driver unload\n", 0);
    library_open(&node, "r550");
    CHECK_EQ(NVML(nvmlInit_v2), 9);
    CHECK(node_request(&node, "inject node driver load"));
    CHECK_EQ(NVML(nvmlInit_v2), 0);
    library_done();
    library_open(NULL, "r550");
    NVML(forewarn_sim_set_root, "/nonexistent");
    CHECK_EQ(NVML(nvmlInit_v2), 9);
    node_stop(&node);
}

static void link_target(const struct node *node, char *out, size_t size)
{
    char path[256];
    snprintf(path, sizeof path, "%s/lib/libnvidia-ml.so.1", node->root);
    ssize_t length = readlink(path, out, size - 1);
    out[length > 0 ? length : 0] = '\0';
}

static void an_upgrade_changes_module_and_library(void)
{
    struct node node = node_start("r470", NULL, 0);
    char target[512];
    library_use(&node, "r470");
    CHECK(node_request(&node, "inject node driver upgrade r550 for 5s") && node_request(&node, "advance 6s"));
    CHECK_EQ(read_temperature(0), -1 - 2); /* no handle to be had */
    library_done();
    library_open(&node, "r470");
    CHECK_EQ(NVML(nvmlInit_v2), 18);
    library_use(&node, "r550");
    CHECK(read_temperature(0) > 0);
    library_done();
    link_target(&node, target, sizeof target);
    CHECK(strstr(target, "/drivers/r550/libnvidia-ml.so.1") != NULL);
    CHECK(strcmp(node_file(&node, "sys/module/nvidia/version"), "550.163.01\n") == 0);
    CHECK(!node_request(&node, "inject node driver upgrade r999") && strstr(node_answer, "not installed") != NULL);
    node_stop(&node);
}

static void the_library_comes_and_goes(void)
{
    struct node node = node_start("r550", "at 0s node library missing for 30s\n", 0);
    char target[512];
    link_target(&node, target, sizeof target);
    CHECK(target[0] == '\0');
    CHECK(node_request(&node, "advance 31s"));
    link_target(&node, target, sizeof target);
    CHECK(strstr(target, "r550") != NULL);
    CHECK(node_request(&node, "inject node library r535"));
    link_target(&node, target, sizeof target);
    CHECK(strstr(target, "r535") != NULL);
    library_open(&node, "r535");
    CHECK_EQ(NVML(nvmlInit_v2), 18);
    node_stop(&node);
}

static void a_reboot_is_a_new_boot(void)
{
    struct node node = node_start("r550", "at 5s gpu 3 lost\n", 0);
    char before[64];
    CHECK(node_request(&node, "advance 6s"));
    snprintf(before, sizeof before, "%.63s", node_file(&node, "proc/sys/kernel/random/boot_id"));
    CHECK(strlen(before) == 37);
    CHECK(node_request(&node, "inject node reboot for 90s") && node_request(&node, "advance 30s"));
    library_open(&node, "r550");
    CHECK_EQ(NVML(nvmlInit_v2), 9);
    CHECK(node_request(&node, "advance 61s"));
    CHECK(strcmp(before, node_file(&node, "proc/sys/kernel/random/boot_id")) != 0);
    library_use(&node, "r550");
    CHECK(read_temperature(3) > 0);
    const char *log = node_file(&node, "dev/kmsg");
    CHECK(strncmp(log, "5,0,0,-;Linux version", 21) == 0 && strstr(log, "Xid") == NULL);
    library_done();
    node_stop(&node);
}

struct excluded_info {
    char pci[68], uuid[80];
};

static void an_excluded_card_is_named_and_nothing_else(void)
{
    struct node node = node_start("r550", "at 0s gpu 2 excluded set 1\n", 0);
    struct excluded_info info;
    char uuid[96] = "";
    void *handle;
    unsigned count = 0, index = 9;
    library_use(&node, "r550");
    CHECK(NVML(nvmlDeviceGetCount_v2, &count) == 0 && count == 7);
    CHECK(NVML(nvmlGetExcludedDeviceCount, &count) == 0 && count == 1);
    CHECK_EQ(NVML(nvmlGetExcludedDeviceInfoByIndex, 1, &info), 2);
    CHECK_EQ(NVML(nvmlGetExcludedDeviceInfoByIndex, 0, &info), 0);
    CHECK(strncmp(info.uuid, "GPU-", 4) == 0 && strstr(info.pci + 36, ":00.0") != NULL);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByPciBusId_v2, info.pci + 36, &handle), 6);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUID, info.uuid, &handle), 6);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 7, &handle), 2);
    CHECK(NVML(nvmlDeviceGetUUID, gpu_handle(2), uuid, 96) == 0 && strcmp(uuid, info.uuid) != 0);
    CHECK(NVML(nvmlDeviceGetIndex, gpu_handle(2), &index) == 0 && index == 2);
    CHECK(node_request(&node, "status") && strstr(node_answer, " excluded temperature") != NULL);
    /* It is a parameter of the module: what is changed holds from the next load on. */
    CHECK(node_request(&node, "inject gpu 2 excluded set 0") && node_request(&node, "inject gpu 5 excluded set 1"));
    CHECK(NVML(nvmlGetExcludedDeviceCount, &count) == 0 && count == 1 && read_temperature(5) > 0);
    CHECK(node_request(&node, "inject node driver reload for 1s") && node_request(&node, "advance 2s"));
    library_done();
    library_use(&node, "r550");
    char other[80];
    memcpy(other, info.uuid, sizeof other);
    CHECK(NVML(nvmlGetExcludedDeviceInfoByIndex, 0, &info) == 0 && strcmp(other, info.uuid) != 0);
    CHECK(NVML(nvmlDeviceGetHandleByUUID, other, &handle) == 0);
    library_done();
    node_stop(&node);
}

static void the_kernel_module_says_whom_it_leaves_alone(void)
{
    static const struct {
        const char *driver, *line;
    } cases[] = {{"r450", "Blacklisted:\t Yes"}, {"r550", "GPU Excluded:\t Yes"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct node node = node_start(cases[i].driver, "at 0s gpu 0 excluded set 1\n", 0);
        CHECK(node_request(&node, "status"));
        char address[32] = "", path[96];
        const char *line = strstr(node_answer, "gpu 0 ");
        CHECK(line != NULL && sscanf(line, "gpu 0 %31s", address) == 1);
        snprintf(path, sizeof path, "proc/driver/nvidia/gpus/%s/information", address);
        CHECK(strstr(node_file(&node, path), cases[i].line) != NULL);
        library_use(&node, cases[i].driver);
        unsigned count = 0;
        CHECK(NVML(nvmlDeviceGetCount_v2, &count) == 0 && count == 7);
        library_done();
        node_stop(&node);
    }
}

static void an_early_535_writes_32_bytes_an_entry(void)
{
    static const struct {
        const char *driver, *version;
        size_t stride;
    } drivers[] = {{"r535-86", "535.86.10", 32}, {"r535", "535.261.03", 24}};
    for (size_t i = 0; i < 2; i++) {
        struct node node = node_start(drivers[i].driver, NULL, 0);
        unsigned char entries[128], *guard = entries + drivers[i].stride;
        unsigned count = 1;
        char version[80] = "";
        memset(entries, 0xAA, sizeof entries);
        library_use(&node, drivers[i].driver);
        CHECK(NVML(nvmlSystemGetDriverVersion, version, 80) == 0 && strcmp(version, drivers[i].version) == 0);
        CHECK_EQ(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(0), &count, entries), 0);
        CHECK(count == 1 && guard[0] == 0xAA && guard[-1] != 0xAA);
        library_done();
        node_stop(&node);
    }
}

static void text_on_stdout_as_told(void)
{
    struct node node = node_start("r550", "at 0s node stdout \"once only\"\nat 0s node stdout \"each time\" on nvmlDeviceGetTemperature\n", 0);
    char path[] = "/tmp/forewarn-test-XXXXXX", text[256] = "";
    int file = mkstemp(path), kept = dup(STDOUT_FILENO);
    fflush(stdout);
    dup2(file, STDOUT_FILENO);
    library_use(&node, "r550");
    read_temperature(0);
    read_temperature(1);
    library_done();
    fflush(stdout);
    dup2(kept, STDOUT_FILENO);
    close(kept);
    CHECK(pread(file, text, sizeof text - 1, 0) > 0);
    CHECK(strcmp(text, "once only\neach time\neach time\n") == 0);
    close(file);
    remove(path);
    node_stop(&node);
}

void driver_tests(void)
{
    test_case("a reload kills old handles", a_reload_kills_old_handles);
    test_case("without a driver init says so", without_a_driver_init_says_so);
    test_case("an upgrade changes module and library", an_upgrade_changes_module_and_library);
    test_case("the library comes and goes", the_library_comes_and_goes);
    test_case("a reboot is a new boot", a_reboot_is_a_new_boot);
    test_case("an excluded card is named and nothing else", an_excluded_card_is_named_and_nothing_else);
    test_case("the kernel module says whom it leaves alone", the_kernel_module_says_whom_it_leaves_alone);
    test_case("an early 535 writes 32 bytes an entry", an_early_535_writes_32_bytes_an_entry);
    test_case("text on stdout as told", text_on_stdout_as_told);
}
