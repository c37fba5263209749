/* Processes and to whom they belong: NVML's lists and the files under /proc tell the same. */
#include "../nvml/nvml_abi.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define NONE 0xFFFFFFFFu

/* The one process of a card; 0 when there is none. */
static unsigned pid_on(unsigned gpu)
{
    nvmlProcessInfo_t infos[8];
    unsigned count = 8;
    CHECK_EQ(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(gpu), &count, infos), 0);
    return count == 1 ? infos[0].pid : 0;
}

static const char *proc_file(const struct node *node, unsigned pid, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "proc/%u/%s", pid, name);
    return node_file(node, path);
}

static bool exists(const struct node *node, const char *path)
{
    char full[512];
    struct stat st;
    snprintf(full, sizeof full, "%s/%s", node->root, path);
    return stat(full, &st) == 0;
}

static void a_process_has_the_kernels_files(void)
{
    struct node node = node_start("r550", NULL, 0);
    char expected[128];
    library_use(&node, "r550");
    for (unsigned gpu = 0; gpu < 8; gpu++) {
        unsigned pid = pid_on(gpu);
        snprintf(expected, sizeof expected, "0::/system.slice/slurmstepd.scope/job_4242/step_0/user/task_%u\n", gpu);
        CHECK(strcmp(proc_file(&node, pid, "cgroup"), expected) == 0);
        snprintf(expected, sizeof expected, "%u (python3) R 1 ", pid);
        const char *stat = proc_file(&node, pid, "stat");
        CHECK(strncmp(stat, expected, strlen(expected)) == 0);
        unsigned fields = 1;
        for (const char *c = stat; *c != '\0'; c++) fields += *c == ' ';
        CHECK_EQ(fields, 52); /* proc(5) */
        snprintf(expected, sizeof expected, "\nPid:\t%u\n", pid);
        CHECK(strstr(proc_file(&node, pid, "status"), expected) != NULL && strcmp(proc_file(&node, pid, "comm"), "python3\n") == 0);
    }
    library_done();
    node_stop(&node);
}

static void processes_go_with_their_job(void)
{
    struct node node = node_start("r550", "at 10s gpu * load idle\nat 20s gpu 0-1 load 0.9\n", 0);
    library_use(&node, "r550");
    unsigned first = pid_on(0);
    CHECK(first >= 4000000 && strlen(proc_file(&node, first, "cgroup")) > 0);
    CHECK(node_request(&node, "advance 11s"));
    CHECK(pid_on(0) == 0 && strlen(proc_file(&node, first, "cgroup")) == 0);
    CHECK(node_request(&node, "advance 10s"));
    unsigned second = pid_on(0);
    CHECK(second != 0 && second != first && pid_on(1) != 0 && pid_on(1) != second && pid_on(2) == 0);
    CHECK(strstr(proc_file(&node, second, "cgroup"), "/step_0/user/task_0") != NULL);
    CHECK(strstr(proc_file(&node, pid_on(1), "cgroup"), "/step_0/user/task_1") != NULL);
    CHECK(node_request(&node, "inject node driver unload"));
    CHECK(strlen(proc_file(&node, second, "cgroup")) == 0);
    library_done();
    node_stop(&node);
}

static void scheduled_jobs_change_with_their_slots(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned seen = 0, last = 0, changes = 0;
    library_use(&node, "r550");
    for (int i = 0; i < 24; i++) {
        unsigned pid = pid_on(0), job = 0;
        const char *at = pid != 0 ? strstr(proc_file(&node, pid, "cgroup"), "job_") : NULL;
        CHECK((pid != 0) == (at != NULL));
        if (at != NULL) job = (unsigned)strtoul(at + 4, NULL, 10);
        if (job != 0 && job != last) {
            CHECK(job > last);
            changes++;
            last = job;
        }
        seen += pid != 0;
        CHECK(node_request(&node, "advance 15m"));
    }
    CHECK(seen > 10 && changes > 4);
    library_done();
    node_stop(&node);
}

