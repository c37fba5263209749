#include "../nvml/nvml_abi.h"
#include "../sim/clock.h"
#include "check.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static nvmlEventSet_t watch_all(uint64_t types)
{
    nvmlEventSet_t set = NULL;
    CHECK_EQ(NVML(nvmlEventSetCreate, &set), 0);
    for (unsigned gpu = 0; gpu < 8; gpu++) CHECK_EQ(NVML(nvmlDeviceRegisterEvents, gpu_handle(gpu), types, set), 0);
    return set;
}

static void an_xid_reaches_set_and_kernel_log_at_once(void)
{
    struct node node = node_start("r550", NULL, 0);
    nvmlEventData_t data;
    library_use(&node, "r550");
    CHECK(node_request(&node, "inject gpu 2 xid 13 \"before anybody listens\""));
    nvmlEventSet_t set = watch_all(0x8);
    CHECK_EQ(NVML(nvmlEventSetWait_v2, set, &data, 0), 10);
    CHECK(node_request(&node, "inject gpu 2 xid 63 \"Row Remapper: New row (0x1) marked for remapping, reset gpu to activate.\""));
    CHECK(node_request(&node, "inject gpu 2 xid 94 \"Contained: SM (0x1). RST: No, D-RST: No\""));
    CHECK_EQ(NVML(nvmlEventSetWait_v2, set, &data, 0), 0);
    CHECK(data.device == gpu_handle(2) && data.eventType == 0x8 && data.eventData == 63 && data.gpuInstanceId == 0xFFFFFFFFu);
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventData == 94);
    CHECK_EQ(NVML(nvmlEventSetWait_v2, set, &data, 0), 10);
    const char *log = node_file(&node, "dev/kmsg");
    CHECK(strstr(log, ",-;NVRM: GPU at PCI:0000:3a:00: GPU-") != NULL);
    CHECK(strstr(log, ",-;NVRM: Xid (PCI:0000:3a:00): 63, Row Remapper: New row (0x1) marked") != NULL);
    CHECK(strstr(log, ",-;NVRM: Xid (PCI:0000:3a:00): 94, Contained: SM (0x1). RST: No") != NULL);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void lines_of_the_log_are_escaped_as_the_kernel_does(void)
{
    struct node node = node_start("r550", NULL, 0);
    CHECK(node_request(&node, "inject node kmsg \"nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Fatal, Link 02 a\\b \xc3\xbc\""));
    const char *log = node_file(&node, "dev/kmsg");
    CHECK(strstr(log, ",-;nvidia-nvswitch3: SXid (PCI:0000:c1:00.0): 20034, Fatal, Link 02 a\\x5cb \\xc3\\xbc\n") != NULL);
    node_stop(&node);
}

struct waiter {
    nvmlEventSet_t set;
    nvmlEventData_t data;
    int result;
    int64_t returned;
};

static void *wait_for_event(void *argument)
{
    struct waiter *waiter = argument;
    waiter->result = NVML(nvmlEventSetWait_v2, waiter->set, &waiter->data, 5000);
    waiter->returned = sim_monotonic_ns();
    return NULL;
}

static void a_waiting_caller_is_woken(void)
{
    struct node node = node_start("r550", "at 1h gpu 1 xid 45 \"Ch 0000000a\"\n", 0);
    library_use(&node, "r550");
    struct waiter waiter = {.set = watch_all(0x8)};
    pthread_t thread;
    pthread_create(&thread, NULL, wait_for_event, &waiter);
    usleep(30000);
    int64_t injected = sim_monotonic_ns();
    CHECK(node_request(&node, "advance 1h"));
    pthread_join(thread, NULL);
    CHECK(waiter.result == 0 && waiter.data.eventData == 45);
    CHECK(waiter.returned - injected < SIM_SECOND); /* by the futex, not by the five seconds running out */
    CHECK_EQ(NVML(nvmlEventSetFree, waiter.set), 0);
    library_done();
    node_stop(&node);
}

static void a_loss_is_told_then_refused(void)
{
    struct node node = node_start("r550", NULL, 0);
    nvmlEventData_t data;
    library_use(&node, "r550");
    void *gpu = gpu_handle(6);
    nvmlEventSet_t set = watch_all(0x8);
    CHECK(node_request(&node, "inject gpu 6 lost"));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 1000) == 0 && data.eventData == 79 && data.device == gpu);
    CHECK_EQ(NVML(nvmlEventSetWait_v2, set, &data, 1000), 15);
    CHECK(strstr(node_file(&node, "dev/kmsg"), "NVRM: GPU 0000:ba:00.0: GPU has fallen off the bus.") != NULL);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void ecc_events_come_with_their_counts(void)
{
    struct node node = node_start("r550", NULL, 0);
    nvmlEventData_t data;
    uint64_t supported = 0;
    library_use(&node, "r550");
    CHECK(NVML(nvmlDeviceGetSupportedEventTypes, gpu_handle(0), &supported) == 0 && (supported & 0xB) == 0xB);
    nvmlEventSet_t set = watch_all(0x3);
    CHECK_EQ(NVML(nvmlDeviceRegisterEvents, gpu_handle(0), (uint64_t)0x4000, set), 3);
    CHECK(node_request(&node, "inject gpu 0 ecc.dram.uncorrected add 2"));
    CHECK(NVML(nvmlEventSetWait_v2, set, &data, 0) == 0 && data.eventType == 0x2);
    CHECK_EQ(read_ecc(0, 1, 0), 2);
    CHECK_EQ(read_ecc(0, 1, 1), 2);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

static void the_old_wait_writes_24_bytes(void)
{
    struct node node = node_start("r470", NULL, 0);
    struct {
        nvmlEventData_v1_t data;
        uint64_t guard;
    } old = {.guard = 0x1122334455667788};
    library_use(&node, "r470");
    nvmlEventSet_t set = watch_all(0x8);
    CHECK(node_request(&node, "inject gpu 0 xid 31 \"x\""));
    CHECK(NVML(nvmlEventSetWait, set, &old.data, 0) == 0 && old.data.eventData == 31 && old.guard == 0x1122334455667788);
    CHECK_EQ(NVML(nvmlEventSetFree, set), 0);
    library_done();
    node_stop(&node);
}

void event_tests(void)
{
    test_case("an Xid reaches set and kernel log at once", an_xid_reaches_set_and_kernel_log_at_once);
    test_case("lines of the log are escaped as the kernel does", lines_of_the_log_are_escaped_as_the_kernel_does);
    test_case("a waiting caller is woken", a_waiting_caller_is_woken);
    test_case("a loss is told, then refused", a_loss_is_told_then_refused);
    test_case("ECC events come with their counts", ecc_events_come_with_their_counts);
    test_case("the old wait writes 24 bytes", the_old_wait_writes_24_bytes);
}
