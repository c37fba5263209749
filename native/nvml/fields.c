/* nvmlDeviceGetFieldValues: one table of the ids that mean something on Hopper. Others of the same driver answer
 * NOT_SUPPORTED, ids beyond the driver INVALID_ARGUMENT, each in its own entry. */
#include "ecc.h"

#include <math.h>

enum field_source {
    FROM_GAUGE,      /* a signal times `scale` */
    FROM_COUNTER,
    FROM_LIFETIME,   /* infoROM */
    FROM_LINK,       /* a counter of the link in scopeId */
    FROM_LINK_SUM,   /* of one link by id when `extra` >= 0, else of all */
    FROM_LINK_FLOW,  /* like FROM_LINK, 0xFFFFFFFF sums over all links */
    FROM_ECC_TOTAL,  /* `what`: 0 corrected, 1 uncorrected; `extra`: 1 aggregate */
    FROM_PROFILE,    /* special cases by id */
};

struct field {
    unsigned id;
    int first_driver;
    enum field_source source;
    int what;
    int extra;
    double scale;
    nvmlEnum type;
};

#define U32 NVML_VALUE_TYPE_UNSIGNED_INT
#define I32 NVML_VALUE_TYPE_SIGNED_INT
#define U64 NVML_VALUE_TYPE_UNSIGNED_LONG_LONG
#define ALL_LINKS 0xFFFFFFFFu

/* Six links of a pre-Volta-era range, a total, then links 6 to 11 in a range added with driver 450. */
#define LINK_RANGE(first, total, later, driver, field)                                                         \
    {first, driver, FROM_LINK_SUM, field, 0, 1, U64}, {first + 1, driver, FROM_LINK_SUM, field, 1, 1, U64},    \
        {first + 2, driver, FROM_LINK_SUM, field, 2, 1, U64}, {first + 3, driver, FROM_LINK_SUM, field, 3, 1, U64}, \
        {first + 4, driver, FROM_LINK_SUM, field, 4, 1, U64}, {first + 5, driver, FROM_LINK_SUM, field, 5, 1, U64}, \
        {total, driver, FROM_LINK_SUM, field, -1, 1, U64}, {later, 450, FROM_LINK_SUM, field, 6, 1, U64},      \
        {later + 1, 450, FROM_LINK_SUM, field, 7, 1, U64}, {later + 2, 450, FROM_LINK_SUM, field, 8, 1, U64},  \
        {later + 3, 450, FROM_LINK_SUM, field, 9, 1, U64}, {later + 4, 450, FROM_LINK_SUM, field, 10, 1, U64}, \
        {later + 5, 450, FROM_LINK_SUM, field, 11, 1, U64}

#define PCIE_COUNT(id, signal) {id, 535, FROM_COUNTER, signal, 0, 1, U32}

