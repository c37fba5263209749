#include "../sim/functions.h"
#include "check.h"

#include <string.h>

/* First drivers as literals, from nvml.h revisions: what an old driver must lack and what every driver must have. */
static const char *const always[] = {
    "nvmlInit_v2", "nvmlShutdown", "nvmlErrorString", "nvmlDeviceGetCount_v2", "nvmlDeviceGetHandleByIndex_v2",
    "nvmlDeviceGetPciInfo_v3", "nvmlDeviceGetComputeRunningProcesses", "nvmlDeviceGetComputeRunningProcesses_v2",
    "nvmlDeviceGetRemappedRows", "nvmlDeviceGetRowRemapperHistogram", "nvmlDeviceGetMigMode", "nvmlEventSetWait",
    "nvmlEventSetWait_v2", "nvmlDeviceGetCurrentClocksThrottleReasons", "nvmlDeviceGetFieldValues",
    "nvmlDeviceGetPciInfo", "nvmlDeviceGetHandleByIndex", "nvmlDeviceGetMPSComputeRunningProcesses_v2", "nvmlInternalGetExportTable"};
static const char *const since_455_to_470[] = {"nvmlDeviceGetNvLinkRemoteDeviceType", "nvmlDeviceGetClkMonStatus",
                                               "nvmlGetExcludedDeviceCount", "nvmlComputeInstanceGetInfo_v2"};
static const char *const since_535_104[] = {"nvmlDeviceGetRunningProcessDetailList", "nvmlDeviceGetSramEccErrorStatus"};
static const char *const since_510_to_535[] = {
    "nvmlDeviceGetMemoryInfo_v2", "nvmlDeviceGetComputeRunningProcesses_v3", "nvmlDeviceGetGspFirmwareMode", "nvmlDeviceGetNumFans",
    "nvmlDeviceGetPcieSpeed", "nvmlGpmQueryDeviceSupport", "nvmlDeviceGetGpuFabricInfo", "nvmlDeviceGetModuleId",
    "nvmlDeviceGetCurrentClocksEventReasons", "nvmlDeviceGetJpgUtilization", "nvmlDeviceGetIrqNum", "nvmlDeviceGetDefaultEccMode"};
static const char *const since_550[] = {"nvmlDeviceGetGpuFabricInfoV", "nvmlDeviceGetNumaNodeId", "nvmlDeviceGetPciInfoExt",
                                        "nvmlSystemGetConfComputeSettings"};
static const char *const since_555_to_580[] = {
    "nvmlDeviceGetTemperatureV", "nvmlDeviceGetMarginTemperature", "nvmlSystemGetDriverBranch", "nvmlDeviceGetPlatformInfo",
    "nvmlDeviceGetRepairStatus", "nvmlDeviceGetHandleByUUIDV", "nvmlSystemEventSetCreate", "nvmlSystemRegisterEvents",
    "nvmlSystemEventSetWait", "nvmlSystemEventSetFree", "nvmlDeviceGetPdi", "nvmlDeviceGetCapabilities",
    "nvmlDeviceGetAddressingMode", "nvmlDeviceGetHostname_v1", "nvmlDeviceGetFanSpeedRPM", "nvmlDeviceGetDramEncryptionMode",
    "nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts", "nvmlDeviceGetNvLinkInfo", "nvmlDeviceGetNvlinkBwMode",
    "nvmlDeviceReadPRMCounters_v1", "nvmlDeviceReadWritePRM_v1", "nvmlDeviceWorkloadPowerProfileGetCurrentProfiles"};
/* Of those, what 560 has and what 575 has. */
static const char *const since_555_to_560[] = {"nvmlSystemGetDriverBranch", "nvmlDeviceGetCapabilities"};
static const char *const since_565_to_575[] = {
    "nvmlDeviceGetTemperatureV", "nvmlDeviceGetMarginTemperature", "nvmlDeviceGetPlatformInfo", "nvmlDeviceGetHandleByUUIDV",
    "nvmlSystemEventSetCreate", "nvmlDeviceGetFanSpeedRPM", "nvmlDeviceGetDramEncryptionMode", "nvmlDeviceGetNvlinkBwMode",
    "nvmlDeviceWorkloadPowerProfileGetCurrentProfiles"};
static const char *const since_580[] = {
    "nvmlDeviceGetRepairStatus", "nvmlDeviceGetPdi", "nvmlDeviceGetAddressingMode", "nvmlDeviceGetHostname_v1",
    "nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts", "nvmlDeviceGetNvLinkInfo", "nvmlDeviceReadWritePRM_v1"};
static const char *const since_590_to_610[] = {"nvmlDeviceGetRemappedRows_v2", "nvmlDeviceGetUnrepairableMemoryFlag_v1",
                                               "nvmlDeviceGetBBXTimeData_v1", "nvmlSystemGetCPER_v1"};

static void expect_all(const char *const *names, size_t count, bool present)
{
    for (size_t i = 0; i < count; i++)
        check_that((library_symbol(names[i]) != NULL) == present, __FILE__, __LINE__, names[i], present ? "is missing" : "leaks");
}
#define EXPECT(names, present) expect_all(names, sizeof names / sizeof *names, present)

static void expect_table(int release)
{
    for (int i = 0; i < FUNCTION_COUNT; i++)
        check_that((library_symbol(function_name(i)) != NULL) == (function_first_driver(i) <= release), __FILE__, __LINE__,
                   function_name(i), "does not match its first driver %d in %d", function_first_driver(i), release);
}

