/* One field value as the table knows it: where it comes from, on which cards, since which driver. */
#ifndef FOREWARN_NVML_FIELDS_H
#define FOREWARN_NVML_FIELDS_H

#include "call.h"

enum field_source {
    FROM_GAUGE,      /* a signal times `scale` */
    FROM_COUNTER,
    FROM_LIFETIME,   /* infoROM */
    FROM_LINK,       /* a count of the link in scopeId */
    FROM_LINK_SUM,   /* of one link by id when `extra` >= 0, else of all */
    FROM_LINK_FLOW,  /* like FROM_LINK, 0xFFFFFFFF sums over all links */
    FROM_LINK_PAIR,  /* two counts of the link in scopeId together; the second is `extra` */
    FROM_LINK_BER,   /* a bit error rate of the link in scopeId, as NVML codes it */
    FROM_ECC_TOTAL,  /* `what`: 0 corrected, 1 uncorrected; `extra`: 1 aggregate */
    FROM_POWER,      /* a power or limit in the scope of scopeId: the card, or the module with its CPU */
    FROM_C2C,        /* a signal for every chip-to-chip link in scopeId */
    FROM_LANE,       /* a count of the PCIe lane in scopeId */
    FROM_PROFILE,    /* special cases by id */
};

/* What a card must have for a field to mean something on it. */
enum field_need {
    OF_ALL,
    OF_OFFERED,     /* as the profile says of the signal, or a line of a scenario: signal_offered */
    OF_OLD_LINKS,   /* NVLink up to 4: the fifth counts otherwise, nvml.h 12.8 */
    OF_LINKS,
    OF_LINK_5,
    OF_PAGES,       /* retired pages: before Ampere */
    OF_ROWS,        /* remapped rows: since Ampere */
    OF_MEMORY_SENSOR,
    OF_AMPERE,      /* and younger; likewise below */
    OF_HOPPER,
    OF_BLACKWELL,
    OF_C2C,
};

struct field {
    unsigned id;
    int first_driver; /* branch */
    enum field_need need;
    enum field_source source;
    int what;
    int extra;
    double scale;
    nvmlEnum type;
};

/* NULL when the id means nothing here. Of a known id the driver may yet be too old: `first_driver`. */
const struct field *field_find(unsigned id);
/* Whether the driver's header names the id at all. */
bool field_in_header(unsigned id);

#endif