static const struct field fields[] = {
    {1, 384, FROM_PROFILE, 0, 0, 1, U32},
    {2, 384, FROM_PROFILE, 0, 0, 1, U32},
    {3, 384, FROM_ECC_TOTAL, 0, 0, 1, U64},
    {4, 384, FROM_ECC_TOTAL, 1, 0, 1, U64},
    {5, 384, FROM_ECC_TOTAL, 0, 1, 1, U64},
    {6, 384, FROM_ECC_TOTAL, 1, 1, 1, U64},
    {11, 384, FROM_COUNTER, SIGNAL_ECC_DRAM_CORRECTED, 0, 1, U64},
    {12, 384, FROM_COUNTER, SIGNAL_ECC_DRAM_UNCORRECTED, 0, 1, U64},
    {22, 384, FROM_LIFETIME, SIGNAL_ECC_DRAM_CORRECTED, 0, 1, U64},
    {23, 384, FROM_LIFETIME, SIGNAL_ECC_DRAM_UNCORRECTED, 0, 1, U64},
    LINK_RANGE(32, 38, 96, 384, LINK_CRC),
    LINK_RANGE(39, 45, 102, 384, LINK_CRC_DATA),
    LINK_RANGE(46, 52, 108, 384, LINK_REPLAY),
    LINK_RANGE(53, 59, 114, 384, LINK_RECOVERY),
    {74, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_POWER, 0, 1e9, U64},
    {75, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_THERMAL, 0, 1e9, U64},
    {76, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_SYNC_BOOST, 0, 1e9, U64},
    {77, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_BOARD_LIMIT, 0, 1e9, U64},
    {78, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_LOW_UTILIZATION, 0, 1e9, U64},
    {79, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_RELIABILITY, 0, 1e9, U64},
    {80, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_APP_CLOCKS, 0, 1e9, U64},
    {81, 384, FROM_COUNTER, SIGNAL_THROTTLE_TIME_BASE_CLOCKS, 0, 1e9, U64},
    {82, 387, FROM_GAUGE, SIGNAL_TEMPERATURE_MEMORY, 0, 1, U32},
    {83, 415, FROM_COUNTER, SIGNAL_ENERGY, 0, 1000, U64},
    {84, 415, FROM_PROFILE, 0, 0, 1, U32}, {85, 415, FROM_PROFILE, 1, 0, 1, U32}, {86, 415, FROM_PROFILE, 2, 0, 1, U32},
    {87, 415, FROM_PROFILE, 3, 0, 1, U32}, {88, 415, FROM_PROFILE, 4, 0, 1, U32}, {89, 415, FROM_PROFILE, 5, 0, 1, U32},
    {90, 415, FROM_PROFILE, 0, 0, 1, U32},
    {91, 415, FROM_PROFILE, 0, 0, 1, U32},
    {94, 415, FROM_COUNTER, SIGNAL_PCIE_REPLAYS, 0, 1, U32},
    {95, 415, FROM_COUNTER, SIGNAL_PCIE_REPLAY_ROLLOVERS, 0, 1, U32},
    {132, 450, FROM_PROFILE, 6, 0, 1, U32}, {133, 450, FROM_PROFILE, 7, 0, 1, U32}, {134, 450, FROM_PROFILE, 8, 0, 1, U32},
    {135, 450, FROM_PROFILE, 9, 0, 1, U32}, {136, 450, FROM_PROFILE, 10, 0, 1, U32}, {137, 450, FROM_PROFILE, 11, 0, 1, U32},
    {138, 450, FROM_LINK_FLOW, LINK_TX, 0, 1, U64},
    {139, 450, FROM_LINK_FLOW, LINK_RX, 0, 1, U64},
    {140, 450, FROM_LINK_FLOW, LINK_TX, 0, 1.06, U64}, /* raw: data and protocol; own choice of 6 % */
    {141, 450, FROM_LINK_FLOW, LINK_RX, 0, 1.06, U64},
    {142, 450, FROM_COUNTER, SIGNAL_ROW_REMAP_CORRECTED, 0, 1, U32},
    {143, 450, FROM_COUNTER, SIGNAL_ROW_REMAP_UNCORRECTED, 0, 1, U32},
    {144, 450, FROM_GAUGE, SIGNAL_ROW_REMAP_PENDING, 0, 1, U32},
    {145, 450, FROM_GAUGE, SIGNAL_ROW_REMAP_FAILED, 0, 1, U32},
    {146, 450, FROM_PROFILE, 0, 0, 1, U32},
    {147, 460, FROM_PROFILE, 0, 0, 1, U32},
    {148, 470, FROM_LINK_SUM, LINK_ECC, 0, 1, U64}, {149, 470, FROM_LINK_SUM, LINK_ECC, 1, 1, U64},
    {150, 470, FROM_LINK_SUM, LINK_ECC, 2, 1, U64}, {151, 470, FROM_LINK_SUM, LINK_ECC, 3, 1, U64},
    {152, 470, FROM_LINK_SUM, LINK_ECC, 4, 1, U64}, {153, 470, FROM_LINK_SUM, LINK_ECC, 5, 1, U64},
    {154, 470, FROM_LINK_SUM, LINK_ECC, 6, 1, U64}, {155, 470, FROM_LINK_SUM, LINK_ECC, 7, 1, U64},
    {156, 470, FROM_LINK_SUM, LINK_ECC, 8, 1, U64}, {157, 470, FROM_LINK_SUM, LINK_ECC, 9, 1, U64},
    {158, 470, FROM_LINK_SUM, LINK_ECC, 10, 1, U64}, {159, 470, FROM_LINK_SUM, LINK_ECC, 11, 1, U64},
    {160, 470, FROM_LINK_SUM, LINK_ECC, -1, 1, U64},
    {161, 520, FROM_LINK, LINK_REPLAY, 0, 1, U64},
    {162, 520, FROM_LINK, LINK_RECOVERY, 0, 1, U64},
    {163, 520, FROM_LINK, LINK_CRC, 0, 1, U64},
    {164, 520, FROM_PROFILE, 0, 0, 1, U32},
    {165, 520, FROM_PROFILE, 0, 0, 1, U32},
    {166, 520, FROM_PROFILE, 0, 0, 1, U32},
    {167, 525, FROM_PROFILE, 0, 0, 1, U32},
    {169, 525, FROM_COUNTER, SIGNAL_PCIE_L0_TO_RECOVERY, 0, 1, U32},
    {170, 530, FROM_PROFILE, 0, 0, 1, U32},
    PCIE_COUNT(173, SIGNAL_PCIE_CORRECTABLE),
    PCIE_COUNT(174, SIGNAL_PCIE_NAKS_RECEIVED),
    PCIE_COUNT(175, SIGNAL_PCIE_RECEIVER_ERROR),
    PCIE_COUNT(176, SIGNAL_PCIE_BAD_TLP),
    PCIE_COUNT(177, SIGNAL_PCIE_NAKS_SENT),
    PCIE_COUNT(178, SIGNAL_PCIE_BAD_DLLP),
    PCIE_COUNT(179, SIGNAL_PCIE_NON_FATAL),
    PCIE_COUNT(180, SIGNAL_PCIE_FATAL),
    PCIE_COUNT(181, SIGNAL_PCIE_UNSUPPORTED_REQUEST),
    PCIE_COUNT(182, SIGNAL_PCIE_LCRC),
    PCIE_COUNT(183, SIGNAL_PCIE_LANE),
    {184, 535, FROM_PROFILE, 0, 0, 1, U32},
    {185, 535, FROM_GAUGE, SIGNAL_POWER, 0, 1000, U32},
    {186, 535, FROM_GAUGE, SIGNAL_POWER, 0, 1000, U32},
    {187, 535, FROM_PROFILE, 0, 0, 1, U32},
    {188, 535, FROM_PROFILE, 0, 0, 1, U32},
    {189, 535, FROM_PROFILE, 0, 0, 1, U32},
    {190, 535, FROM_GAUGE, SIGNAL_POWER_LIMIT, 0, 1000, U32},
    {191, 535, FROM_COUNTER, SIGNAL_ENERGY, 0, 1000, U64},
    {192, 535, FROM_GAUGE, SIGNAL_POWER_LIMIT, 0, 1000, U32},
    {193, 535, FROM_PROFILE, 0, 0, 1, I32},
    {194, 535, FROM_PROFILE, 0, 0, 1, I32},
    {196, 535, FROM_PROFILE, 0, 0, 1, I32},
};

