/* Which driver generations a card works with: none older than the branch that first knew it. */
#include "simnode.h"

#include <stdlib.h>

bool driver_serves(const struct profile *profile, const char *generation)
{
    return atof(generation + 1) >= profile->driver_minimum; /* r535-86: the branch stands before the minus */
}

int scenario_driver_errors(const struct profile *profile, const struct scenario *scenario, const char *path)
{
    int errors = 0;
    for (size_t i = 0; i < scenario->count; i++) {
        const struct scenario_line *line = &scenario->lines[i];
        if (line->driver[0] == '\0' || driver_serves(profile, line->driver)) continue;
        fprintf(stderr, "%s:%u:1: %s needs driver r%.0f or later, not %s\n", path, line->line, profile->product,
                profile->driver_minimum, line->driver);
        errors++;
    }
    return errors;
}
