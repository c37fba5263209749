/* Files under the node's root, each replaced whole so that a reader never sees half of one. */
#include "install.h"
#include "simnode.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <ftw.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static bool full_path(const struct simnode *s, const char *path, char *out, size_t size)
{
    int n = snprintf(out, size, "%s/%s", s->node.root, path);
    return n > 0 && (size_t)n < size;
}

bool trees_directory(const struct simnode *s, const char *path)
{
    char full[PATH_MAX];
    if (!full_path(s, path, full, sizeof full)) return false;
    for (char *slash = strchr(full + strlen(s->node.root) + 1, '/');; slash = strchr(slash + 1, '/')) {
        if (slash != NULL) *slash = '\0';
        if (mkdir(full, 0755) != 0 && errno != EEXIST) return false;
        if (slash == NULL) return true;
        *slash = '/';
    }
}

static bool same_content(const char *path, const char *text, size_t length)
{
    char held[4096];
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return false;
    ssize_t got = read(fd, held, sizeof held);
    close(fd);
    return got >= 0 && (size_t)got == length && memcmp(held, text, length) == 0;
}

bool trees_file(const struct simnode *s, const char *path, const char *format, ...)
{
    char text[4096], full[PATH_MAX], fresh[PATH_MAX + 8];
    va_list args;
    va_start(args, format);
    int length = vsnprintf(text, sizeof text, format, args);
    va_end(args);
    if (length < 0 || (size_t)length >= sizeof text || !full_path(s, path, full, sizeof full)) return false;
    if (same_content(full, text, (size_t)length)) return true;
    snprintf(fresh, sizeof fresh, "%s.new", full);
    int fd = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (fd < 0) return false;
    bool written = write(fd, text, (size_t)length) == length;
    close(fd);
    return written && rename(fresh, full) == 0;
}

static int remove_entry(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

void trees_remove(const struct simnode *s, const char *path)
{
    char full[PATH_MAX];
    if (full_path(s, path, full, sizeof full)) nftw(full, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

void trees_library(const struct simnode *s)
{
    char link[PATH_MAX], fresh[PATH_MAX + 8], target[PATH_MAX], held[PATH_MAX];
    full_path(s, "lib/libnvidia-ml.so.1", link, sizeof link);
    if (!s->node.driver.library_present) {
        unlink(link);
        return;
    }
    if (!install_find_driver(s->node.driver.library, target, sizeof target)) return;
    ssize_t length = readlink(link, held, sizeof held - 1);
    if (length > 0 && (size_t)length == strlen(target) && memcmp(held, target, (size_t)length) == 0) return;
    snprintf(fresh, sizeof fresh, "%s.new", link);
    unlink(fresh);
    if (symlink(target, fresh) == 0 && rename(fresh, link) != 0) unlink(fresh);
}
