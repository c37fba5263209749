/* Profiles that cannot be: refused with the line, not half obeyed. */
#include "../sim/node.h"
#include "check.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Loads a shipped profile with one line more; `*line` is the number of that one. */
static bool load_with(const char *name, const char *more, struct sim_error *error, unsigned *line)
{
    static struct profile profile;
    char shipped[512], path[] = "/tmp/forewarn-test-XXXXXX";
    snprintf(shipped, sizeof shipped, "%s/profiles/%s.conf", install_dir, name);
    FILE *from = fopen(shipped, "r"), *to = fdopen(mkstemp(path), "w");
    if (from == NULL || to == NULL) abort();
    *line = 1;
    for (int c; (c = fgetc(from)) != EOF; fputc(c, to)) *line += c == '\n';
    fprintf(to, "%s\n", more);
    fclose(from);
    fclose(to);
    *error = (struct sim_error){0};
    bool loaded = profile_load(path, &profile, error);
    unlink(path);
    return loaded;
}

static void a_layout_that_cannot_be_made_is_refused(void)
{
    static const struct {
        const char *profile, *line, *reason;
    } bad[] = {
        {"h100-8-mig", "mig gpu 7 1g.99gb", "gpu 7, 1g.99gb: the profile of the node has no such kind"},
        {"h100-8-mig", "mig gpu 7 3g.40gb/4294967295c", "no instance such as"},
        {"h100-8-mig", "mig gpu 7 3g.40gb/0c", "no instance such as"},
        {"h100-8-mig", "mig gpu 7 3g.40gb/2c/2c", "there is no room"},
        {"h100-8-mig", "mig gpu 7 4g.40gb 4g.40gb", "there is no room"},
        {"h100-8-mig", "mig gpu 7 \"1g.10gb\"", "no instance such as"},
        {"h100-8-mig", "mig gpu 1 1g.10gb", "gpu 1 has its layout in line"},
        {"h100-8-mig", "mig profile 5 id 3 \"2g.30gb\" slices 2 count 1 sm 32 copy 2 decoder 2 encoder 0 jpeg 2 ofa 0 memory 1GiB size 3 at 0 6",
         "3 slices from 6 on are beyond the 8 of a card"},
        {"t4-4", "mig gpu 1 1g.10gb", "no 'mig profile' line"},
        {"t4-4", "mig gpu 5", "the profile has no such gpu"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct sim_error error;
        unsigned line;
        bool loaded = load_with(bad[i].profile, bad[i].line, &error, &line);
        check_that(!loaded && error.line == line && strstr(error.text, bad[i].reason) != NULL, __FILE__, __LINE__, bad[i].line,
                   "loaded=%d line %u of %u '%s'", loaded, error.line, line, error.text);
    }
}

static void a_layout_with_a_hole_is_good(void)
{
    struct sim_error error;
    unsigned line;
    bool loaded = load_with("h100-8-mig", "mig gpu 7 - 3g.40gb/1c/2c - 2g.20gb", &error, &line);
    check_that(loaded, __FILE__, __LINE__, "a layout with holes", "'%s'", error.text);
}

void profile_tests(void)
{
    test_case("profile: a layout that cannot be made is refused", a_layout_that_cannot_be_made_is_refused);
    test_case("profile: a layout with a hole is good", a_layout_with_a_hole_is_good);
}