static const struct field *find(unsigned id)
{
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (fields[i].id == id) return &fields[i];
    return NULL;
}

/* The first id that the driver's header does not have: 147 in 11.0 (450), 161 in 11.4 (470), 197 in 12.2 (535), 201 in 12.4
 * (550), 274 in 13.0 (580), 303 in 13.3 (610). */
static unsigned first_unknown_id(void)
{
    int driver = nvml_driver()->number;
    return driver >= 610 ? 303 : driver >= 580 ? 274 : driver >= 550 ? 201 : driver >= 535 ? 197 : driver >= 470 ? 161 : 147;
}

static nvmlReturn_t from_profile(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    const struct profile *p = &call->node->profile;
    bool scoped = field->id == 146 || (field->id >= 164 && field->id <= 168);
    if (scoped && scope >= p->link_count) return NVML_ERROR_INVALID_ARGUMENT;
    bool up = !scoped || gauge_now(call, signal_of_link((int)scope, LINK_STATE)) > 0;
    switch (field->id) {
    case 1: case 2: *value = 1; break;                                /* ECC on, now and after a reset */
    case 91: *value = p->link_count; break;
    case 146: *value = scope; break;                                  /* the switch port, numbered like the link */
    case 147: *value = p->link_count; break;
    case 164: *value = up ? p->link_speed : 0; break;
    case 165: *value = up; break;
    case 166: *value = p->link_version; break;
    case 167: *value = 0; break;                                      /* high power */
    case 170: case 184: *value = 0; break;                            /* no C2C, no reset-less MIG switch */
    case 187: *value = p->power_limit_min * 1000; break;
    case 188: *value = p->power_limit_max * 1000; break;
    /* Thresholds told as distances from the highest operating temperature: never above 0. */
    case 193: *value = p->temperature_gpu_max - p->temperature_shutdown; break;
    case 194: *value = p->temperature_gpu_max - p->temperature_slowdown; break;
    case 196: *value = 0; break;
    case 189: *value = p->power_limit_default * 1000; break;
    default: /* speed of a numbered link, or common to all */
        up = field->id == 90 || gauge_now(call, signal_of_link(field->what, LINK_STATE)) > 0;
        *value = up ? p->link_speed : 0;
    }
    return NVML_SUCCESS;
}

