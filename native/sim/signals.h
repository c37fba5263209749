/* What can be measured on a simulated GPU, and so what a scenario can bend. */
#ifndef FOREWARN_SIM_SIGNALS_H
#define FOREWARN_SIM_SIGNALS_H

#include <stdbool.h>
#include <stddef.h>

#define SIM_MAX_GPUS 16
#define SIM_MAX_LINKS 18 /* NVLink 4: NVML_NVLINK_MAX_LINKS since driver 520, nvml.h 12.0 */

enum signal_kind { GAUGE, VOLATILE, STORED };

enum signal {
#define SIGNAL(identifier, name, kind) SIGNAL_##identifier,
#include "signals.def"
#undef SIGNAL
    SIGNAL_FIXED_COUNT
};

/* Every NVLink has the same few signals; they follow the fixed ones, link by link. */
enum link_field {
#define LINK_FIELD(identifier, name, kind) LINK_##identifier,
#include "link_fields.def"
#undef LINK_FIELD
    LINK_FIELD_COUNT
};

/* Last the metrics of GPM, by their NVML numbers: levels of the time between two samples. */
#define SIGNAL_GPM_FIRST (SIGNAL_FIXED_COUNT + SIM_MAX_LINKS * LINK_FIELD_COUNT)
#define GPM_METRIC_COUNT 333 /* NVML_GPM_METRIC_MAX of driver 595, nvml.h */
#define SIGNAL_COUNT (SIGNAL_GPM_FIRST + GPM_METRIC_COUNT)

/* One range for a field of all links. */
#define RANGE_OF_GPM (SIGNAL_FIXED_COUNT + LINK_FIELD_COUNT)
#define RANGE_COUNT (RANGE_OF_GPM + GPM_METRIC_COUNT)

static inline int signal_of_link(int link, enum link_field field)
{
    return SIGNAL_FIXED_COUNT + link * LINK_FIELD_COUNT + (int)field;
}

static inline bool signal_is_link(int signal)
{
    return signal >= SIGNAL_FIXED_COUNT && signal < SIGNAL_GPM_FIRST;
}

static inline enum link_field signal_link_field(int signal)
{
    return (enum link_field)((signal - SIGNAL_FIXED_COUNT) % LINK_FIELD_COUNT);
}

static inline int signal_link(int signal)
{
    return (signal - SIGNAL_FIXED_COUNT) / LINK_FIELD_COUNT;
}

static inline bool signal_is_gpm(int signal)
{
    return signal >= SIGNAL_GPM_FIRST;
}

const char *signal_name(enum signal signal); /* of a fixed one */
const char *link_field_name(enum link_field field);
enum signal_kind signal_kind(int signal);
/* -1 when there is no such signal. */
int signal_find(const char *name, size_t length);
/* A field of a link by name (crc, replay, …); -1 when there is none. */
int link_field_find(const char *name, size_t length);
enum signal_kind link_field_kind(enum link_field field);

#endif
