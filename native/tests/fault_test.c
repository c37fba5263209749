/* Faults of cards and of calls, as a caller of the library meets them. */
#include "../sim/clock.h"
#include "check.h"

#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static void a_lost_gpu_is_counted_but_silent(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned count = 0;
    char text[96];
    library_use(&node, "r550");
    void *old = gpu_handle(3), *fresh;
    CHECK(node_request(&node, "inject gpu 3 lost"));
    CHECK(NVML(nvmlDeviceGetCount_v2, &count) == 0 && count == 8);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 3, &fresh), 15);
    CHECK_EQ(NVML(nvmlDeviceGetName, old, text, 96), 15);
    CHECK_EQ(NVML(nvmlDeviceGetPowerUsage, old, &count), 15);
    CHECK(read_temperature(2) > 0 && read_temperature(4) > 0);
    CHECK(strcmp(node_file(&node, "sys/bus/pci/devices/0000:5d:00.0/vendor"), "") == 0);
    CHECK(strcmp(node_file(&node, "sys/bus/pci/devices/0000:3a:00.0/vendor"), "0x10de\n") == 0);
    CHECK(node_request(&node, "inject gpu 3 reset") && NVML(nvmlDeviceGetName, old, text, 96) == 15); /* no reset helps */
    CHECK(node_request(&node, "inject gpu 3 recovered") && NVML(nvmlDeviceGetName, old, text, 96) == 0);
    CHECK(node_request(&node, "inject gpu 3 lost for 10s") && NVML(nvmlDeviceGetName, old, text, 96) == 15);
    CHECK(node_request(&node, "advance 11s") && NVML(nvmlDeviceGetName, old, text, 96) == 0);
    library_done();
    node_stop(&node);
}

static void reset_required_leaves_identity(void)
{
    struct node node = node_start("r550", NULL, 0);
    char text[96];
    unsigned value;
    library_use(&node, "r550");
    void *gpu = gpu_handle(4);
    CHECK(node_request(&node, "inject gpu 4 reset-required"));
    CHECK_EQ(NVML(nvmlDeviceGetName, gpu, text, 96), 0);
    CHECK_EQ(NVML(nvmlDeviceGetPowerUsage, gpu, &value), 16);
    CHECK(node_request(&node, "inject gpu 4 reset"));
    CHECK_EQ(NVML(nvmlDeviceGetPowerUsage, gpu, &value), 15); /* a handle from before the reset is dead */
    library_done();
    library_use(&node, "r550");
    CHECK(read_u32("nvmlDeviceGetPowerUsage", 4) > 0);
    library_done();
    node_stop(&node);
}

struct caller {
    void *gpu;
    atomic_int state; /* 0 calling, 1 returned */
    int result;
};

static void *call_temperature(void *argument)
{
    struct caller *caller = argument;
    unsigned value;
    caller->result = NVML(nvmlDeviceGetTemperature, caller->gpu, 0, &value);
    atomic_store(&caller->state, 1);
    return NULL;
}

static void a_hang_ends_with_its_time_and_spares_the_siblings(void)
{
    struct node node = node_start("r550", "at 5s gpu 5 hang nvmlDeviceGetTemperature for 20s\n", 0);
    library_use(&node, "r550");
    CHECK(node_request(&node, "advance 6s"));
    struct caller caller = {.gpu = gpu_handle(5)};
    pthread_t thread;
    pthread_create(&thread, NULL, call_temperature, &caller);
    usleep(30000);
    CHECK_EQ(atomic_load(&caller.state), 0);
    CHECK(read_temperature(4) > 0);                        /* another card */
    CHECK(read_u32("nvmlDeviceGetPowerUsage", 5) > 0);     /* another function */
    CHECK(node_request(&node, "advance 18s"));
    usleep(10000);
    CHECK_EQ(atomic_load(&caller.state), 0);
    CHECK(node_request(&node, "advance 2s"));
    pthread_join(thread, NULL);
    CHECK_EQ(caller.result, 0);
    library_done();
    node_stop(&node);
}

static void a_hang_yields_to_sigkill_alone(void)
{
    struct node node = node_start("r550", NULL, 0);
    CHECK(node_request(&node, "inject node hang nvmlDeviceGetTemperature"));
    pid_t child = fork();
    if (child == 0) {
        library_use(&node, "r550");
        read_temperature(0);
        _exit(0);
    }
    usleep(100000);
    kill(child, SIGTERM);
    kill(child, SIGINT);
    usleep(50000);
    int status;
    CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
    kill(child, SIGKILL);
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    node_stop(&node);
}

