/* ECC errors and remapped rows. All simulated cards count DRAM and SRAM apart; those before Ampere have no row remapper. */
#include "ecc.h"

#include <unistd.h>

static uint64_t count_of(const struct call *call, int signal, bool aggregate)
{
    return whole(aggregate ? counter_lifetime(call->node, call->gpu, signal, call->now) : counter_now(call, signal));
}

/* The places that chips before Turing count one by one; a simulated card does where a line of a scenario names them. */
static int place_signal(bool uncorrected, enum ecc_place place)
{
    switch (place) {
    case ECC_L1: return uncorrected ? SIGNAL_ECC_L1_UNCORRECTED : SIGNAL_ECC_L1_CORRECTED;
    case ECC_L2: return uncorrected ? SIGNAL_ECC_L2_UNCORRECTED : SIGNAL_ECC_L2_CORRECTED;
    case ECC_REGISTER_FILE: return uncorrected ? SIGNAL_ECC_REGISTER_FILE_UNCORRECTED : SIGNAL_ECC_REGISTER_FILE_CORRECTED;
    case ECC_TEXTURE: return uncorrected ? SIGNAL_ECC_TEXTURE_UNCORRECTED : SIGNAL_ECC_TEXTURE_CORRECTED;
    case ECC_TEXTURE_SHARED: return uncorrected ? SIGNAL_ECC_TEXTURE_SHARED_UNCORRECTED : SIGNAL_ECC_TEXTURE_SHARED_CORRECTED;
    case ECC_CBU: return uncorrected ? SIGNAL_ECC_CBU_UNCORRECTED : -1;
    default: return -1;
    }
}

int64_t ecc_count(const struct call *call, bool uncorrected, bool aggregate, enum ecc_place place)
{
    int signal = place_signal(uncorrected, place);
    if (signal >= 0 && !signal_offered(call->node, call->gpu, signal, call->now)) return -1;
    if (signal >= 0) return (int64_t)count_of(call, signal, aggregate);
    if (place == ECC_DRAM)
        return (int64_t)count_of(call, uncorrected ? SIGNAL_ECC_DRAM_UNCORRECTED : SIGNAL_ECC_DRAM_CORRECTED, aggregate);
    if (place != ECC_SRAM) return -1;
    if (!uncorrected) return (int64_t)count_of(call, SIGNAL_ECC_SRAM_CORRECTED, aggregate);
    return (int64_t)(count_of(call, SIGNAL_ECC_SRAM_UNCORRECTED, aggregate) +
                     count_of(call, SIGNAL_ECC_SRAM_UNCORRECTED_PARITY, aggregate));
}

