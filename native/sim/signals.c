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

static const struct signal_row link_rows[LINK_FIELD_COUNT] = {
#define LINK_FIELD(identifier, name, kind) {name, kind},
#include "link_fields.def"
#undef LINK_FIELD
};

const char *signal_name(enum signal signal)
{
    return rows[signal].name;
}

enum signal_kind signal_kind(int signal)
{
    if (signal_is_gpm(signal)) return GAUGE;
    if (!signal_is_link(signal)) return rows[signal].kind;
    return link_field_kind(signal_link_field(signal));
}

const char *link_field_name(enum link_field field)
{
    return link_rows[field].name;
}

enum signal_kind link_field_kind(enum link_field field)
{
    return link_rows[field].kind;
}

/* gpm.7: a metric by its number. */
static int gpm_find(const char *name, size_t length)
{
    int id = 0;
    if (length < 5 || length > 7 || memcmp(name, "gpm.", 4) != 0 || name[4] == '0') return -1;
    for (size_t i = 4; i < length; i++) {
        if (name[i] < '0' || name[i] > '9') return -1;
        id = 10 * id + name[i] - '0';
    }
    return id < GPM_METRIC_COUNT ? SIGNAL_GPM_FIRST + id : -1;
}

int signal_find(const char *name, size_t length)
{
    for (int i = 0; i < SIGNAL_FIXED_COUNT; i++)
        if (strlen(rows[i].name) == length && memcmp(rows[i].name, name, length) == 0) return i;
    return gpm_find(name, length);
}

int link_field_find(const char *name, size_t length)
{
    for (int i = 0; i < LINK_FIELD_COUNT; i++)
        if (strlen(link_rows[i].name) == length && memcmp(link_rows[i].name, name, length) == 0) return i;
    return -1;
}
