/* Events by driver, and the system event sets of 575. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <string.h>

static nvmlEventSet_t watch(unsigned gpu, uint64_t types)
{
    nvmlEventSet_t set = NULL;
    CHECK_EQ(NVML(nvmlEventSetCreate, &set), 0);
    CHECK_EQ(NVML(nvmlDeviceRegisterEvents, gpu_handle(gpu), types, set), 0);
    return set;
}

static void a_driver_supports_the_events_of_its_header(void)
{
    static const struct {
        const char *driver;
        uint64_t types;
    } drivers[] = {{"r450", 0x19F}, {"r550", 0x19F}, {"r560", 0x3F9F}, {"r575", 0xFF9F}, {"r610", 0xFF9F}};
    for (size_t i = 0; i < sizeof drivers / sizeof *drivers; i++) {
        struct node node = node_start(drivers[i].driver, NULL, 0);
        uint64_t types = 0;
        library_use(&node, drivers[i].driver);
        CHECK_EQ(NVML(nvmlDeviceGetSupportedEventTypes, gpu_handle(0), &types), 0);
        CHECK_EQ(types, drivers[i].types);
        library_done();
        node_stop(&node);
    }
}

static void a_card_without_mig_has_no_event_of_it(void)
{
    struct node node = node_start("r550", "profile t4-4\n", 0);
    nvmlEventSet_t set = NULL;
    uint64_t types = 0;
    library_use(&node, "r550");
    CHECK(NVML(nvmlDeviceGetSupportedEventTypes, gpu_handle(0), &types) == 0 && types == 0x9F);
    CHECK_EQ(NVML(nvmlEventSetCreate, &set), 0);
    CHECK_EQ(NVML(nvmlDeviceRegisterEvents, gpu_handle(0), (uint64_t)0x100, set), 3);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void lines_become_events_of_their_kind(void)
{
    static const struct {
        const char *fault;
        uint64_t type, data;
    } faults[] = {
        {"ecc.dram.corrected add 1", 0x1, 0},     {"ecc.sram.uncorrected add 1", 0x2, 0}, {"pstate set 8", 0x4, 0},
        {"xid 48 \"DBE\"", 0x8, 48},              {"event clock", 0x10, 0},               {"power.source set 2", 0x80, 0},
        {"event mig-config", 0x100, 0},           {"event single-bit-storm", 0x200, 0},   {"row_remap.uncorrected add 1", 0x400, 0},
        {"row_remap.failed set 1", 0x800, 0},     {"event poison data 5", 0x1000, 5},     {"event fatal-poison", 0x2000, 0},
        {"event unavailable", 0x4000, 0},         {"recovery_action set 4", 0x8000, 4}};
    struct node node = node_start("r580", NULL, 0);
    nvmlEventData_t data;
    library_use(&node, "r580");
    nvmlEventSet_t set = watch(3, 0xFF9F);
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
        CHECK(node_request(&node, "inject gpu 3 %s", faults[i].fault));
        int result = NVML(nvmlEventSetWait_v2, set, &data, 0);
        check_that(result == 0 && data.eventType == faults[i].type && data.eventData == faults[i].data, __FILE__, __LINE__,
                   faults[i].fault, "gave %d, type 0x%llx, data %llu", result, (unsigned long long)data.eventType,
                   (unsigned long long)data.eventData);
    }
    CHECK_EQ(NVML(nvmlEventSetWait_v2, set, &data, 0), 10);
    CHECK(node_request(&node, "inject gpu 3 row_remap.failed set 0") && node_request(&node, "inject gpu 3 event single-bit"));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventType == 0x1); /* a failure taken back is none */
    CHECK(!node_request(&node, "inject gpu 3 event explosion") && !node_request(&node, "inject gpu 3 event poison data -1"));
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void a_loss_is_an_xid_and_an_absence(void)
{
    struct node node = node_start("r580", NULL, 0);
    nvmlEventData_t data;
    library_use(&node, "r580");
    nvmlEventSet_t both = watch(1, 0x4008), absence = watch(1, 0x4000);
    CHECK(node_request(&node, "inject gpu 1 lost"));
    CHECK(NVML(nvmlEventSetWait_v2, both, &data, 0) == 0 && data.eventType == 0x8 && data.eventData == 79);
    CHECK(NVML(nvmlEventSetWait_v2, both, &data, 0) == 0 && data.eventType == 0x4000 && data.eventData == 0);
    CHECK_EQ(NVML(nvmlEventSetWait_v2, both, &data, 0), 15);
    CHECK(NVML(nvmlEventSetWait_v2, absence, &data, 0) == 0 && data.eventType == 0x4000);
    CHECK_EQ(NVML(nvmlEventSetFree, both), 0);
    CHECK_EQ(NVML(nvmlEventSetFree, absence), 0);
    library_done();
    node_stop(&node);
}