static void a_line_names_the_owner(void)
{
    struct node node = node_start("r550",
                                  "at 0s gpu 0-3 job slurm 77 step batch user 1234 v1 for 60s\n"
                                  "at 0s gpu 4 job pod ml train-0 uid 0a1b2c3d-0000-4000-8000-0123456789ab\n"
                                  "at 0s gpu 5 job none\n", 0);
    library_use(&node, "r550");
    unsigned first = pid_on(1);
    const char *cgroup = proc_file(&node, first, "cgroup");
    CHECK(strstr(cgroup, ":memory:/slurm/uid_1234/job_77/step_batch/task_1\n") != NULL);
    CHECK(strstr(cgroup, ":freezer:/slurm/uid_1234/job_77/step_batch\n") != NULL);
    CHECK(strstr(proc_file(&node, first, "status"), "Uid:\t1234\t1234") != NULL);
    cgroup = proc_file(&node, pid_on(4), "cgroup");
    CHECK(strncmp(cgroup, "0::/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod0a1b2c3d_0000_4000_8000_0123456789ab.slice/cri-containerd-", 124) == 0);
    CHECK_EQ(strlen(cgroup), 124 + 64 + strlen(".scope\n"));
    CHECK(exists(&node, "var/log/pods/ml_train-0_0a1b2c3d-0000-4000-8000-0123456789ab"));
    CHECK(strstr(proc_file(&node, pid_on(5), "cgroup"), "user.slice") != NULL);
    CHECK(node_request(&node, "advance 61s")); /* the job line has ended: another process, of the schedule's job */
    CHECK(pid_on(1) != first && strstr(proc_file(&node, pid_on(1), "cgroup"), "job_4242") != NULL);
    CHECK(node_request(&node, "inject gpu 4 job auto") && !exists(&node, "var/log/pods/ml_train-0_0a1b2c3d-0000-4000-8000-0123456789ab"));
    CHECK(!node_request(&node, "inject gpu 4 job pod ../.. x uid y") && strstr(node_answer, "no namespace") != NULL);
    CHECK(!node_request(&node, "inject gpu 4 job slurm 0") && !node_request(&node, "inject gpu 4 job cron 1"));
    library_done();
    node_stop(&node);
}

static void each_part_has_its_pod(void)
{
    struct node node = node_start("r550", "profile a100-8-mig\nat 0s gpu 1 job pod ml one uid 11111111-2222-4333-8444-555555555555 cgroupfs instance 5\n", 0);
    nvmlProcessInfo_t all[8], one[8];
    unsigned count = 8, single = 8;
    void *part = NULL;
    library_use(&node, "r550");
    CHECK(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(1), &count, all) == 0 && count == 3);
    CHECK_EQ(NVML(nvmlDeviceGetMigDeviceHandleByIndex, gpu_handle(1), 1, &part), 0);
    CHECK(NVML(nvmlDeviceGetComputeRunningProcesses_v3, part, &single, one) == 0 && single == 1);
    CHECK(one[0].pid == all[1].pid && one[0].gpuInstanceId == 5 && one[0].computeInstanceId == 0);
    CHECK(strncmp(proc_file(&node, one[0].pid, "cgroup"), "0::/kubepods/burstable/pod11111111-2222-4333-8444-555555555555/", 63) == 0);
    CHECK(strstr(proc_file(&node, all[0].pid, "cgroup"), "pod1111") == NULL && all[0].gpuInstanceId == 1);
    unsigned gone = one[0].pid;
    CHECK(node_request(&node, "inject gpu 1 mig destroy 5") && strlen(proc_file(&node, gone, "cgroup")) == 0);
    library_done();
    node_stop(&node);
}

static void both_strides_are_spoken(void)
{
    const struct {
        const char *driver;
        size_t stride;
    } cases[] = {{"r535-86", 32}, {"r535", 24}, {"r550", 24}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct node node = node_start(cases[i].driver, "profile h100-8-mig\n", 0);
        unsigned char bytes[8 * 32];
        unsigned count = 7, pid, instance;
        library_use(&node, cases[i].driver);
        memset(bytes, 0xAA, sizeof bytes);
        CHECK(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(0), &count, bytes) == 0 && count == 7);
        for (unsigned k = 0; k < 7; k++) {
            memcpy(&pid, bytes + k * cases[i].stride, 4);
            memcpy(&instance, bytes + k * cases[i].stride + 16, 4);
            CHECK(pid >= 4000000 && pid < 4194304 && instance == 7 + k);
        }
        CHECK_EQ(bytes[7 * cases[i].stride], 0xAA);
        count = 6;
        CHECK(NVML(nvmlDeviceGetComputeRunningProcesses_v3, gpu_handle(0), &count, bytes) == 7 && count == 7);
        library_done();
        node_stop(&node);
    }
}

