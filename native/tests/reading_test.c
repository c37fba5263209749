/* The library's manners: codes, sizes, versions, and that what it says is what the profile says. */
#include "../nvml/nvml_abi.h"
#include "../sim/clock.h"
#include "check.h"

#include <string.h>

static void before_init_nothing_answers(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned value;
    char text[96];
    library_open(&node, "r550");
    CHECK_EQ(NVML(nvmlDeviceGetCount_v2, &value), 1);
    CHECK_EQ(NVML(nvmlDeviceGetCount_v2, NULL), 1);
    CHECK_EQ(NVML(nvmlDeviceGetName, NULL, text, 96), 1);
    CHECK_EQ(NVML(nvmlInit_v2), 0);
    CHECK_EQ(NVML(nvmlInit_v2), 0);
    CHECK_EQ(NVML(nvmlShutdown), 0);
    CHECK_EQ(NVML(nvmlDeviceGetCount_v2, &value), 0); /* one reference is left */
    CHECK_EQ(value, 8);
    library_done();
    node_stop(&node);
}

static void arguments_are_checked(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned value, count;
    char text[96];
    library_use(&node, "r550");
    void *gpu = gpu_handle(0);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 8, &gpu), 2);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 0, NULL), 2);
    CHECK_EQ(NVML(nvmlDeviceGetName, gpu, text, 5), 7);
    CHECK_EQ(NVML(nvmlDeviceGetName, gpu, NULL, 96), 2);
    CHECK_EQ(NVML(nvmlDeviceGetName, &node, text, 96), 2);
    CHECK_EQ(NVML(nvmlDeviceGetTemperature, gpu, 1, &value), 2);
    CHECK_EQ(NVML(nvmlDeviceGetClockInfo, gpu, 4, &value), 2);
    CHECK_EQ(NVML(nvmlDeviceGetNvLinkState, gpu, 18, &value), 2);
    CHECK_EQ(NVML(nvmlDeviceGetFanSpeed, gpu, &value), 3);
    CHECK_EQ(NVML(nvmlDeviceGetRetiredPagesPendingStatus, gpu, &value), 3);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUID, "GPU-none", &gpu), 6);
    nvmlMemory_v2_t memory = {.version = 2};
    CHECK_EQ(NVML(nvmlDeviceGetMemoryInfo_v2, gpu, &memory), 25);
    memory.version = 0x02000028;
    CHECK_EQ(NVML(nvmlDeviceGetMemoryInfo_v2, gpu, &memory), 0);
    nvmlEccSramErrorStatus_v1_t sram = {.version = 0x01000068};
    CHECK_EQ(NVML(nvmlDeviceGetSramEccErrorStatus, gpu, &sram), 0); /* the tests run as root */
    count = 0;
    CHECK_EQ(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu, &count, NULL), 7);
    CHECK_EQ(count, 1);
    nvmlProcessInfo_t infos[4];
    count = 4;
    CHECK_EQ(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu, &count, infos), 0);
    CHECK(count == 1 && infos[0].pid >= 4000000 && infos[0].gpuInstanceId == 0xFFFFFFFFu);
    library_done();
    node_stop(&node);
}