static void a_card_taken_from_the_driver_is_a_system_event(void)
{
    struct node node = node_start("r575", NULL, 0);
    nvmlSystemEventData_v1_t data[2] = {{0}};
    nvmlSystemEventSetCreateRequest_v1_t create = {.version = 0x01000010};
    library_use(&node, "r575");
    CHECK(node_request(&node, "inject gpu 1 unbind for 1s") && node_request(&node, "advance 2s")); /* before anybody listens */
    CHECK(NVML(nvmlSystemEventSetCreate, &create) == 0 && create.set != NULL);
    nvmlSystemRegisterEventRequest_v1_t registration = {.version = 0x01000018, .eventTypes = 3, .set = create.set};
    nvmlSystemEventSetWaitRequest_v1_t wait = {.version = 0x01000020, .set = create.set, .data = data, .dataSize = 2};
    CHECK_EQ(NVML(nvmlSystemRegisterEvents, &registration), 0);
    CHECK_EQ(NVML(nvmlSystemEventSetWait, &wait), 10);
    void *gpu = gpu_handle(2);
    unsigned board = (unsigned)read_u32("nvmlDeviceGetBoardId", 2), value;
    CHECK(node_request(&node, "inject gpu 2 unbind for 30s"));
    CHECK(NVML(nvmlSystemEventSetWait, &wait) == 0 && wait.numEvent == 1);
    CHECK(data[0].eventType == 1 && data[0].gpuId == board);
    CHECK_EQ(NVML(nvmlDeviceGetPowerUsage, gpu, &value), 15);
    CHECK(node_request(&node, "status") && strstr(node_answer, " unbound ") != NULL);
    CHECK_EQ(NVML(nvmlSystemEventSetWait, &wait), 10);
    CHECK(node_request(&node, "advance 30s") && node_request(&node, "inject gpu 3-5 unbind"));
    CHECK(NVML(nvmlSystemEventSetWait, &wait) == 0 && wait.numEvent == 2);
    CHECK(data[0].eventType == 2 && data[0].gpuId == board && data[1].eventType == 1);
    CHECK(NVML(nvmlSystemEventSetWait, &wait) == 0 && wait.numEvent == 2); /* three at one instant, two in a call */
    CHECK_EQ(NVML(nvmlSystemEventSetWait, &wait), 10);
    CHECK(node_request(&node, "inject gpu 3 bind") && NVML(nvmlSystemEventSetWait, &wait) == 0 && data[0].eventType == 2);
    CHECK(read_u32("nvmlDeviceGetPowerUsage", 3) > 0);
    registration.eventTypes = 4;
    CHECK_EQ(NVML(nvmlSystemRegisterEvents, &registration), 2);
    wait.version = 1;
    CHECK_EQ(NVML(nvmlSystemEventSetWait, &wait), 25);
    nvmlSystemEventSetFreeRequest_v1_t release = {.version = 0x01000010, .set = create.set};
    CHECK_EQ(NVML(nvmlSystemEventSetFree, &release), 0);
    create.version = 1;
    CHECK_EQ(NVML(nvmlSystemEventSetCreate, &create), 25);
    library_done();
    node_stop(&node);
}

void event_kinds_tests(void)
{
    test_case("a driver supports the events of its header", a_driver_supports_the_events_of_its_header);
    test_case("a card without MIG has no event of it", a_card_without_mig_has_no_event_of_it);
    test_case("lines become events of their kind", lines_become_events_of_their_kind);
    test_case("a loss is an Xid and an absence", a_loss_is_an_xid_and_an_absence);
    test_case("a card taken from the driver is a system event", a_card_taken_from_the_driver_is_a_system_event);
}