static void utilisation_and_details_name_the_same_process(void)
{
    struct node node = node_start("r550", NULL, 0);
    library_use(&node, "r550");
    nvmlProcessUtilizationInfo_v1_t info[2];
    nvmlProcessesUtilizationInfo_v1_t list = {.version = 0x01000018, .processSamplesCount = 2, .procUtilArray = info};
    nvmlProcessDetail_v1_t details[2];
    nvmlProcessDetailList_v1_t detail_list = {.version = 0x01000018, .numProcArrayEntries = 2, .procArray = details};
    nvmlProcessUtilizationSample_t sample;
    unsigned count = 1;
    CHECK(NVML(nvmlDeviceGetProcessesUtilizationInfo, gpu_handle(2), &list) == 0 && list.processSamplesCount == 1);
    CHECK(info[0].pid == pid_on(2) && info[0].smUtil > 90 && list.lastSeenTimeStamp == info[0].timeStamp);
    CHECK(NVML(nvmlDeviceGetProcessesUtilizationInfo, gpu_handle(2), &list) == 6); /* nothing newer */
    CHECK(NVML(nvmlDeviceGetProcessUtilization, gpu_handle(2), &sample, &count, (uint64_t)0) == 0 && sample.pid == pid_on(2));
    CHECK(NVML(nvmlDeviceGetRunningProcessDetailList, gpu_handle(2), &detail_list) == 0 && detail_list.numProcArrayEntries == 1);
    CHECK(details[0].pid == pid_on(2) && details[0].gpuInstanceId == NONE);
    detail_list.mode = 3;
    CHECK_EQ(NVML(nvmlDeviceGetRunningProcessDetailList, gpu_handle(2), &detail_list), 2); /* "all" came with 580 */
    list.version = 1;
    CHECK_EQ(NVML(nvmlDeviceGetProcessesUtilizationInfo, gpu_handle(2), &list), 25);
    library_done();
    node_stop(&node);
}

static void accounting_remembers_jobs(void)
{
    struct node node = node_start("r550", NULL, 0);
    unsigned pids[64], count = 64, mode = 9;
    nvmlAccountingStats_t stats;
    library_use(&node, "r550");
    CHECK(NVML(nvmlDeviceGetAccountingMode, gpu_handle(0), &mode) == 0 && mode == 0);
    CHECK_EQ(NVML(nvmlDeviceGetAccountingPids, gpu_handle(0), &count, pids), 3);
    CHECK(node_request(&node, "inject gpu * accounting set 1"));
    unsigned first = pid_on(0);
    count = 64;
    CHECK(NVML(nvmlDeviceGetAccountingPids, gpu_handle(0), &count, pids) == 0 && count == 1 && pids[0] == first);
    CHECK(NVML(nvmlDeviceGetAccountingStats, gpu_handle(0), first, &stats) == 0 && stats.isRunning == 1 && stats.time == 0);
    CHECK(node_request(&node, "advance 3h"));
    count = 64;
    CHECK(NVML(nvmlDeviceGetAccountingPids, gpu_handle(0), &count, pids) == 0 && count >= 3 && pids[0] == first);
    CHECK_EQ(NVML(nvmlDeviceGetAccountingStats, gpu_handle(0), first, &stats), 0);
    CHECK(stats.isRunning == 0 && stats.time > 1000000 && stats.gpuUtilization > 90 && stats.maxMemoryUsage > 1000000000);
    CHECK_EQ(NVML(nvmlDeviceGetAccountingStats, gpu_handle(0), 1, &stats), 6);
    count = 1;
    CHECK_EQ(NVML(nvmlDeviceGetAccountingPids, gpu_handle(0), &count, pids), 7);
    library_done();
    node_stop(&node);
}

void job_tests(void)
{
    test_case("jobs: a process has the kernel's files", a_process_has_the_kernels_files);
    test_case("jobs: processes go with their job", processes_go_with_their_job);
    test_case("jobs: scheduled jobs change with their slots", scheduled_jobs_change_with_their_slots);
    test_case("jobs: a line names the owner", a_line_names_the_owner);
    test_case("jobs: each part has its pod", each_part_has_its_pod);
    test_case("jobs: both strides are spoken", both_strides_are_spoken);
    test_case("jobs: utilisation and details name the same process", utilisation_and_details_name_the_same_process);
    test_case("jobs: accounting remembers", accounting_remembers_jobs);
}
