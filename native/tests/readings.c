#include "readings.h"

#include "../nvml/nvml_abi.h"
#include "check.h"

#include <string.h>

static int take_structure(const char *function, void *device, void *out)
{
    return ((int (*)())library_symbol(function))(device, out);
}

static int margin(void *device, double *value)
{
    nvmlMarginTemperature_v1_t now = {.version = NVML_STRUCT_VERSION(nvmlMarginTemperature_v1_t, 1)};
    int code = take_structure("nvmlDeviceGetMarginTemperature", device, &now);
    *value = now.marginTemperature;
    return code;
}

static int sensor(void *device, unsigned target, double *value)
{
    nvmlGpuThermalSettings_t all;
    int code = NVML(nvmlDeviceGetThermalSettings, device, 15, &all);
    for (unsigned i = 0; code == 0 && i < all.count; i++) {
        if (all.sensor[i].target != target) continue;
        *value = all.sensor[i].currentTemp;
        return 0;
    }
    return code != 0 ? code : 3;
}

static int board(void *device, double *value) { return sensor(device, 8, value); }
static int supply(void *device, double *value) { return sensor(device, 4, value); }

static int fan_rpm(void *device, unsigned fan, double *value)
{
    nvmlFanSpeedInfo_v1_t now = {.version = NVML_STRUCT_VERSION(nvmlFanSpeedInfo_v1_t, 1), .fan = fan};
    int code = take_structure("nvmlDeviceGetFanSpeedRPM", device, &now);
    *value = now.speed;
    return code;
}

static int rpm_0(void *device, double *value) { return fan_rpm(device, 0, value); }
static int rpm_1(void *device, double *value) { return fan_rpm(device, 1, value); }

static int utilization(void *device, bool memory, double *value)
{
    nvmlUtilization_t now;
    int code = take_structure("nvmlDeviceGetUtilizationRates", device, &now);
    *value = memory ? now.memory : now.gpu;
    return code;
}

static int busy(void *device, double *value) { return utilization(device, false, value); }
static int memory_busy(void *device, double *value) { return utilization(device, true, value); }

static int engine(const char *function, void *device, double *value)
{
    unsigned percent, period;
    int code = ((int (*)())library_symbol(function))(device, &percent, &period);
    *value = percent;
    return code;
}

static int encoder(void *device, double *value) { return engine("nvmlDeviceGetEncoderUtilization", device, value); }
static int decoder(void *device, double *value) { return engine("nvmlDeviceGetDecoderUtilization", device, value); }
static int jpeg(void *device, double *value) { return engine("nvmlDeviceGetJpgUtilization", device, value); }
static int optical(void *device, double *value) { return engine("nvmlDeviceGetOfaUtilization", device, value); }

static int memory_used(void *device, double *value)
{
    nvmlMemory_v2_t now = {.version = NVML_STRUCT_VERSION(nvmlMemory_v2_t, 2)};
    int code = take_structure("nvmlDeviceGetMemoryInfo_v2", device, &now);
    *value = (double)now.used;
    return code;
}

static int bar1_used(void *device, double *value)
{
    nvmlBAR1Memory_t now;
    int code = take_structure("nvmlDeviceGetBAR1MemoryInfo", device, &now);
    *value = (double)now.bar1Used;
    return code;
}

static int throttle(void *device, double *value)
{
    uint64_t mask;
    int code = take_structure("nvmlDeviceGetCurrentClocksEventReasons", device, &mask);
    *value = (double)mask;
    return code;
}

static int clock_monitor(void *device, double *value)
{
    nvmlClkMonStatus_t now;
    int code = take_structure("nvmlDeviceGetClkMonStatus", device, &now);
    CHECK(code != 0 || now.bGlobalStatus == (now.clkMonListSize > 0));
    *value = now.bGlobalStatus == 0 ? 0 : now.clkMonList[0].clkDomainFaultMask;
    return code;
}

static int unrepairable(void *device, double *value)
{
    nvmlUnrepairableMemoryStatus_v1_t now;
    int code = take_structure("nvmlDeviceGetUnrepairableMemoryFlag_v1", device, &now);
    *value = now.bUnrepairableMemory;
    return code;
}

static int repair(void *device, bool tpc, double *value)
{
    nvmlRepairStatus_v1_t now = {.version = NVML_STRUCT_VERSION(nvmlRepairStatus_v1_t, 1)};
    int code = take_structure("nvmlDeviceGetRepairStatus", device, &now);
    *value = tpc ? now.bTpcRepairPending : now.bChannelRepairPending;
    return code;
}

