/* Functions that came with 555 and later: a good call, and the codes of bad ones. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static struct node begin(const char *profile, const char *driver, const char *lines)
{
    static char scenario[512];
    snprintf(scenario, sizeof scenario, "profile %s\n%s", profile, lines);
    struct node node = node_start(driver, scenario, 0);
    library_use(&node, driver);
    return node;
}

static void end(struct node *node)
{
    library_done();
    node_stop(node);
}

static void temperature_and_margin_come_with_a_version(void)
{
    struct node node = begin("b200-8", "r580", "at 0s gpu 0 temperature.gpu set 91\nat 0s gpu 1 temperature.margin set -4\n");
    nvmlTemperature_v1_t temperature = {.version = 0x0100000C};
    nvmlMarginTemperature_v1_t margin = {.version = 0x01000008};
    nvmlFanSpeedInfo_v1_t fan = {.version = 0x0100000C};
    void *gpu = gpu_handle(0);
    CHECK(NVML(nvmlDeviceGetTemperatureV, gpu, &temperature) == 0 && temperature.temperature == 91);
    CHECK(NVML(nvmlDeviceGetMarginTemperature, gpu, &margin) == 0 && margin.marginTemperature == 87 - 91);
    CHECK(NVML(nvmlDeviceGetMarginTemperature, gpu_handle(1), &margin) == 0 && margin.marginTemperature == -4);
    temperature.sensorType = 1;
    CHECK_EQ(NVML(nvmlDeviceGetTemperatureV, gpu, &temperature), 2);
    temperature.version = 1;
    CHECK_EQ(NVML(nvmlDeviceGetTemperatureV, gpu, &temperature), 25);
    CHECK_EQ(NVML(nvmlDeviceGetTemperatureV, gpu, NULL), 2);
    margin.version = 0x02000008;
    CHECK_EQ(NVML(nvmlDeviceGetMarginTemperature, gpu, &margin), 25);
    CHECK_EQ(NVML(nvmlDeviceGetFanSpeedRPM, gpu, &fan), 3);
    fan.version = 0;
    CHECK_EQ(NVML(nvmlDeviceGetFanSpeedRPM, gpu, &fan), 25);
    end(&node);
}

static void a_rack_says_where_its_cards_are(void)
{
    struct node node = begin("gb200-4", "r580", "");
    nvmlPlatformInfo_v2_t platform = {.version = 0x0200002C}, first = {.version = 0x0100002C};
    nvmlDeviceCapabilities_v1_t capabilities = {.version = 0x01000008};
    nvmlDeviceAddressingMode_v1_t mode = {.version = 0x01000008};
    nvmlPdi_v1_t one = {.version = 0x01000010}, other = one;
    nvmlHostname_v1_t hostname;
    nvmlC2cModeInfo_v1_t c2c = {0};
    void *gpu = gpu_handle(2);
    CHECK_EQ(NVML(nvmlDeviceGetPlatformInfo, gpu, &platform), 0);
    CHECK(memcmp(platform.chassisSerialNumber, "1820325000001", 14) == 0 && platform.slotNumber == 9 && platform.trayIndex == 4);
    CHECK(platform.moduleId == 3 && platform.peerType == 1 && platform.hostId == 1 && platform.ibGuid[0] + platform.ibGuid[7] > 0);
    static const uint8_t none[8] = {0};
    CHECK(memcmp(platform.ibGuid + 8, none, 8) == 0); /* 8 bytes hold, 13 of the rack's */
    CHECK(NVML(nvmlDeviceGetPlatformInfo, gpu, &first) == 0 && first.moduleId == 3);
    CHECK(memcmp(first.chassisSerialNumber, platform.chassisSerialNumber, 13) != 0); /* the rack's GUID instead */
    CHECK(memcmp(first.ibGuid, platform.ibGuid, 16) == 0 && memcmp(first.chassisSerialNumber + 13, none, 3) == 0);
    CHECK(first.chassisSerialNumber[8] + first.chassisSerialNumber[12] > 0);
    platform.version = 0x0300002C;
    CHECK_EQ(NVML(nvmlDeviceGetPlatformInfo, gpu, &platform), 25);
    CHECK_EQ(read_u32("nvmlDeviceGetNumaNodeId", 3), 26);
    CHECK(NVML(nvmlDeviceGetCapabilities, gpu, &capabilities) == 0 && capabilities.capMask == 1);
    CHECK(NVML(nvmlDeviceGetAddressingMode, gpu, &mode) == 0 && mode.value == 2);
    CHECK(NVML(nvmlDeviceGetPdi, gpu, &one) == 0 && NVML(nvmlDeviceGetPdi, gpu_handle(1), &other) == 0 && one.value != other.value);
    CHECK(NVML(nvmlDeviceGetHostname_v1, gpu, &hostname) == 0 && strcmp(hostname.value, "simnode-gb200-4") == 0);
    CHECK(NVML(nvmlDeviceGetC2cModeInfoV, gpu, &c2c) == 0 && c2c.isC2cEnabled == 1);
    capabilities.version = mode.version = one.version = 7;
    CHECK_EQ(NVML(nvmlDeviceGetCapabilities, gpu, &capabilities), 25);
    CHECK_EQ(NVML(nvmlDeviceGetAddressingMode, gpu, &mode), 25);
    CHECK_EQ(NVML(nvmlDeviceGetPdi, gpu, &one), 25);
    CHECK(read_u32("nvmlDeviceGetBoardId", 0) != read_u32("nvmlDeviceGetBoardId", 1));
    end(&node);
    node = begin("h100-8", "r580", "");
    platform.version = 0x0200002C;
    CHECK_EQ(NVML(nvmlDeviceGetPlatformInfo, gpu_handle(0), &platform), 3);
    CHECK_EQ(read_u32("nvmlDeviceGetNumaNodeId", 0), -1 - 3);
    CHECK_EQ(NVML(nvmlDeviceGetC2cModeInfoV, gpu_handle(0), &c2c), 3);
    end(&node);
}

