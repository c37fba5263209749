/* What is installed beside the executable: profiles, scenarios, driver libraries. */
#ifndef FOREWARN_SIMNODE_INSTALL_H
#define FOREWARN_SIMNODE_INSTALL_H

#include <stdbool.h>
#include <stddef.h>

struct driver_versions {
    char driver[32]; /* 550.163.01 */
};

bool install_find_profile(const char *name_or_path, char *out, size_t size);
bool install_find_scenario(const char *name_or_path, char *out, size_t size);
/* The library file of a driver generation; false when it is not installed. */
bool install_find_driver(const char *generation, char *out, size_t size);
/* The version string that belongs to a generation, "" when unknown. */
const char *install_driver_version(const char *generation);
/* Prints the names in a folder beside the executable that end in `suffix`, sorted. Returns an exit code. */
int install_list(const char *folder, const char *suffix);

#endif