static void a_handle_getter_meets_its_gpus_faults(void)
{
    struct node node = node_start("r550", "at 0s gpu 5 fail nvmlDeviceGetHandleByIndex_v2 with GPU_IS_LOST\n", 0);
    void *gpu;
    library_use(&node, "r550");
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 5, &gpu), 15);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByIndex_v2, 4, &gpu), 0);
    CHECK_EQ(NVML(nvmlDeviceGetHandleByPciBusId_v2, "0000:ab:00.0", &gpu), 0); /* another function */
    library_done();
    node_stop(&node);
}

static void clear_ends_a_hang(void)
{
    struct node node = node_start("r550", "at 0s node hang *\n", 0);
    pid_t child = fork();
    if (child == 0) {
        library_open(&node, "r550");
        _exit(NVML(nvmlInit_v2));
    }
    usleep(50000);
    int status;
    CHECK_EQ(waitpid(child, &status, WNOHANG), 0);
    CHECK(node_request(&node, "inject node clear *"));
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    node_stop(&node);
}

static void a_crash_kills_the_caller(void)
{
    struct node node = node_start("r550", "at 0s gpu 7 crash nvmlDeviceGetTemperature\n", 0);
    for (unsigned gpu = 6; gpu < 8; gpu++) {
        int status;
        pid_t child = fork();
        if (child == 0) {
            signal(SIGSEGV, SIG_DFL);
            library_use(&node, "r550");
            _exit(read_temperature(gpu) > 0 ? 0 : 9);
        }
        waitpid(child, &status, 0);
        CHECK(gpu == 6 ? WIFEXITED(status) && WEXITSTATUS(status) == 0 : WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
    }
    node_stop(&node);
}

static void slow_and_failing_calls(void)
{
    struct node node = node_start("r550", NULL, 1);
    library_use(&node, "r550");
    CHECK(node_request(&node, "inject gpu 1 slow nvmlDeviceGetTemperature by 60ms"));
    int64_t before = sim_monotonic_ns();
    CHECK(read_temperature(1) > 0);
    CHECK(sim_monotonic_ns() - before >= 60000000);
    CHECK(node_request(&node, "inject gpu 1 fail nvmlDeviceGetPowerUsage with UNKNOWN for 30s"));
    CHECK_EQ(read_u32("nvmlDeviceGetPowerUsage", 1), -1 - 999);
    CHECK(node_request(&node, "advance 31s") && read_u32("nvmlDeviceGetPowerUsage", 1) > 0);
    CHECK(node_request(&node, "inject node fail nvmlDeviceGetPowerUsage with 4"));
    CHECK_EQ(read_u32("nvmlDeviceGetPowerUsage", 6), -1 - 4);
    library_done();
    node_stop(&node);
}

static void links_go_down_and_count(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned state;
    uint64_t errors;
    library_use(&node, "r550");
    void *gpu = gpu_handle(0);
    CHECK(NVML(nvmlDeviceGetNvLinkState, gpu, 7, &state) == 0 && state == 1);
    CHECK(node_request(&node, "inject gpu 0 link 7 down for 5s") && node_request(&node, "inject gpu 0 link 7 replay add 3"));
    CHECK(NVML(nvmlDeviceGetNvLinkState, gpu, 7, &state) == 0 && state == 0);
    CHECK(NVML(nvmlDeviceGetNvLinkState, gpu, 6, &state) == 0 && state == 1);
    CHECK(NVML(nvmlDeviceGetNvLinkErrorCounter, gpu, 7, 0, &errors) == 0 && errors == 3);
    CHECK(node_request(&node, "advance 6s") && NVML(nvmlDeviceGetNvLinkState, gpu, 7, &state) == 0 && state == 1);
    library_done();
    node_stop(&node);
}

void fault_tests(void)
{
    test_case("a lost GPU is counted but silent", a_lost_gpu_is_counted_but_silent);
    test_case("reset-required leaves identity", reset_required_leaves_identity);
    test_case("a hang ends with its time and spares the siblings", a_hang_ends_with_its_time_and_spares_the_siblings);
    test_case("a hang yields to SIGKILL alone", a_hang_yields_to_sigkill_alone);
    test_case("a handle getter meets its GPU's faults", a_handle_getter_meets_its_gpus_faults);
    test_case("clear ends a hang", clear_ends_a_hang);
    test_case("a crash kills the caller", a_crash_kills_the_caller);
    test_case("slow and failing calls", slow_and_failing_calls);
    test_case("links go down and count", links_go_down_and_count);
}