static void a_device_is_found_by_either_uuid(void)
{
    struct node node = begin("h100-8", "r580", "");
    char text[96];
    nvmlUUID_v1_t uuid = {.version = 0x01000034, .type = 1};
    nvmlSystemDriverBranchInfo_v1_t branch = {.version = 0x01000054};
    void *found = NULL;
    CHECK_EQ(NVML(nvmlDeviceGetUUID, gpu_handle(5), text, 96), 0);
    memcpy(uuid.value.str, text, 41);
    CHECK(NVML(nvmlDeviceGetHandleByUUIDV, &uuid, &found) == 0 && found == gpu_handle(5));
    uuid.type = 2;
    int byte = 0;
    for (const char *c = text + 4; *c != '\0' && byte < 16; c += 2) { /* behind "GPU-" */
        if (*c == '-') c++;
        char pair[3] = {c[0], c[1], '\0'};
        uuid.value.bytes[byte++] = (unsigned char)strtoul(pair, NULL, 16);
    }
    found = NULL;
    CHECK(NVML(nvmlDeviceGetHandleByUUIDV, &uuid, &found) == 0 && found == gpu_handle(5));
    uuid.value.bytes[0] ^= 1;
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUIDV, &uuid, &found), 6);
    uuid.type = 0;
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUIDV, &uuid, &found), 2);
    uuid.version = 1;
    CHECK_EQ(NVML(nvmlDeviceGetHandleByUUIDV, &uuid, &found), 25);
    CHECK(NVML(nvmlSystemGetDriverBranch, &branch, 80) == 0 && strcmp(branch.branch, "r580_00") == 0);
    CHECK_EQ(NVML(nvmlSystemGetDriverBranch, &branch, 4), 7);
    branch.version = 0;
    CHECK_EQ(NVML(nvmlSystemGetDriverBranch, &branch, 80), 25);
    end(&node);
}

static void the_tag_decides_the_layout_of_the_fabric(void)
{
    struct node node = begin("gb200-4", "r580", "at 10s gpu 0 fabric.health_mask set 0x12A9\nat 20s gpu 0 fabric.state set 2\n");
    nvmlGpuFabricInfo_v3_t third = {.version = 0x03000028};
    struct {
        nvmlGpuFabricInfo_v2_t info;
        uint32_t guard;
    } second = {.info.version = 0x02000024, .guard = 0xA5A5A5A5};
    nvmlGpuFabricInfo_t first;
    void *gpu = gpu_handle(0);
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu, &third) == 0 && third.state == 3 && third.cliqueId == 32766);
    CHECK(third.clusterUuid[0] == 0x8A && third.clusterUuid[15] == 0xC4 && third.healthMask == 0x11AA && third.healthSummary == 1);
    CHECK(node_request(&node, "advance 11s") && NVML(nvmlDeviceGetGpuFabricInfoV, gpu, &third) == 0);
    CHECK(third.healthMask == 0x12A9 && third.healthSummary == 2); /* bandwidth degraded, and configured wrongly */
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu, &second.info) == 0 && second.info.healthMask == 0x12A9 && second.guard == 0xA5A5A5A5);
    CHECK(NVML(nvmlDeviceGetGpuFabricInfo, gpu, &first) == 0 && first.cliqueId == 32766);
    CHECK(node_request(&node, "advance 10s") && NVML(nvmlDeviceGetGpuFabricInfoV, gpu, &third) == 0);
    CHECK(third.state == 2 && third.healthMask == 0);
    third.version = 0x01000028;
    CHECK_EQ(NVML(nvmlDeviceGetGpuFabricInfoV, gpu, &third), 25);
    end(&node);
    node = begin("h100-8", "r550", "");
    third.version = 0x03000028;
    CHECK_EQ(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(0), &third), 25); /* 580 brought it */
    CHECK(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(0), &second.info) == 0 && second.info.state == 3);
    end(&node);
    node = begin("a100-8", "r550", "");
    CHECK_EQ(NVML(nvmlDeviceGetGpuFabricInfoV, gpu_handle(0), &second.info), 3);
    end(&node);
}