static void readings_are_those_of_the_profile(void)
{
    struct node node = node_start("r550", NULL, 0);
    library_use(&node, "r550");
    void *gpu = gpu_handle(3), *again = NULL;
    char text[96];
    nvmlPciInfo_t pci;
    nvmlMemory_t v1;
    nvmlMemory_v2_t v2 = {.version = 0x02000028};
    CHECK(NVML(nvmlSystemGetDriverVersion, text, 80) == 0 && strcmp(text, "550.163.01") == 0);
    CHECK(NVML(nvmlSystemGetNVMLVersion, text, 80) == 0 && strcmp(text, "12.550.163.01") == 0);
    CHECK(NVML(nvmlDeviceGetName, gpu, text, 96) == 0 && strcmp(text, "NVIDIA H100 80GB HBM3") == 0);
    CHECK_EQ(NVML(nvmlDeviceGetPciInfo_v3, gpu, &pci), 0);
    CHECK(strcmp(pci.busId, "00000000:5D:00.0") == 0 && strcmp(pci.busIdLegacy, "0000:5D:00.0") == 0 && pci.bus == 0x5D);
    CHECK_EQ(pci.pciDeviceId, 0x233010DE);
    CHECK(NVML(nvmlDeviceGetHandleByPciBusId_v2, "0000:5d:00.0", &again) == 0 && again == gpu);
    CHECK(NVML(nvmlDeviceGetHandleByPciBusId_v2, "5D:00.0", &again) == 0 && again == gpu);
    CHECK(NVML(nvmlDeviceGetUUID, gpu, text, 96) == 0 && NVML(nvmlDeviceGetHandleByUUID, text, &again) == 0 && again == gpu);
    CHECK(NVML(nvmlDeviceGetSerial, gpu, text, 30) == 0 && NVML(nvmlDeviceGetHandleBySerial, text, &again) == 0 && again == gpu);
    CHECK_EQ(NVML(nvmlDeviceGetMemoryInfo, gpu, &v1), 0);
    CHECK_EQ(NVML(nvmlDeviceGetMemoryInfo_v2, gpu, &v2), 0);
    CHECK_EQ(v1.total, 85520809984);
    CHECK(v1.used == v2.used + v2.reserved && v2.total == v2.used + v2.reserved + v2.free && v1.free == v2.free);
    CHECK_EQ(read_u32("nvmlDeviceGetCurrPcieLinkWidth", 3), 16);
    CHECK_EQ(read_u32("nvmlDeviceGetPowerManagementLimit", 3), 700000);
    CHECK(read_u32("nvmlDeviceGetPowerUsage", 3) > 500000 && read_temperature(3) > 40);
    library_done();
    node_stop(&node);
}

static void field_values_answer_each_for_itself(void)
{
    struct node node = node_start("r550", "at 0s gpu 0 link 5 crc add 4\nat 0s gpu 0 link 17 crc add 1\n", 0);
    library_use(&node, "r550");
    nvmlFieldValue_t fields[5] = {{.fieldId = 82}, {.fieldId = 9999}, {.fieldId = 83}, {.fieldId = 165, .scopeId = 3}, {.fieldId = 0}};
    CHECK_EQ(NVML(nvmlDeviceGetFieldValues, gpu_handle(0), 5, fields), 0);
    CHECK(fields[0].nvmlReturn == 0 && fields[0].value.uiVal > 30 && fields[0].timestamp > 0);
    CHECK(fields[1].nvmlReturn == 2 && fields[2].nvmlReturn == 0 && fields[3].value.uiVal == 1 && fields[4].nvmlReturn == 2);
    CHECK_EQ(NVML(nvmlDeviceGetFieldValues, gpu_handle(0), 0, fields), 2);
    CHECK_EQ(read_field(0, 37, 0), 4);            /* L5 by id */
    CHECK_EQ(read_field(0, 38, 0), 5);            /* all */
    CHECK_EQ(read_field(0, 163, 17), 1);          /* by scope */
    CHECK_EQ(read_field(0, 163, 18), -1 - 2);
    CHECK_EQ(read_field(0, 91, 0), 18);
    CHECK_EQ(read_field(0, 194, 0), -2);          /* slowdown 2 C above the highest operating temperature */
    CHECK_EQ(read_field(0, 230, 0), -1 - 2);      /* recovery action came with 565 */
    CHECK_EQ(read_field(0, 29, 0), -1 - 3);       /* retired pages are not Hopper's */
    library_done();
    node_stop(&node);
    node = node_start("r470", NULL, 0);
    library_use(&node, "r470");
    CHECK_EQ(read_field(0, 165, 3), -1 - 2);
    CHECK(read_field(0, 142, 0) == 0);
    library_done();
    node_stop(&node);
}

static void throughput_keeps_the_caller_waiting(void)
{
    struct node node = node_start("r550", NULL, 0);
    library_use(&node, "r550");
    unsigned value = 0;
    int64_t before = sim_monotonic_ns();
    CHECK_EQ(NVML(nvmlDeviceGetPcieThroughput, gpu_handle(0), 0, &value), 0);
    CHECK(sim_monotonic_ns() - before >= 20000000 && value > 0);
    library_done();
    node_stop(&node);
}

void reading_tests(void)
{
    test_case("before init nothing answers", before_init_nothing_answers);
    test_case("arguments are checked", arguments_are_checked);
    test_case("readings are those of the profile", readings_are_those_of_the_profile);
    test_case("field values answer each for itself", field_values_answer_each_for_itself);
    test_case("throughput keeps the caller waiting", throughput_keeps_the_caller_waiting);
}