static int repair_channel(void *device, double *value) { return repair(device, false, value); }
static int repair_tpc(void *device, double *value) { return repair(device, true, value); }

static nvmlEccSramErrorStatus_v1_t sram;

static int take_sram(void *device)
{
    sram = (nvmlEccSramErrorStatus_v1_t){.version = NVML_STRUCT_VERSION(nvmlEccSramErrorStatus_v1_t, 1)};
    return take_structure("nvmlDeviceGetSramEccErrorStatus", device, &sram);
}

#define SRAM_READING(name, member)                     \
    static int name(void *device, double *value)       \
    {                                                  \
        int code = take_sram(device);                  \
        *value = (double)sram.member;                  \
        return code;                                   \
    }
SRAM_READING(sram_threshold, bThresholdExceeded)
SRAM_READING(sram_parity, volatileUncParity)
SRAM_READING(sram_l2, aggregateUncBucketL2)
SRAM_READING(sram_pcie, aggregateUncBucketPcie)
SRAM_READING(sram_controller, aggregateUncBucketMcu)
SRAM_READING(sram_other, aggregateUncBucketOther)

/* Before Ampere the count of a place is all that tells of SRAM. */
static int sram_count(void *device, unsigned uncorrected, double *value)
{
    uint64_t count = 0;
    int code = take_sram(device);
    *value = (double)(uncorrected ? sram.volatileUncSecDed : sram.volatileCor);
    if (code != 3) return code;
    code = NVML(nvmlDeviceGetMemoryErrorCounter, device, uncorrected, 0, 7, &count);
    *value = (double)count;
    return code;
}

static int sram_corrected(void *device, double *value) { return sram_count(device, 0, value); }
static int sram_double(void *device, double *value) { return sram_count(device, 1, value); }

/* The unit that also has what no line places: less that. */
static int sram_sm(void *device, double *value)
{
    int code = take_sram(device);
    *value = (double)(sram.aggregateUncBucketSm - sram.aggregateUncParity - sram.aggregateUncSecDed);
    return code;
}

static int inforom(void *device, double *value)
{
    int code = NVML(nvmlDeviceValidateInforom, device);
    *value = code == 0;
    return code == 14 ? 0 : code;
}

static int draining(void *device, double *value)
{
    nvmlPciInfo_t place;
    unsigned now = 0;
    int code = take_structure("nvmlDeviceGetPciInfo_v3", device, &place);
    if (code == 0) code = NVML(nvmlDeviceQueryDrainState, &place, &now);
    *value = now;
    return code;
}

static int confidential(void *device, double *value)
{
    nvmlConfComputeSystemState_t now = {0};
    (void)device;
    int code = NVML(nvmlSystemGetConfComputeState, &now);
    *value = now.ccFeature;
    return code;
}

static int confidential_ready(void *device, double *value)
{
    unsigned now = 0;
    (void)device;
    int code = NVML(nvmlSystemGetConfComputeGpusReadyState, &now);
    *value = now;
    return code;
}

static int bandwidth_mode(void *device, double *value)
{
    nvmlNvlinkGetBwMode_v1_t now = {.version = NVML_STRUCT_VERSION(nvmlNvlinkGetBwMode_v1_t, 1)};
    int code = take_structure("nvmlDeviceGetNvlinkBwMode", device, &now);
    *value = now.bwMode;
    return code;
}

static nvmlGpuFabricInfo_v3_t fabric;

static int take_fabric(void *device)
{
    fabric = (nvmlGpuFabricInfo_v3_t){.version = NVML_STRUCT_VERSION(nvmlGpuFabricInfo_v3_t, 3)};
    return take_structure("nvmlDeviceGetGpuFabricInfoV", device, &fabric);
}

#define FABRIC_READING(name, member)                   \
    static int name(void *device, double *value)       \
    {                                                  \
        int code = take_fabric(device);                \
        *value = (double)fabric.member;                \
        return code;                                   \
    }
FABRIC_READING(fabric_state, state)
FABRIC_READING(fabric_status, status)
FABRIC_READING(fabric_clique, cliqueId)
FABRIC_READING(fabric_health, healthMask)
FABRIC_READING(fabric_summary, healthSummary)

static int energy(void *device, double *value)
{
    uint64_t now = 0;
    int code = take_structure("nvmlDeviceGetTotalEnergyConsumption", device, &now);
    *value = (double)now / 1000;
    return code;
}

static int pages(void *device, unsigned cause, double *value)
{
    unsigned count = 0;
    int code = NVML(nvmlDeviceGetRetiredPages, device, cause, &count, NULL);
    *value = count;
    return code == 7 ? 0 : code;
}

