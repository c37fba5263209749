/* nvmlInternalGetExportTable, which nvidia-smi asks first and refuses to run without: a table of function pointers behind
 * an identifier. It is not documented. Entry 0 is the table's size in bytes, the others are functions. The numbers
 * below were found by running nvidia-smi 535.261.03 and 535.309.01 with answers of our own, and agree with what
 * NVIDIA/k8s-test-infra reports for 580.65.06; every other entry answers NOT_SUPPORTED, which nvidia-smi shows as N/A. */
#include "call.h"

#include <stdio.h>
#include <string.h>

enum {
    SLOT_PATH_BETWEEN = 23,          /* topo -m: two PCI addresses as texts, a path out */
    SLOT_LOG = 26,                   /* nvidia-smi's own debugging log */
    SLOT_MONITORING_SUPPORTED = 72,  /* dmon, pmon */
    SLOT_HANDLE_BY_INDEX = 81,
    SLOT_PROCESS_SAMPLES = 145,      /* pmon */
    SLOT_COMPUTE_PROCESSES = 213,
    SLOT_GRAPHICS_PROCESSES = 214,
    SLOT_MPS_PROCESSES = 215,
    SLOT_HOST_PCIE_GENERATION = 230,
};

struct table_process { /* as nvmlProcessDetail_v1_t, with the name behind it */
    nvmlProcessDetail_v1_t process;
    char name[4096];
};

struct table_sample { /* the share of the multiprocessors' time that one process had */
    uint64_t timestamp, percent;
    unsigned pid;
};

nvmlReturn_t nvmlDeviceGetHandleByPciBusId_v2(const char *bus_id, nvmlDevice_t *device);
nvmlReturn_t nvmlDeviceGetTopologyCommonAncestor(nvmlDevice_t a, nvmlDevice_t b, nvmlEnum *level);
nvmlReturn_t nvmlDeviceGetProcessUtilization(nvmlDevice_t device, nvmlProcessUtilizationSample_t *samples, unsigned *count,
                                             uint64_t last_seen);
nvmlReturn_t nvmlDeviceGetHandleByIndex_v2(unsigned index, nvmlDevice_t *device);
nvmlReturn_t nvmlDeviceGetMaxPcieLinkGeneration(nvmlDevice_t device, unsigned *generation);
nvmlReturn_t nvmlDeviceGetComputeRunningProcesses_v2(nvmlDevice_t device, unsigned *count, nvmlProcessInfo_t *infos);
nvmlReturn_t nvmlDeviceGetGraphicsRunningProcesses_v2(nvmlDevice_t device, unsigned *count, nvmlProcessInfo_t *infos);

static nvmlReturn_t processes(nvmlDevice_t device, unsigned *count, struct table_process *out)
{
    nvmlProcessInfo_t infos[JOB_MAX_PROCESSES];
    unsigned found = JOB_MAX_PROCESSES;
    if (count == NULL || (out == NULL && *count > 0)) return NVML_ERROR_INVALID_ARGUMENT;
    nvmlReturn_t result = nvmlDeviceGetComputeRunningProcesses_v2(device, &found, infos);
    if (result != NVML_SUCCESS) return result;
    bool fits = found <= *count;
    *count = found;
    if (!fits) return NVML_ERROR_INSUFFICIENT_SIZE;
    for (unsigned i = 0; i < found; i++) {
        out[i].process = (nvmlProcessDetail_v1_t){.pid = infos[i].pid, .usedGpuMemory = infos[i].usedGpuMemory,
                                                  .gpuInstanceId = infos[i].gpuInstanceId,
                                                  .computeInstanceId = infos[i].computeInstanceId};
        snprintf(out[i].name, sizeof out[i].name, "%s", JOB_PROGRAM);
    }
    return NVML_SUCCESS;
}

static nvmlReturn_t no_processes(nvmlDevice_t device, unsigned *count)
{
    unsigned none = 0;
    nvmlReturn_t result = nvmlDeviceGetGraphicsRunningProcesses_v2(device, &none, NULL);
    if (result == NVML_SUCCESS && count != NULL) *count = 0;
    return result;
}

/* 0 PIX, 1 PXB, 2 PHB, 3 NODE, 4 SYS, as nvidia-smi prints them; NVLinks it asks for elsewhere. */
static nvmlReturn_t path_between(const char *first, const char *second, unsigned *path)
{
    nvmlDevice_t a, b;
    nvmlEnum level;
    if (path == NULL) return NVML_ERROR_INVALID_ARGUMENT;
    nvmlReturn_t result = nvmlDeviceGetHandleByPciBusId_v2(first, &a);
    if (result == NVML_SUCCESS) result = nvmlDeviceGetHandleByPciBusId_v2(second, &b);
    if (result == NVML_SUCCESS) result = nvmlDeviceGetTopologyCommonAncestor(a, b, &level);
    if (result == NVML_SUCCESS) *path = level >= 10 ? level / 10 - 1 : 0; /* 10, 20 … 50 */
    return result;
}