static void links_tell_their_microcode_and_mode(void)
{
    static nvmlNvLinkInfo_v2_t second;
    nvmlNvLinkInfo_v1_t first = {.version = 0x01000008, .isNvleEnabled = 9};
    nvmlNvlinkGetBwMode_v1_t mode = {.version = 0x0100000C};
    struct node node = begin("b200-8", "r580", "");
    second.version = 0x0200064C;
    CHECK(NVML(nvmlDeviceGetNvLinkInfo, gpu_handle(0), &first) == 0 && first.isNvleEnabled == 0);
    CHECK(NVML(nvmlDeviceGetNvLinkInfo, gpu_handle(0), &second) == 0 && second.firmwareInfo.numValidEntries == 2);
    CHECK(second.firmwareInfo.firmwareVersion[1].ucodeType == 2);
    CHECK(NVML(nvmlDeviceGetNvlinkBwMode, gpu_handle(0), &mode) == 0 && mode.bIsBest == 1);
    first.version = 2;
    mode.version = 2;
    CHECK_EQ(NVML(nvmlDeviceGetNvLinkInfo, gpu_handle(0), &first), 25);
    CHECK_EQ(NVML(nvmlDeviceGetNvlinkBwMode, gpu_handle(0), &mode), 25);
    end(&node);
    node = begin("t4-4", "r580", "");
    CHECK_EQ(NVML(nvmlDeviceGetNvLinkInfo, gpu_handle(0), &second), 3);
    mode.version = 0x0100000C;
    CHECK_EQ(NVML(nvmlDeviceGetNvlinkBwMode, gpu_handle(0), &mode), 3);
    end(&node);
}

static void repairs_wait_for_a_reset(void)
{
    struct node node = begin("b200-8", "r610",
                             "at 0s gpu 0 repair.channel_pending set 1\nat 0s gpu 0 memory.unrepairable set 1\n"
                             "at 0s gpu 0 row_remap.uncorrected add 3\nat 0s gpu 0 row_remap.uncorrected_inactive add 1\n"
                             "at 0s gpu 0 recovery_action set 1\nat 0s gpu 1 recovery_action set 2\nat 10s gpu 0-1 reset\n");
    nvmlRepairStatus_v1_t repair = {.version = 0x0100000C};
    nvmlUnrepairableMemoryStatus_v1_t unrepairable = {0};
    nvmlRemappedRowsInfo_v2_t rows = {0};
    nvmlBBXTimeData_v1_t box = {0};
    CHECK(NVML(nvmlDeviceGetRepairStatus, gpu_handle(0), &repair) == 0 && repair.bChannelRepairPending == 1 && repair.bTpcRepairPending == 0);
    CHECK(NVML(nvmlDeviceGetUnrepairableMemoryFlag_v1, gpu_handle(0), &unrepairable) == 0 && unrepairable.bUnrepairableMemory == 1);
    CHECK(NVML(nvmlDeviceGetRemappedRows_v2, gpu_handle(0), &rows) == 0 && rows.uncActiveRemaps == 3 && rows.uncInactiveRemaps == 1);
    CHECK(NVML(nvmlDeviceGetBBXTimeData_v1, gpu_handle(0), &box) == 0 && box.timeRun > 0);
    CHECK_EQ(read_field(0, 230, 0), 1);
    CHECK(node_request(&node, "advance 11s"));
    library_done();
    library_use(&node, "r610");
    CHECK(NVML(nvmlDeviceGetRepairStatus, gpu_handle(0), &repair) == 0 && repair.bChannelRepairPending == 0);
    CHECK(NVML(nvmlDeviceGetUnrepairableMemoryFlag_v1, gpu_handle(0), &unrepairable) == 0 && unrepairable.bUnrepairableMemory == 1);
    CHECK_EQ(read_field(0, 230, 0), 0);
    CHECK_EQ(read_field(1, 230, 0), 2); /* a node that must reboot is not cured by a reset */
    repair.version = 0;
    CHECK_EQ(NVML(nvmlDeviceGetRepairStatus, gpu_handle(0), &repair), 25);
    end(&node);
}