uint64_t ecc_total(const struct call *call, bool uncorrected, bool aggregate)
{
    uint64_t total = 0;
    for (int place = ECC_L1; place <= ECC_SRAM; place++) {
        int64_t count = ecc_count(call, uncorrected, aggregate, (enum ecc_place)place);
        total += count > 0 ? (uint64_t)count : 0;
    }
    return total;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetEccMode(nvmlDevice_t device, nvmlEnum *current, nvmlEnum *pending)
{
    struct call call;
    nvmlReturn_t result =
        call_device(&call, FN_nvmlDeviceGetEccMode, device, NEED_READING, current != NULL && pending != NULL);
    if (result != NVML_SUCCESS) return result;
    *current = *pending = 1;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDefaultEccMode(nvmlDevice_t device, nvmlEnum *mode)
{
    return read_constant(FN_nvmlDeviceGetDefaultEccMode, device, NEED_READING, 1, mode);
}

/* A MIG device shows volatile uncorrectable errors outside DRAM alone. The simulation does not say on which device: those of
 * the card appear on its first. */
static nvmlReturn_t part_count(const struct call *call, bool uncorrected, bool aggregate, enum ecc_place place, uint64_t *count)
{
    int64_t value = place == ECC_DRAM ? -1 : ecc_count(call, true, false, place);
    if (!uncorrected || aggregate || value < 0) return NVML_ERROR_NOT_SUPPORTED;
    *count = call->part == &mig_of(call)->parts[0] ? (uint64_t)value : 0;
    return NVML_SUCCESS;
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetTotalEccErrors(nvmlDevice_t device, nvmlEnum type, nvmlEnum counter, uint64_t *count)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetTotalEccErrors, device, NEED_READING,
                                      count != NULL && type <= 1 && counter <= 1);
    if (result != NVML_SUCCESS) return result;
    if (call.part != NULL) return call_end(&call, part_count(&call, type == 1, counter == 1, ECC_SRAM, count));
    *count = ecc_total(&call, type == 1, counter == 1);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetMemoryErrorCounter(nvmlDevice_t device, nvmlEnum type, nvmlEnum counter,
                                                         nvmlEnum location, uint64_t *count)
{
    struct call call;
    nvmlReturn_t result = call_part(&call, FN_nvmlDeviceGetMemoryErrorCounter, device, NEED_READING,
                                      count != NULL && type <= 1 && counter <= 1 && location <= 7);
    if (result != NVML_SUCCESS) return result;
    if (call.part != NULL)
        return call_end(&call, part_count(&call, type == 1, counter == 1, (enum ecc_place)location, count));
    if (mig_of(&call)->enabled && counter == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* of a card under MIG, nvml.h */
    int64_t value = ecc_count(&call, type == 1, counter == 1, (enum ecc_place)location);
    if (value < 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    *count = (uint64_t)value;
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetDetailedEccErrors(nvmlDevice_t device, nvmlEnum type, nvmlEnum counter,
                                                        nvmlEccErrorCounts_t *counts)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetDetailedEccErrors, device, NEED_READING,
                                      counts != NULL && type <= 1 && counter <= 1);
    if (result != NVML_SUCCESS) return result;
    uint64_t *slots[] = {&counts->l1Cache, &counts->l2Cache, &counts->deviceMemory, &counts->registerFile};
    for (int place = ECC_L1; place <= ECC_REGISTER_FILE; place++) {
        int64_t value = ecc_count(&call, type == 1, counter == 1, (enum ecc_place)place);
        *slots[place] = value > 0 ? (uint64_t)value : 0;
    }
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetSramEccErrorStatus(nvmlDevice_t device, nvmlEccSramErrorStatus_v1_t *status)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetSramEccErrorStatus, device, NEED_READING, status != NULL);
    if (result != NVML_SUCCESS) return result;
    if (status->version != NVML_STRUCT_VERSION(nvmlEccSramErrorStatus_v1_t, 1))
        return call_end(&call, NVML_ERROR_ARGUMENT_VERSION_MISMATCH);
    if (call.node->profile.remap_banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* before Ampere */
    if (geteuid() != 0) return call_end(&call, NVML_ERROR_NO_PERMISSION);
    *status = (nvmlEccSramErrorStatus_v1_t){
        .version = status->version,
        .aggregateUncParity = count_of(&call, SIGNAL_ECC_SRAM_UNCORRECTED_PARITY, true),
        .aggregateUncSecDed = count_of(&call, SIGNAL_ECC_SRAM_UNCORRECTED, true),
        .aggregateCor = count_of(&call, SIGNAL_ECC_SRAM_CORRECTED, true),
        .volatileUncParity = count_of(&call, SIGNAL_ECC_SRAM_UNCORRECTED_PARITY, false),
        .volatileUncSecDed = count_of(&call, SIGNAL_ECC_SRAM_UNCORRECTED, false),
        .volatileCor = count_of(&call, SIGNAL_ECC_SRAM_CORRECTED, false),
        .bThresholdExceeded = gauge_now(&call, SIGNAL_SRAM_THRESHOLD) > 0,
    };
    /* Errors that no line places lie where most of a GPU's SRAM is, in the streaming multiprocessors. */
    status->aggregateUncBucketSm = status->aggregateUncParity + status->aggregateUncSecDed + count_of(&call, SIGNAL_SRAM_UNIT_SM, true);
    status->aggregateUncBucketL2 = count_of(&call, SIGNAL_SRAM_UNIT_L2, true);
    status->aggregateUncBucketPcie = count_of(&call, SIGNAL_SRAM_UNIT_PCIE, true);
    status->aggregateUncBucketMcu = count_of(&call, SIGNAL_SRAM_UNIT_MICROCONTROLLER, true);
    status->aggregateUncBucketOther = count_of(&call, SIGNAL_SRAM_UNIT_OTHER, true);
    return call_end(&call, NVML_SUCCESS);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetRemappedRows(nvmlDevice_t device, unsigned *corrected, unsigned *uncorrected,
                                                   unsigned *pending, unsigned *failed)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRemappedRows, device, NEED_READING,
                                      corrected != NULL && uncorrected != NULL && pending != NULL && failed != NULL);
    if (result != NVML_SUCCESS) return result;
    if (call.node->profile.remap_banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    if (mig_of(&call)->instance_count > 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED); /* nvml.h */
    *corrected = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_CORRECTED));
    *uncorrected = (unsigned)whole(counter_now(&call, SIGNAL_ROW_REMAP_UNCORRECTED));
    *pending = gauge_now(&call, SIGNAL_ROW_REMAP_PENDING) > 0;
    *failed = gauge_now(&call, SIGNAL_ROW_REMAP_FAILED) > 0;
    return call_end(&call, NVML_SUCCESS);
}

/* Every remap takes a spare row from some bank. The simulation spreads them one to a bank; a failure means that one
 * bank has none left. */
NVML_EXPORT nvmlReturn_t nvmlDeviceGetRowRemapperHistogram(nvmlDevice_t device, nvmlRowRemapperHistogramValues_t *values)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetRowRemapperHistogram, device, NEED_READING, values != NULL);
    if (result != NVML_SUCCESS) return result;
    unsigned banks = (unsigned)call.node->profile.remap_banks;
    if (banks == 0) return call_end(&call, NVML_ERROR_NOT_SUPPORTED);
    uint64_t rows = whole(counter_now(&call, SIGNAL_ROW_REMAP_CORRECTED)) + whole(counter_now(&call, SIGNAL_ROW_REMAP_UNCORRECTED));
    unsigned none = gauge_now(&call, SIGNAL_ROW_REMAP_FAILED) > 0 ? 1 : 0;
    unsigned used = rows > banks - none ? banks - none : (unsigned)rows;
    *values = (nvmlRowRemapperHistogramValues_t){.max = banks - none - used, .high = used, .none = none};
    return call_end(&call, NVML_SUCCESS);
}
