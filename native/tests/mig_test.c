/* Cards that are cut up: what NVML says of the instances, and what becomes of handles when the cut changes. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define H100 "profile h100-8-mig\n"
#define A100 "profile a100-8-mig\n"
#define NONE 0xFFFFFFFFu

static void *part_handle(unsigned gpu, unsigned index)
{
    void *part = NULL;
    return NVML(nvmlDeviceGetMigDeviceHandleByIndex, gpu_handle(gpu), index, &part) == 0 ? part : NULL;
}

/* The parts of a card as one text: `0 1g.10gb gi7 ci0`, holes as `-`. */
static const char *parts_of(unsigned gpu)
{
    static char text[512];
    size_t used = 0;
    text[0] = '\0';
    for (unsigned i = 0; i < 7; i++) {
        void *part = NULL;
        unsigned gi = 0, ci = 0;
        char name[96] = "";
        int result = NVML(nvmlDeviceGetMigDeviceHandleByIndex, gpu_handle(gpu), i, &part);
        if (result != 0) {
            used += (size_t)snprintf(text + used, sizeof text - used, result == 6 ? "- " : "error%d ", result);
            continue;
        }
        CHECK_EQ(NVML(nvmlDeviceGetName, part, name, 96), 0);
        CHECK_EQ(NVML(nvmlDeviceGetGpuInstanceId, part, &gi), 0);
        CHECK_EQ(NVML(nvmlDeviceGetComputeInstanceId, part, &ci), 0);
        const char *kind = strstr(name, " MIG ");
        used += (size_t)snprintf(text + used, sizeof text - used, "%s:%u/%u ", kind != NULL ? kind + 5 : name, gi, ci);
    }
    return text;
}
#define PARTS(gpu, expected) check_that(strcmp(parts_of(gpu), expected) == 0, __FILE__, __LINE__, "parts", "are '%s'", parts_of(gpu))

static void the_parts_are_those_of_the_profile(void)
{
    struct node node = node_start("r550", H100, 0);
    unsigned current = 9, pending = 9, count = 9;
    library_use(&node, "r550");
    PARTS(0, "1g.10gb:7/0 1g.10gb:8/0 1g.10gb:9/0 1g.10gb:10/0 1g.10gb:11/0 1g.10gb:12/0 1g.10gb:13/0 ");
    PARTS(1, "3g.40gb:1/0 2g.20gb:5/0 - 1g.10gb:13/0 - - - ");
    PARTS(3, "1c.3g.40gb:1/0 2c.3g.40gb:1/1 3g.40gb:2/0 - - - - ");
    PARTS(6, "- - - - - - - ");
    CHECK(NVML(nvmlDeviceGetMigMode, gpu_handle(6), &current, &pending) == 0 && current == 1 && pending == 1);
    CHECK(NVML(nvmlDeviceGetMigMode, gpu_handle(7), &current, &pending) == 0 && current == 0 && pending == 0);
    CHECK(NVML(nvmlDeviceGetMaxMigDeviceCount, gpu_handle(0), &count) == 0 && count == 7);
    CHECK(NVML(nvmlDeviceGetMaxMigDeviceCount, gpu_handle(7), &count) == 0 && count == 0);
    library_done();
    node_stop(&node);
    node = node_start("r550", "profile t4-4\n", 0);
    library_use(&node, "r550");
    CHECK_EQ(NVML(nvmlDeviceGetMigMode, gpu_handle(0), &current, &pending), 3);
    library_done();
    node_stop(&node);
}

static void a_part_answers_for_itself(void)
{
    struct node node = node_start("r550", H100, 0);
    library_use(&node, "r550");
    void *part = part_handle(1, 1), *parent = NULL, *again = NULL;
    char text[96];
    unsigned value = 9;
    nvmlDeviceAttributes_t attributes;
    nvmlMemory_v2_t memory = {.version = 0x02000028};
    CHECK(NVML(nvmlDeviceGetName, part, text, 96) == 0 && strcmp(text, "NVIDIA H100 80GB HBM3 MIG 2g.20gb") == 0);
    CHECK(NVML(nvmlDeviceGetUUID, part, text, 96) == 0 && strncmp(text, "MIG-", 4) == 0 && strlen(text) == 40 && text[18] == '5');
    CHECK(NVML(nvmlDeviceGetHandleByUUID, text, &again) == 0 && again == part);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUID, "MIG-00000000-0000-5000-8000-000000000000", &again), 6);
    CHECK(NVML(nvmlDeviceGetDeviceHandleFromMigDeviceHandle, part, &parent) == 0 && parent == gpu_handle(1));
    CHECK_EQ(NVML(nvmlDeviceGetDeviceHandleFromMigDeviceHandle, parent, &again), 2);
    CHECK(NVML(nvmlDeviceIsMigDeviceHandle, part, &value) == 0 && value == 1);
    CHECK(NVML(nvmlDeviceIsMigDeviceHandle, parent, &value) == 0 && value == 0);
    CHECK(NVML(nvmlDeviceGetIndex, part_handle(1, 3), &value) == 0 && value == 3);
    CHECK_EQ(NVML(nvmlDeviceGetAttributes_v2, part, &attributes), 0);
    CHECK(attributes.multiprocessorCount == 32 && attributes.gpuInstanceSliceCount == 2 && attributes.memorySizeMB == 20096);
    CHECK_EQ(NVML(nvmlDeviceGetMemoryInfo_v2, part, &memory), 0);
    CHECK(memory.total == 20096ull << 20 && memory.used > memory.total / 2 && memory.free == memory.total - memory.used);
    CHECK_EQ(NVML(nvmlDeviceGetTemperature, part, 0, &value), 3); /* the card's, not the part's */
    CHECK_EQ(NVML(nvmlDeviceGetMinorNumber, part, &value), 3);
    CHECK_EQ(NVML(nvmlDeviceGetAttributes_v2, part_handle(3, 1), &attributes), 0);
    CHECK(attributes.multiprocessorCount == 40 && attributes.computeInstanceSliceCount == 2 && attributes.gpuInstanceSliceCount == 3);
    library_done();
    node_stop(&node);
}

