/* nvmlDeviceGetFieldValues: each entry answers for itself. An id that the driver's header lacks is an INVALID_ARGUMENT, one
 * that the card has no use for NOT_SUPPORTED. */
#include "fields.h"

#include "ecc.h"

#include <math.h>

#define ALL_LINKS 0xFFFFFFFFu
#define NVLINK_5 7         /* NVML_NVLINK_VERSION_5_0 */
#define BER_OF_NO_ERROR 0xFFFu

enum architecture { AMPERE = 7, HOPPER = 9, BLACKWELL = 10 }; /* nvmlDeviceArchitecture_t */
enum power_scope { SCOPE_GPU, SCOPE_MODULE, SCOPE_BASE };              /* NVML_POWER_SCOPE_*; the last for limits alone */

static bool card_has(const struct call *call, const struct field *field)
{
    const struct profile *p = &call->node->profile;
    switch (field->need) {
    case OF_OFFERED: return signal_offered(call->node, call->gpu, field->what, call->now);
    case OF_OLD_LINKS: return p->link_count > 0 && p->link_version < NVLINK_5;
    case OF_LINKS: return p->link_count > 0;
    case OF_LINK_5: return p->link_version >= NVLINK_5;
    case OF_PAGES: return p->remap_banks == 0;
    case OF_ROWS: return p->remap_banks > 0 && mig_of(call)->instance_count == 0; /* not while instances exist, nvml.h */
    case OF_MEMORY_SENSOR: return p->temperature_memory_max > 0;
    case OF_AMPERE: return p->architecture >= AMPERE;
    case OF_HOPPER: return p->architecture >= HOPPER;
    case OF_BLACKWELL: return p->architecture >= BLACKWELL;
    case OF_C2C: return p->c2c_links > 0;
    default: return true;
    }
}

/* Exponent in bits 0 to 7, mantissa in bits 8 to 11: mantissa x 10^-exponent. */
static unsigned ber_code(double ber)
{
    if (ber <= 0) return BER_OF_NO_ERROR;
    int exponent = (int)ceil(-log10(ber));
    if (exponent > 255) return BER_OF_NO_ERROR;
    if (exponent < 0) exponent = 0;
    long mantissa = lround(ber * pow(10, exponent));
    if (mantissa >= 10 && exponent > 0) {
        mantissa = 1;
        exponent--;
    }
    return (unsigned)(mantissa < 1 ? 1 : mantissa > 15 ? 15 : mantissa) << 8 | (unsigned)exponent;
}

static bool link_up(const struct call *call, unsigned link)
{
    return gauge_now(call, signal_of_link((int)link, LINK_STATE)) > 0;
}

static nvmlReturn_t from_profile(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    const struct profile *p = &call->node->profile;
    bool scoped = field->id == 146 || (field->id >= 164 && field->id <= 167) || field->id == 296;
    if (scoped && scope >= p->link_count) return NVML_ERROR_INVALID_ARGUMENT;
    bool up = !scoped || link_up(call, scope);
    switch (field->id) {
    case 1: case 2: *value = 1; break;                                /* ECC on, now and after a reset */
    case 91: *value = p->link_count; break;
    /* Which kind of error made a page wait for its retirement is not told apart: both do. */
    case 92: case 93: *value = gauge_now(call, SIGNAL_PAGES_PENDING) > 0; break;
    case 146: *value = scope; break;                                  /* the switch port, numbered like the link */
    case 147: *value = p->link_count; break;
    case 164: case 296: *value = up ? p->link_speed : 0; break;
    case 165: *value = up; break;
    case 166: *value = p->link_version; break;
    case 167: *value = 0; break;                                      /* high power */
    case 170: *value = p->c2c_links; break;
    case 172:
        if (scope >= p->c2c_links) return NVML_ERROR_INVALID_ARGUMENT;
        *value = p->c2c_speed;
        break;
    case 184: *value = p->architecture >= HOPPER; break;              /* the MIG mode changes without a reset, as sim/mig.c does it */
    case 199: *value = p->architecture >= BLACKWELL; break;
    case 200: *value = 8191; break;                                   /* most and least of the low-power threshold; own choice */
    case 223: *value = 1; break;
    case 224: *value = p->link_version >= NVLINK_5; break;            /* units of 50 us, of 100 us before */
    case 225: *value = 1; break;
    case 228: case 229: *value = 0x3F; break;                         /* fetch-add, swap, compare-and-swap of 32 and 64 bits */
    default: /* speed of a numbered link, or common to all */
        if (field->id != 90 && field->what >= (int)p->link_count) return NVML_ERROR_INVALID_ARGUMENT;
        *value = field->id == 90 || link_up(call, (unsigned)field->what) ? p->link_speed : 0;
    }
    return NVML_SUCCESS;
}