static void where_sram_failed_is_told_to_root(void)
{
    struct node node = begin("h100-8", "r580", "at 0s gpu 0 ecc.sram.uncorrected add 4\nat 0s gpu 0 ecc.sram.uncorrected.parity add 1\n");
    nvmlEccSramUniqueUncorrectedErrorEntry_v1_t entries[2] = {0};
    nvmlEccSramUniqueUncorrectedErrorCounts_v1_t counts = {.version = 0x01000010};
    CHECK(NVML(nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, gpu_handle(0), &counts) == 0 && counts.entryCount == 2);
    counts.entries = entries;
    counts.entryCount = 1;
    CHECK_EQ(NVML(nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, gpu_handle(0), &counts), 7);
    CHECK(NVML(nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, gpu_handle(0), &counts) == 0 && entries[0].count == 4);
    CHECK(entries[1].isParity == 1 && entries[1].count == 1);
    counts.version = 0;
    CHECK_EQ(NVML(nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, gpu_handle(0), &counts), 25);
    end(&node);
}

/* A feature of the node: what is set on the first card, all cards tell. */
static void confidential_computing_can_be_on(void)
{
    struct node node = begin("b200-8", "r580", "at 0s gpu 0 confidential set 1\n");
    nvmlConfComputeSystemState_t state = {0};
    nvmlConfComputeMemSizeInfo_t sizes = {0};
    nvmlMemory_t protected = {0};
    unsigned accepting = 9;
    CHECK(NVML(nvmlSystemGetConfComputeState, &state) == 0 && state.ccFeature == 1 && state.environment == 2);
    CHECK(NVML(nvmlDeviceGetConfComputeMemSizeInfo, gpu_handle(5), &sizes) == 0 && sizes.protectedMemSizeKib == 183359ull * 1024);
    CHECK(NVML(nvmlDeviceGetConfComputeProtectedMemoryUsage, gpu_handle(5), &protected) == 0 &&
          protected.used + protected.free == 183359ull << 20);
    CHECK(NVML(nvmlSystemGetConfComputeGpusReadyState, &accepting) == 0 && accepting == 0);
    CHECK(node_request(&node, "inject gpu 0 confidential.ready set 1"));
    CHECK(NVML(nvmlSystemGetConfComputeGpusReadyState, &accepting) == 0 && accepting == 1);
    end(&node);
}

static void confidential_computing_is_off(void)
{
    struct node node = begin("b200-8", "r580", "");
    nvmlConfComputeMemSizeInfo_t sizes = {0};
    nvmlMemory_t protected = {.total = 1};
    nvmlDramEncryptionInfo_v1_t current = {.version = 0x01000008, .encryptionState = 9}, pending = current;
    nvmlWorkloadPowerProfileCurrentProfiles_v1_t profiles = {.version = 0x01000064};
    void *gpu = gpu_handle(0);
    CHECK(NVML(nvmlDeviceGetConfComputeMemSizeInfo, gpu, &sizes) == 0 && sizes.unprotectedMemSizeKib == 183359ull * 1024);
    CHECK(NVML(nvmlDeviceGetConfComputeProtectedMemoryUsage, gpu, &protected) == 0 && protected.total == 0);
    CHECK(NVML(nvmlDeviceGetDramEncryptionMode, gpu, &current, &pending) == 0 && current.encryptionState == 0);
    CHECK(NVML(nvmlDeviceWorkloadPowerProfileGetCurrentProfiles, gpu, &profiles) == 0 && profiles.enforcedProfilesMask.mask[0] == 0);
    pending.version = 0;
    CHECK_EQ(NVML(nvmlDeviceGetDramEncryptionMode, gpu, &current, &pending), 25);
    end(&node);
    node = begin("a100-8", "r580", "");
    pending.version = 0x01000008;
    CHECK_EQ(NVML(nvmlDeviceGetConfComputeMemSizeInfo, gpu_handle(0), &sizes), 3);
    CHECK_EQ(NVML(nvmlDeviceGetDramEncryptionMode, gpu_handle(0), &current, &pending), 3);
    CHECK_EQ(NVML(nvmlDeviceWorkloadPowerProfileGetCurrentProfiles, gpu_handle(0), &profiles), 3);
    end(&node);
}