static void old_drivers_write_another_uuid(void)
{
    struct node node = node_start("r450", A100, 0);
    char text[96], expected[128], uuid[96];
    void *again = NULL;
    library_use(&node, "r450");
    CHECK_EQ(NVML(nvmlDeviceGetUUID, gpu_handle(1), uuid, 96), 0);
    snprintf(expected, sizeof expected, "MIG-%s/5/0", uuid);
    void *part = part_handle(1, 1);
    CHECK(NVML(nvmlDeviceGetUUID, part, text, 96) == 0 && strcmp(text, expected) == 0);
    CHECK(NVML(nvmlDeviceGetHandleByUUID, text, &again) == 0 && again == part);
    library_done();
    node_stop(&node);
}

static void under_mig_some_readings_are_gone(void)
{
    struct node node = node_start("r550", H100 "at 0s gpu 2 ecc.sram.uncorrected add 4\nat 0s gpu 2 ecc.dram.uncorrected add 2\n", 0);
    library_use(&node, "r550");
    unsigned value[4];
    uint64_t count = 99;
    nvmlUtilization_t rates;
    CHECK_EQ(NVML(nvmlDeviceGetUtilizationRates, gpu_handle(2), &rates), 3);
    CHECK_EQ(NVML(nvmlDeviceGetUtilizationRates, gpu_handle(7), &rates), 0);
    CHECK_EQ(NVML(nvmlDeviceGetDecoderUtilization, gpu_handle(2), &value[0], &value[1]), 3);
    CHECK_EQ(NVML(nvmlDeviceGetRemappedRows, gpu_handle(2), &value[0], &value[1], &value[2], &value[3]), 3);
    CHECK_EQ(NVML(nvmlDeviceGetRemappedRows, gpu_handle(6), &value[0], &value[1], &value[2], &value[3]), 0); /* MIG on, no instance */
    CHECK(NVML(nvmlDeviceGetTotalEccErrors, part_handle(2, 0), 1, 0, &count) == 0 && count == 4);
    CHECK(NVML(nvmlDeviceGetMemoryErrorCounter, part_handle(2, 0), 1, 0, 7, &count) == 0 && count == 4);
    CHECK(NVML(nvmlDeviceGetTotalEccErrors, part_handle(2, 1), 1, 0, &count) == 0 && count == 0);
    CHECK_EQ(NVML(nvmlDeviceGetTotalEccErrors, part_handle(2, 0), 1, 1, &count), 3);
    CHECK_EQ(NVML(nvmlDeviceGetTotalEccErrors, part_handle(2, 0), 0, 0, &count), 3);
    CHECK_EQ(NVML(nvmlDeviceGetMemoryErrorCounter, part_handle(2, 0), 1, 0, 2, &count), 3);
    CHECK_EQ(read_ecc(2, 1, 0), 6);
    library_done();
    node_stop(&node);
}