static nvmlReturn_t monitoring_supported(nvmlDevice_t device, unsigned *supported)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlInternalGetExportTable, device, NEED_IDENTITY, supported != NULL);
    if (result != NVML_SUCCESS) return result;
    *supported = 1;
    return call_end(&call, NVML_SUCCESS);
}

/* The caller's idea of what it has seen last is of the machine's clock, not the simulated one: not compared. */
static nvmlReturn_t process_samples(nvmlDevice_t device, unsigned *count, struct table_sample *out)
{
    nvmlProcessUtilizationSample_t sample;
    unsigned found = 1;
    if (count == NULL || *count == 0 || out == NULL) return NVML_ERROR_INVALID_ARGUMENT;
    nvmlReturn_t result = nvmlDeviceGetProcessUtilization(device, &sample, &found, 0);
    if (result != NVML_SUCCESS) return result;
    *out = (struct table_sample){.timestamp = sample.timeStamp, .percent = sample.smUtil, .pid = sample.pid};
    *count = 1;
    return NVML_SUCCESS;
}

/* What nvidia-smi hands over in registers, by number. */
struct slot_arguments {
    void *first, *second, *third, *fourth, *fifth;
};

static nvmlReturn_t dispatch(unsigned slot, const struct slot_arguments *a)
{
    switch (slot) {
    case SLOT_PATH_BETWEEN: return path_between(a->first, a->second, a->third);
    case SLOT_LOG: return NVML_SUCCESS;
    case SLOT_MONITORING_SUPPORTED: return monitoring_supported(a->first, a->second);
    case SLOT_HANDLE_BY_INDEX: return nvmlDeviceGetHandleByIndex_v2((unsigned)(uintptr_t)a->first, a->second);
    case SLOT_PROCESS_SAMPLES: return process_samples(a->first, a->fourth, a->fifth);
    case SLOT_COMPUTE_PROCESSES: return processes(a->first, a->second, a->third);
    case SLOT_GRAPHICS_PROCESSES:
    case SLOT_MPS_PROCESSES: return no_processes(a->first, a->second);
    case SLOT_HOST_PCIE_GENERATION: return nvmlDeviceGetMaxPcieLinkGeneration(a->first, a->second);
    default: return NVML_ERROR_NOT_SUPPORTED;
    }
}

/* A function of its own for each entry, since the number is all that tells them apart: 16 to a row. */
#define SLOT(row, column)                                                                                          \
    static nvmlReturn_t slot_##row##_##column(void *first, void *second, void *third, void *fourth, void *fifth)   \
    {                                                                                                              \
        return dispatch(row * 16 + column, &(struct slot_arguments){first, second, third, fourth, fifth});         \
    }
#define ADDRESS(row, column) slot_##row##_##column,
#define ROW(M, row)                                                                                                \
    M(row, 0) M(row, 1) M(row, 2) M(row, 3) M(row, 4) M(row, 5) M(row, 6) M(row, 7) M(row, 8) M(row, 9) M(row, 10) \
    M(row, 11) M(row, 12) M(row, 13) M(row, 14) M(row, 15)
#define TABLE(M)                                                                                                   \
    ROW(M, 0) ROW(M, 1) ROW(M, 2) ROW(M, 3) ROW(M, 4) ROW(M, 5) ROW(M, 6) ROW(M, 7) ROW(M, 8) ROW(M, 9)            \
    ROW(M, 10) ROW(M, 11) ROW(M, 12) ROW(M, 13) ROW(M, 14) ROW(M, 15)

TABLE(SLOT)

typedef nvmlReturn_t (*slot_function)(void *, void *, void *, void *, void *);

static const slot_function functions[] = {TABLE(ADDRESS)};

#define SLOTS (sizeof functions / sizeof *functions)

NVML_EXPORT nvmlReturn_t nvmlInternalGetExportTable(const void **table, const void *identifier)
{
    static const unsigned char known[16] = {0xc4, 0xfe, 0x3e, 0x6c, 0xc9, 0x8f, 0x6c, 0x4e,
                                            0xa3, 0x27, 0xee, 0x69, 0x6e, 0x12, 0xf7, 0xc4};
    static uintptr_t entries[SLOTS];
    if (table == NULL || identifier == NULL || memcmp(identifier, known, sizeof known) != 0)
        return NVML_ERROR_INVALID_ARGUMENT;
    for (size_t i = 1; i < SLOTS; i++) entries[i] = (uintptr_t)functions[i];
    entries[0] = sizeof entries;
    *table = entries;
    return NVML_SUCCESS;
}
