#include "signals.h"

#include <string.h>

struct signal_row {
    const char *name;
    enum signal_kind kind;
};

static const struct signal_row rows[SIGNAL_FIXED_COUNT] = {
#define SIGNAL(identifier, name, kind) {name, kind},
#include "signals.def"
#undef SIGNAL
};

static const char *const link_fields[LINK_FIELD_COUNT] = {"state", "replay", "recovery", "crc",
                                                          "crc_data", "ecc", "tx", "rx"};

const char *signal_name(enum signal signal)
{
    return rows[signal].name;
}

enum signal_kind signal_kind(int signal)
{
    if (!signal_is_link(signal)) return rows[signal].kind;
    return signal_link_field(signal) == LINK_STATE ? GAUGE : VOLATILE;
}

int signal_find(const char *name, size_t length)
{
    for (int i = 0; i < SIGNAL_FIXED_COUNT; i++)
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) return i;
    return -1;
}

int link_field_find(const char *name, size_t length)
{
    for (int i = 0; i < LINK_FIELD_COUNT; i++)
        if (strlen(link_fields[i]) == length && memcmp(link_fields[i], name, length) == 0) return i;
    return -1;
}
