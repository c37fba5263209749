#include "install.h"
#include "simnode.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

#define DEFAULT_PROFILE "h100-8"

void print_complaint(void *path, const struct sim_error *error)
{
    fprintf(stderr, "%s:%u:%u: %s\n", (const char *)path, error->line, error->column, error->text);
}

/* All errors of a scenario, each with line and column; exit 2 when there are any. */
int simnode_check(const char *path)
{
    struct scenario scenario;
    char found[PATH_MAX], profile_path[PATH_MAX];
    struct profile profile;
    struct sim_error error = {0};
    if (!install_find_scenario(path, found, sizeof found) || scenario_peek(found, &scenario) < 0) {
        fprintf(stderr, "%s: %s\n", path, strerror(errno));
        return 2;
    }
    const char *name = scenario.profile[0] != '\0' ? scenario.profile : DEFAULT_PROFILE;
    if (!install_find_profile(name, profile_path, sizeof profile_path)) {
        fprintf(stderr, "%s: no profile '%s'\n", path, name);
        scenario_free(&scenario);
        return 2;
    }
    char driver[sizeof scenario.driver];
    snprintf(driver, sizeof driver, "%s", scenario.driver);
    scenario_free(&scenario);
    if (!profile_load(profile_path, &profile, &error)) {
        print_complaint(profile_path, &error);
        return 2;
    }
    int errors = scenario_load(found, profile.gpu_count, &scenario, print_complaint, (void *)path);
    errors += scenario_driver_errors(&profile, &scenario, path);
    scenario_free(&scenario);
    if (driver[0] != '\0' && !driver_serves(&profile, driver)) {
        fprintf(stderr, "%s: %s needs driver r%.0f or later, not %s\n", path, profile.product, profile.driver_minimum, driver);
        errors++;
    }
    return errors == 0 ? 0 : 2;
}