static void instances_have_profiles_and_places(void)
{
    struct node node = node_start("r550", A100, 0);
    library_use(&node, "r550");
    void *gpu = gpu_handle(3), *instances[7] = {NULL}, *parts[7] = {NULL};
    unsigned count = 0;
    nvmlGpuInstanceProfileInfo_v2_t v2 = {.version = 0x02000098};
    nvmlGpuInstanceProfileInfo_v3_t v3 = {.version = 0x03000098};
    nvmlComputeInstanceProfileInfo_v2_t c2 = {.version = 0x02000088};
    nvmlComputeInstanceProfileInfo_v3_t c3 = {.version = 0x0300008C};
    nvmlGpuInstanceInfo_t info;
    nvmlComputeInstanceInfo_t compute;
    CHECK_EQ(NVML(nvmlDeviceGetGpuInstanceProfileInfoV, gpu, 2, &v2), 0);
    CHECK(v2.id == 9 && v2.sliceCount == 3 && v2.instanceCount == 2 && v2.multiprocessorCount == 42 && v2.memorySizeMB == 20096);
    CHECK(strcmp(v2.name, "MIG 3g.20gb") == 0);
    CHECK(NVML(nvmlDeviceGetGpuInstanceProfileInfoV, gpu, 0, &v3) == 0 && v3.id == 19 && v3.memorySizeMB == 4864);
    v3.version = 2;
    CHECK_EQ(NVML(nvmlDeviceGetGpuInstanceProfileInfoV, gpu, 0, &v3), 25);
    CHECK_EQ(NVML(nvmlDeviceGetGpuInstanceProfileInfoV, gpu, 5, &v2), 3); /* no eight slices on this card */
    CHECK(NVML(nvmlDeviceGetGpuInstances, gpu, 9, instances, &count) == 0 && count == 2);
    CHECK_EQ(NVML(nvmlGpuInstanceGetInfo, instances[1], &info), 0);
    CHECK(info.device == gpu && info.id == 2 && info.profileId == 9 && info.placement.start == 4 && info.placement.size == 4);
    CHECK_EQ(NVML(nvmlGpuInstanceGetComputeInstanceProfileInfoV, instances[0], 1, 0, &c2), 0);
    CHECK(c2.id == 1 && c2.sliceCount == 2 && c2.multiprocessorCount == 28 && strcmp(c2.name, "MIG 2c.3g.20gb") == 0);
    CHECK(NVML(nvmlGpuInstanceGetComputeInstanceProfileInfoV, instances[0], 2, 0, &c3) == 0 && c3.sliceCount == 3);
    CHECK_EQ(NVML(nvmlGpuInstanceGetComputeInstanceProfileInfoV, instances[0], 3, 0, &c2), 3); /* four slices of three */
    CHECK(NVML(nvmlGpuInstanceGetComputeInstances, instances[0], 1, parts, &count) == 0 && count == 1);
    CHECK_EQ(NVML(nvmlComputeInstanceGetInfo_v2, parts[0], &compute), 0);
    CHECK(compute.id == 1 && compute.gpuInstance == instances[0] && compute.placement.start == 1 && compute.placement.size == 2);
    CHECK(parts[0] == part_handle(3, 1)); /* one piece, one handle */
    CHECK(NVML(nvmlDeviceGetGpuInstanceById, gpu, 1, &instances[2]) == 0 && instances[2] == instances[0]);
    CHECK_EQ(NVML(nvmlDeviceGetGpuInstanceById, gpu, 7, &instances[2]), 6);
    CHECK_EQ(NVML(nvmlDeviceGetGpuInstances, gpu_handle(7), 9, instances, &count), 3);
    library_done();
    node_stop(&node);
}

/* Runs `body` as a user without rights; its return value, 1 for good. */
static bool as_nobody(bool (*body)(void))
{
    pid_t child = fork();
    if (child == 0) _exit(seteuid(65534) == 0 && body() ? 0 : 1);
    int status = 1;
    waitpid(child, &status, 0);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static bool nobody_finds_no_instance(void)
{
    void *instances[7];
    unsigned count = 7;
    nvmlProcessInfo_t infos[7];
    bool refused = NVML(nvmlDeviceGetGpuInstances, gpu_handle(0), 19, instances, &count) == 4 &&
                   NVML(nvmlDeviceGetGpuInstanceById, gpu_handle(0), 7, instances) == 4;
    count = 7;
    refused = refused && NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(0), &count, infos) == 4;
    count = 7;
    return refused && NVML(nvmlDeviceGetComputeRunningProcesses_v3, part_handle(0, 2), &count, infos) == 0 && count == 1;
}

static void finding_instances_takes_root(void)
{
    struct node node = node_start("r550", H100, 0);
    library_use(&node, "r550");
    CHECK(as_nobody(nobody_finds_no_instance));
    library_done();
    node_stop(&node);
}