static int pages_single(void *device, double *value) { return pages(device, 0, value); }
static int pages_double(void *device, double *value) { return pages(device, 1, value); }

#define GETTER(signal, function) {signal, BY_GETTER, #function, 0, 0, 1, false, NULL}
#define FLAG(signal, function) {signal, BY_GETTER, #function, 0, 0, 1, true, NULL}
#define ARGUMENT(signal, function, a) {signal, BY_ARGUMENT, #function, a, 0, 1, false, NULL}
#define SCALED(signal, a, scale) {signal, BY_FIELD, NULL, a, 0, scale, false, NULL}
#define FIELD(signal, a) SCALED(signal, a, 1)
#define FLAG_FIELD(signal, a) {signal, BY_FIELD, NULL, a, 0, 1, true, NULL}
#define MODULE(signal, a) {signal, BY_FIELD, NULL, a, 1, 1000, false, NULL}
#define COUNTS(place, location)                                                                                     \
    {"ecc." place ".corrected", BY_ECC, NULL, 0, location, 1, false, NULL},                                          \
        {"ecc." place ".uncorrected", BY_ECC, NULL, 1, location, 1, false, NULL},                                    \
        {"ecc." place ".corrected", BY_ECC_LIFE, NULL, 0, location, 1, false, NULL},                                 \
        {"ecc." place ".uncorrected", BY_ECC_LIFE, NULL, 1, location, 1, false, NULL}
#define STRUCTURE(signal, function) {signal, BY_STRUCTURE, NULL, 0, 0, 1, false, function}
#define STATE(signal, function) {signal, BY_STRUCTURE, NULL, 0, 0, 1, true, function}
#define PRM(signal, a) {signal, BY_PRM, NULL, a, 0, 1, false, NULL}
#define LINK_ERROR(signal, a) {signal, BY_LINK_ERROR, NULL, a, 0, 1, false, NULL}

const struct reading readings[] = {
#include "readings.def"
};

const size_t reading_count = sizeof readings / sizeof *readings;

static int take_field(void *device, unsigned id, unsigned scope, double *value)
{
    nvmlFieldValue_t field = {.fieldId = id, .scopeId = scope};
    int code = NVML(nvmlDeviceGetFieldValues, device, 1, &field);
    *value = field.valueType == NVML_VALUE_TYPE_SIGNED_INT     ? field.value.siVal
             : field.valueType == NVML_VALUE_TYPE_UNSIGNED_INT ? field.value.uiVal : (double)field.value.ullVal;
    /* Bit error rates come as a code; 0xFFF says that none were seen. */
    if ((id == 220 || id == 222 || (id >= 291 && id <= 293)) && *value == 0xFFF) *value = 0;
    return code != 0 ? code : (int)field.nvmlReturn;
}

static int take_prm(void *device, unsigned id, unsigned port, double *value)
{
    nvmlPRMCounter_v1_t counter = {.counterId = id, .inData.localPort = port};
    nvmlPRMCounterList_v1_t list = {.numCounters = 1, .counters = &counter};
    int code = take_structure("nvmlDeviceReadPRMCounters_v1", device, &list);
    *value = (double)counter.counterValue.outputValue.ullVal;
    return code != 0 ? code : (int)counter.counterValue.status;
}

int reading_take(const struct reading *reading, void *device, unsigned link, double *value)
{
    bool of_link = strncmp(reading->signal, "link.", 5) == 0;
    unsigned number = 0;
    uint64_t count = 0;
    int code;
    *value = 0;
    switch (reading->how) {
    case BY_GETTER:
        code = take_structure(reading->function, device, &number);
        *value = number;
        break;
    case BY_ARGUMENT:
        code = ((int (*)())library_symbol(reading->function))(device, of_link ? link : reading->a, &number);
        *value = number;
        break;
    case BY_FIELD: code = take_field(device, reading->a, of_link ? link : reading->b, value); break;
    case BY_ECC:
    case BY_ECC_LIFE:
        code = NVML(nvmlDeviceGetMemoryErrorCounter, device, reading->a, reading->how == BY_ECC_LIFE, reading->b, &count);
        *value = (double)count;
        break;
    case BY_PRM: code = take_prm(device, reading->a, link, value); break;
    case BY_LINK_ERROR:
        code = NVML(nvmlDeviceGetNvLinkErrorCounter, device, link, reading->a, &count);
        *value = (double)count;
        break;
    default: code = reading->read(device, value); break;
    }
    *value /= reading->scale;
    return code;
}