static void ports_answer_each_counter_for_itself(void)
{
    struct node node = begin("b200-8", "r580", "at 0s gpu 0 link 4 plr_retry add 11\nat 0s gpu 0 link 4 down_events add 2\n");
    nvmlPRMCounter_v1_t counters[4] = {{.counterId = 305, .inData.localPort = 4}, {.counterId = 1, .inData.localPort = 4},
                                       {.counterId = 999}, {.counterId = 1, .inData.localPort = 18}};
    nvmlPRMCounterList_v1_t list = {.numCounters = 4, .counters = counters};
    static nvmlPRMTLV_v1_t raw;
    CHECK_EQ(NVML(nvmlDeviceReadPRMCounters_v1, gpu_handle(0), &list), 0);
    CHECK(counters[0].counterValue.status == 0 && counters[0].counterValue.outputValue.ullVal == 11);
    CHECK(counters[1].counterValue.outputValue.ullVal == 2 && counters[2].counterValue.status == 2 && counters[3].counterValue.status == 2);
    CHECK_EQ(NVML(nvmlDeviceReadWritePRM_v1, gpu_handle(0), &raw), 3);
    raw.dataSize = 497;
    CHECK_EQ(NVML(nvmlDeviceReadWritePRM_v1, gpu_handle(0), &raw), 2);
    list.numCounters = 0;
    CHECK_EQ(NVML(nvmlDeviceReadPRMCounters_v1, gpu_handle(0), &list), 2);
    end(&node);
    node = begin("h100-8", "r580", "");
    list.numCounters = 1;
    CHECK_EQ(NVML(nvmlDeviceReadPRMCounters_v1, gpu_handle(0), &list), 3);
    end(&node);
}

/* In a child, since rights once given away do not come back. */
static void who_is_not_root_is_told_so(void)
{
    struct node node = begin("b200-8", "r610", "at 0s gpu 0 ecc.sram.uncorrected add 4\n");
    CHECK_EQ(geteuid(), 0); /* the tests run as root */
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        nvmlPRMCounter_v1_t counter = {.counterId = 1};
        nvmlPRMCounterList_v1_t list = {.numCounters = 1, .counters = &counter};
        static nvmlPRMTLV_v1_t raw;
        nvmlGetCPER_v1_t cper = {0};
        nvmlEccSramUniqueUncorrectedErrorCounts_v1_t counts = {.version = 0x01000010};
        void *gpu = gpu_handle(0);
        bool refused = setuid(65534) == 0 && NVML(nvmlDeviceReadPRMCounters_v1, gpu, &list) == 4 &&
                       NVML(nvmlDeviceReadWritePRM_v1, gpu, &raw) == 4 && NVML(nvmlSystemGetCPER_v1, &cper) == 4 &&
                       NVML(nvmlDeviceGetSramUniqueUncorrectedEccErrorCounts, gpu, &counts) == 4 &&
                       NVML(nvmlDeviceClearEccErrorCounts, gpu, 0) == 4;
        _exit(refused ? 0 : 1);
    }
    int status = 1;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    nvmlGetCPER_v1_t cper = {.bufferSize = 64};
    CHECK(NVML(nvmlSystemGetCPER_v1, &cper) == 0 && cper.bufferSize == 0);
    CHECK_EQ(NVML(nvmlDeviceClearEccErrorCounts, gpu_handle(0), 0), 3);
    CHECK_EQ(NVML(nvmlDeviceResetNvLinkErrorCounters, gpu_handle(0), 0), 3);
    nvmlFieldValue_t field = {.fieldId = 82};
    CHECK_EQ(NVML(nvmlDeviceClearFieldValues, gpu_handle(0), 1, &field), 3);
    CHECK_EQ(read_ecc(0, 1, 0), 4);
    end(&node);
}

void functions_since_555_tests(void)
{
    test_case("temperature and margin come with a version", temperature_and_margin_come_with_a_version);
    test_case("a rack says where its cards are", a_rack_says_where_its_cards_are);
    test_case("a device is found by either uuid", a_device_is_found_by_either_uuid);
    test_case("the tag decides the layout of the fabric", the_tag_decides_the_layout_of_the_fabric);
    test_case("links tell their microcode and mode", links_tell_their_microcode_and_mode);
    test_case("repairs wait for a reset", repairs_wait_for_a_reset);
    test_case("where SRAM failed is told to root", where_sram_failed_is_told_to_root);
    test_case("confidential computing is off", confidential_computing_is_off);
    test_case("confidential computing can be on", confidential_computing_can_be_on);
    test_case("ports answer each counter for itself", ports_answer_each_counter_for_itself);
    test_case("who is not root is told so", who_is_not_root_is_told_so);
}