static void a_handle_dies_with_its_instance(void)
{
    struct node node = node_start("r550", H100 "at 60s gpu 1 mig destroy 5\n", 0);
    nvmlEventSet_t set = NULL;
    nvmlEventData_t data;
    char text[96], before[96];
    library_use(&node, "r550");
    void *part = part_handle(1, 1), *other = part_handle(1, 3);
    CHECK_EQ(NVML(nvmlDeviceGetUUID, part, before, 96), 0);
    CHECK(NVML(nvmlEventSetCreate, &set) == 0 && NVML(nvmlDeviceRegisterEvents, gpu_handle(1), (uint64_t)0x100, set) == 0);
    CHECK(node_request(&node, "advance 61s"));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventType == 0x100 && data.gpuInstanceId == NONE);
    CHECK_EQ(NVML(nvmlDeviceGetUUID, part, text, 96), 2);
    CHECK_EQ(NVML(nvmlDeviceGetUUID, other, text, 96), 0);
    PARTS(1, "3g.40gb:1/0 - - 1g.10gb:13/0 - - - ");
    CHECK(!node_request(&node, "inject gpu 1 mig destroy 5") && strstr(node_answer, "no MIG instance of that number") != NULL);
    CHECK(node_request(&node, "inject gpu 1 mig create 2g.20gb"));
    PARTS(1, "3g.40gb:1/0 2g.20gb:5/0 - 1g.10gb:13/0 - - - ");
    CHECK_EQ(NVML(nvmlDeviceGetUUID, part, text, 96), 2); /* another instance, if of the same number and name */
    CHECK(NVML(nvmlDeviceGetUUID, part_handle(1, 1), text, 96) == 0 && strcmp(text, before) == 0);
    CHECK(!node_request(&node, "inject gpu 1 mig create 4g.40gb") && strstr(node_answer, "no room") != NULL);
    CHECK(!node_request(&node, "inject gpu 1 mig create 9g.90gb") && strstr(node_answer, "no such kind") != NULL);
    CHECK(!node_request(&node, "inject gpu 7 mig create 1g.10gb") && strstr(node_answer, "MIG is off") != NULL);
    CHECK(node_request(&node, "inject gpu 7 mig on") && node_request(&node, "inject gpu 7 mig create 3g.40gb/1c/1c"));
    PARTS(7, "1c.3g.40gb:1/0 1c.3g.40gb:1/1 - - - - - ");
    CHECK(node_request(&node, "inject gpu 7 mig destroy 1/0"));
    PARTS(7, "- 1c.3g.40gb:1/1 - - - - - ");
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void an_ampere_changes_its_mode_with_a_reset(void)
{
    struct node node = node_start("r535", A100, 0);
    unsigned current = 9, pending = 9;
    library_use(&node, "r535");
    CHECK(node_request(&node, "inject gpu 0 mig off"));
    CHECK(NVML(nvmlDeviceGetMigMode, gpu_handle(0), &current, &pending) == 0 && current == 1 && pending == 0);
    CHECK(part_handle(0, 0) != NULL);
    CHECK(node_request(&node, "inject gpu 0 reset"));
    library_done();
    library_use(&node, "r535");
    CHECK(NVML(nvmlDeviceGetMigMode, gpu_handle(0), &current, &pending) == 0 && current == 0 && pending == 0);
    CHECK(part_handle(0, 0) == NULL);
    CHECK(node_request(&node, "inject node driver reload"));
    library_done();
    library_use(&node, "r535");
    CHECK(part_handle(0, 6) != NULL); /* as the profile lays it out */
    library_done();
    node_stop(&node);
}

static void an_xid_names_its_instances(void)
{
    struct node node = node_start("r550", H100, 0);
    nvmlEventSet_t set = NULL;
    nvmlEventData_t data;
    library_use(&node, "r550");
    CHECK(NVML(nvmlEventSetCreate, &set) == 0 && NVML(nvmlDeviceRegisterEvents, gpu_handle(0), (uint64_t)0x8, set) == 0);
    CHECK(node_request(&node, "inject gpu 0 xid 94 gi 7 ci 0 \"Contained: SM (0x1). RST: No, D-RST: No\""));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventData == 94 && data.gpuInstanceId == 7 && data.computeInstanceId == 0);
    CHECK(node_request(&node, "inject gpu 0 xid 43 \"pid=1, name=x, Ch 1\""));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventData == 43 && data.gpuInstanceId == NONE);
    CHECK(strstr(node_file(&node, "dev/kmsg"), "NVRM: Xid (PCI:0000:18:00 GPU-I:07 GPU-CI:00): 94, Contained") != NULL);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

void mig_tests(void)
{
    test_case("MIG: the parts are those of the profile", the_parts_are_those_of_the_profile);
    test_case("MIG: a part answers for itself", a_part_answers_for_itself);
    test_case("MIG: old drivers write another uuid", old_drivers_write_another_uuid);
    test_case("MIG: under it some readings are gone", under_mig_some_readings_are_gone);
    test_case("MIG: instances have profiles and places", instances_have_profiles_and_places);
    test_case("MIG: finding instances takes root", finding_instances_takes_root);
    test_case("MIG: a handle dies with its instance", a_handle_dies_with_its_instance);
    test_case("MIG: an Ampere changes its mode with a reset", an_ampere_changes_its_mode_with_a_reset);
    test_case("MIG: an Xid names its instances", an_xid_names_its_instances);
}