static void driver_450_is_the_oldest(void)
{
    library_open(NULL, "r450");
    EXPECT(always, true);
    EXPECT(since_455_to_470, false);
    EXPECT(since_510_to_535, false);
    expect_table(RELEASE(450, 248));
}

static void driver_470_lacks_what_is_newer(void)
{
    library_open(NULL, "r470");
    EXPECT(always, true);
    EXPECT(since_455_to_470, true);
    EXPECT(since_510_to_535, false);
    EXPECT(since_550, false);
    EXPECT(since_555_to_580, false);
    expect_table(RELEASE(470, 256));
}

static void an_early_535_lacks_what_came_within_the_branch(void)
{
    library_open(NULL, "r535-86");
    EXPECT(always, true);
    EXPECT(since_510_to_535, true);
    EXPECT(since_535_104, false);
    expect_table(RELEASE(535, 86));
}

static void driver_535_stands_between(void)
{
    library_open(NULL, "r535");
    EXPECT(since_535_104, true);
    EXPECT(always, true);
    EXPECT(since_510_to_535, true);
    EXPECT(since_550, false);
    expect_table(RELEASE(535, 261));
}

static void driver_550_has_its_own(void)
{
    library_open(NULL, "r550");
    EXPECT(always, true);
    EXPECT(since_510_to_535, true);
    EXPECT(since_550, true);
    EXPECT(since_555_to_580, false);
    expect_table(RELEASE(550, 163));
    CHECK(library_symbol("node_open") == NULL); /* nothing of the inside */
}

static void drivers_560_and_575_stand_between(void)
{
    library_open(NULL, "r560");
    EXPECT(always, true);
    EXPECT(since_550, true);
    EXPECT(since_555_to_560, true);
    EXPECT(since_565_to_575, false);
    EXPECT(since_580, false);
    expect_table(RELEASE(560, 35));
    library_open(NULL, "r575");
    EXPECT(always, true);
    EXPECT(since_555_to_560, true);
    EXPECT(since_565_to_575, true);
    EXPECT(since_580, false);
    EXPECT(since_590_to_610, false);
    expect_table(RELEASE(575, 57));
}

static void drivers_580_and_610_have_the_newest(void)
{
    library_open(NULL, "r580");
    EXPECT(always, true);
    EXPECT(since_535_104, true);
    EXPECT(since_550, true);
    EXPECT(since_555_to_580, true);
    EXPECT(since_590_to_610, false);
    expect_table(RELEASE(580, 95));
    library_open(NULL, "r610");
    EXPECT(since_555_to_580, true);
    EXPECT(since_590_to_610, true);
    expect_table(RELEASE(610, 43));
    for (int i = 0; i < FUNCTION_COUNT; i++)
        check_that(library_symbol(function_name(i)) != NULL, __FILE__, __LINE__, function_name(i), "is exported by no driver");
}

static void error_texts_follow_the_generation(void)
{
    library_open(NULL, "r470");
    const char *(*text)(int) = (const char *(*)(int))library_symbol("nvmlErrorString");
    CHECK(strcmp(text(15), "GPU is lost") == 0);
    CHECK(strcmp(text(25), "Unknown Error") == 0);
    library_open(NULL, "r550");
    text = (const char *(*)(int))library_symbol("nvmlErrorString");
    CHECK(strcmp(text(25), "Argument version mismatch") == 0);
    CHECK(strcmp(text(-1), "Unknown Error") == 0 && strcmp(text(999), "Unknown Error") == 0);
}

static void the_export_table_is_for_its_identifier_alone(void)
{
    static const unsigned char known[16] = {0xc4, 0xfe, 0x3e, 0x6c, 0xc9, 0x8f, 0x6c, 0x4e,
                                            0xa3, 0x27, 0xee, 0x69, 0x6e, 0x12, 0xf7, 0xc4};
    static const unsigned char other[16] = {1};
    const uintptr_t *table = NULL;
    struct node node = node_start("r535", NULL, 0);
    library_use(&node, "r535");
    CHECK_EQ(NVML(nvmlInternalGetExportTable, &table, other), 2);
    CHECK_EQ(NVML(nvmlInternalGetExportTable, NULL, known), 2);
    CHECK_EQ(NVML(nvmlInternalGetExportTable, &table, known), 0);
    CHECK(table != NULL && table[0] >= 231 * sizeof *table); /* the size first, in bytes */
    void *gpu = NULL;
    CHECK_EQ(((int (*)())table[81])(6, &gpu, 0x22), 0); /* a handle by index, as nvidia-smi asks for it */
    CHECK(gpu != NULL && gpu == gpu_handle(6));
    CHECK_EQ(((int (*)())table[82])(NULL, NULL, NULL), 3);
    library_done();
    node_stop(&node);
}

void symbol_tests(void)
{
    test_case("the export table is for its identifier alone", the_export_table_is_for_its_identifier_alone);
    test_case("driver 450 is the oldest", driver_450_is_the_oldest);
    test_case("an early 535 lacks what came within the branch", an_early_535_lacks_what_came_within_the_branch);
    test_case("drivers 580 and 610 have the newest", drivers_580_and_610_have_the_newest);
    test_case("driver 470 lacks what is newer", driver_470_lacks_what_is_newer);
    test_case("driver 535 stands between", driver_535_stands_between);
    test_case("drivers 560 and 575 stand between", drivers_560_and_575_stand_between);
    test_case("driver 550 has its own", driver_550_has_its_own);
    test_case("error texts follow the generation", error_texts_follow_the_generation);
}
