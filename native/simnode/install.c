#include "install.h"

#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool beside_executable(char *out, size_t size)
{
    ssize_t length = readlink("/proc/self/exe", out, size - 1);
    if (length <= 0) return false;
    out[length] = '\0';
    char *slash = strrchr(out, '/');
    if (slash == NULL) return false;
    *slash = '\0';
    return true;
}

static bool find(const char *folder, const char *name, const char *suffix, char *out, size_t size)
{
    char home[PATH_MAX];
    if (strchr(name, '/') != NULL || access(name, R_OK) == 0) {
        snprintf(out, size, "%s", name);
        return access(out, R_OK) == 0;
    }
    if (!beside_executable(home, sizeof home)) return false;
    int n = snprintf(out, size, "%s/%s/%s%s", home, folder, name, suffix);
    return n > 0 && (size_t)n < size && access(out, R_OK) == 0;
}

bool install_find_profile(const char *name_or_path, char *out, size_t size)
{
    return find("profiles", name_or_path, ".conf", out, size);
}

bool install_find_scenario(const char *name_or_path, char *out, size_t size)
{
    return find("scenarios", name_or_path, ".scenario", out, size);
}

bool install_find_driver(const char *generation, char *out, size_t size)
{
    char home[PATH_MAX];
    if (strchr(generation, '/') != NULL || !beside_executable(home, sizeof home)) return false;
    int n = snprintf(out, size, "%s/drivers/%s/libnvidia-ml.so.1", home, generation);
    return n > 0 && (size_t)n < size && access(out, R_OK) == 0;
}

const char *install_driver_version(const char *generation)
{
    static const struct {
        const char *generation, *version;
    } versions[] = {
#define DRIVER(symbol, branch, minor, generation, version, nvml, cuda) {generation, version},
#include "../nvml/drivers.def"
#undef DRIVER
    };
    for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
        if (strcmp(versions[i].generation, generation) == 0) return versions[i].version;
    return "";
}

int install_list(const char *folder, const char *suffix)
{
    char home[PATH_MAX], path[PATH_MAX + 32];
    struct dirent **entries = NULL;
    if (!beside_executable(home, sizeof home)) return 1;
    snprintf(path, sizeof path, "%s/%s", home, folder);
    int count = scandir(path, &entries, NULL, alphasort);
    if (count < 0) {
        perror(path);
        return 1;
    }
    for (int i = 0; i < count; i++) {
        size_t length = strlen(entries[i]->d_name), tail = strlen(suffix);
        if (length > tail && strcmp(entries[i]->d_name + length - tail, suffix) == 0)
            printf("%.*s\n", (int)(length - tail), entries[i]->d_name);
        free(entries[i]);
    }
    free(entries);
    return 0;
}