static nvmlReturn_t from_power(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    const struct profile *p = &call->node->profile;
    bool limit = field->id >= 187 && field->id != 191;
    if (scope > SCOPE_BASE) return NVML_ERROR_INVALID_ARGUMENT;
    if (scope == SCOPE_MODULE && p->module_power <= 0) return NVML_ERROR_NOT_SUPPORTED;
    if (scope == SCOPE_BASE && (!limit || p->architecture < BLACKWELL)) return NVML_ERROR_NOT_SUPPORTED;
    double cpu = scope == SCOPE_MODULE ? p->module_power : 0, seconds = 1;
    switch (field->id) {
    case 187: *value = p->power_limit_min; break;
    case 188: *value = p->power_limit_max; break;
    case 189: *value = p->power_limit_default; break;
    case 191:
        *value = counter_now(call, SIGNAL_ENERGY);
        seconds = (double)(call->now - call->node->gpus[call->gpu].counting_since) / 1e9;
        break;
    default:
        if (field->what == SIGNAL_POWER && scope == SCOPE_MODULE) {
            *value = round(gauge_now(call, SIGNAL_POWER_MODULE) * 1000);
            return NVML_SUCCESS;
        }
        *value = gauge_now(call, field->what);
    }
    *value = (*value + cpu * seconds) * 1000; /* milliwatts, millijoules */
    if (field->type != NVML_VALUE_TYPE_UNSIGNED_LONG_LONG) *value = round(*value);
    return NVML_SUCCESS;
}

static double count_of_link(const struct call *call, unsigned link, int field)
{
    return floor(counter_now(call, signal_of_link((int)link, (enum link_field)field)) + 1e-6);
}

static nvmlReturn_t from_links(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    unsigned links = (unsigned)call->node->profile.link_count, first = 0, last = links;
    if (field->source == FROM_LINK_SUM && field->extra >= 0) scope = (unsigned)field->extra;
    bool all = field->source == FROM_LINK_SUM ? field->extra < 0 : field->source == FROM_LINK_FLOW && scope == ALL_LINKS;
    if (!all && scope >= links) return NVML_ERROR_INVALID_ARGUMENT;
    if (field->source == FROM_LINK_BER) {
        *value = ber_code(gauge_now(call, signal_of_link((int)scope, (enum link_field)field->what)));
        return NVML_SUCCESS;
    }
    if (!all) {
        first = scope;
        last = scope + 1;
    }
    double sum = 0;
    for (unsigned link = first; link < last; link++) sum += count_of_link(call, link, field->what);
    if (field->source == FROM_LINK_PAIR) sum += count_of_link(call, scope, field->extra);
    *value = sum * field->scale;
    return NVML_SUCCESS;
}

static nvmlReturn_t evaluate(const struct call *call, const struct field *field, unsigned scope, double *value)
{
    switch (field->source) {
    case FROM_GAUGE: *value = round(gauge_now(call, field->what) * field->scale); return NVML_SUCCESS;
    case FROM_COUNTER: *value = counter_now(call, field->what) * field->scale; return NVML_SUCCESS;
    case FROM_LIFETIME: *value = counter_lifetime(call->node, call->gpu, field->what, call->now); return NVML_SUCCESS;
    case FROM_ECC_TOTAL: *value = (double)ecc_total(call, field->what == 1, field->extra == 1); return NVML_SUCCESS;
    case FROM_POWER: return from_power(call, field, scope, value);
    case FROM_C2C:
        if (scope >= call->node->profile.c2c_links) return NVML_ERROR_INVALID_ARGUMENT;
        *value = signal_kind(field->what) == GAUGE ? gauge_now(call, field->what) : counter_now(call, field->what);
        return NVML_SUCCESS;
    case FROM_LANE:
        if (scope >= call->node->profile.pcie_width) return NVML_ERROR_INVALID_ARGUMENT;
        *value = scope == 0 ? counter_now(call, field->what) : 0; /* the one count of the simulation is that of the first lane */
        return NVML_SUCCESS;
    case FROM_PROFILE: return from_profile(call, field, scope, value);
    default: return from_links(call, field, scope, value);
    }
}

static void read_field(const struct call *call, nvmlFieldValue_t *entry)
{
    const struct field *field = field_find(entry->fieldId);
    entry->timestamp = UNIX_MICROSECONDS(call);
    entry->latencyUsec = 0;
    entry->value.ullVal = 0;
    if (!field_in_header(entry->fieldId)) {
        entry->nvmlReturn = NVML_ERROR_INVALID_ARGUMENT;
        return;
    }
    double value = 0;
    bool there = field != NULL && field->first_driver <= nvml_driver()->number && card_has(call, field);
    entry->nvmlReturn = there ? evaluate(call, field, entry->scopeId, &value) : NVML_ERROR_NOT_SUPPORTED;
    if (entry->nvmlReturn != NVML_SUCCESS) return;
    entry->valueType = field->type;
    if (field->type == NVML_VALUE_TYPE_UNSIGNED_LONG_LONG) entry->value.ullVal = whole(value);
    else if (field->type == NVML_VALUE_TYPE_SIGNED_INT) entry->value.siVal = (int)value;
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