static nvmlReturn_t from_links(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    unsigned links = (unsigned)call->node->profile.link_count, first = 0, last = links;
    if (field->source == FROM_LINK_SUM && field->extra >= 0) scope = (unsigned)field->extra;
    bool all = field->source == FROM_LINK_SUM ? field->extra < 0 : field->source == FROM_LINK_FLOW && scope == ALL_LINKS;
    if (!all && scope >= links) return NVML_ERROR_INVALID_ARGUMENT;
    if (!all) {
        first = scope;
        last = scope + 1;
    }
    double sum = 0;
    for (unsigned link = first; link < last; link++)
        sum += floor(counter_now(call, signal_of_link((int)link, (enum link_field)field->what)) + 1e-6);
    *value = sum * field->scale;
    return NVML_SUCCESS;
}

static nvmlReturn_t evaluate(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    switch (field->source) {
    case FROM_GAUGE:
        if (field->id >= 185 && scope > 0) return NVML_ERROR_NOT_SUPPORTED; /* no module with a CPU */
        *value = round(gauge_now(call, field->what) * field->scale);
        return NVML_SUCCESS;
    case FROM_COUNTER: *value = counter_now(call, field->what) * field->scale; return NVML_SUCCESS;
    case FROM_LIFETIME: *value = counter_lifetime(call->node, call->gpu, field->what, call->now); return NVML_SUCCESS;
    case FROM_ECC_TOTAL: *value = (double)ecc_total(call, field->what == 1, field->extra == 1); return NVML_SUCCESS;
    case FROM_PROFILE: return from_profile(call, field, scope, value);
    default: return from_links(call, field, scope, value);
    }
}

static void read_field(const struct call *call, nvmlFieldValue_t *entry)
{
    const struct field *field = find(entry->fieldId);
    entry->timestamp = UNIX_MICROSECONDS(call);
    entry->latencyUsec = 0;
    entry->value.ullVal = 0;
    if (entry->fieldId == 0 || entry->fieldId >= first_unknown_id()) {
        entry->nvmlReturn = NVML_ERROR_INVALID_ARGUMENT;
        return;
    }
    double value = 0;
    entry->nvmlReturn = field == NULL || field->first_driver > nvml_driver()->number
                            ? NVML_ERROR_NOT_SUPPORTED
                            : evaluate(call, field, entry->scopeId, &value);
    if (entry->nvmlReturn != NVML_SUCCESS) return;
    entry->valueType = field->type;
    if (field->type == U64) entry->value.ullVal = whole(value);
    else if (field->type == I32) entry->value.siVal = (int)value;
    else entry->value.uiVal = (unsigned)(whole(value) & UINT32_MAX);
}

NVML_EXPORT nvmlReturn_t nvmlDeviceGetFieldValues(nvmlDevice_t device, int count, nvmlFieldValue_t *values)
{
    struct call call;
    nvmlReturn_t result = call_device(&call, FN_nvmlDeviceGetFieldValues, device, NEED_READING, count > 0 && values != NULL);
    if (result != NVML_SUCCESS) return result;
    for (int i = 0; i < count; i++) read_field(&call, &values[i]);
    return call_end(&call, NVML_SUCCESS);
}
