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

static void a_range_that_cannot_be_is_refused(void)
{
    static const struct {
        const char *line, *reason;
    } bad[] = {
        {"range temperature.gpu 20 80", "temperature.gpu has its range in line"},
        {"range temperature.nose 20 80", "no signal 'temperature.nose'"},
        {"range link.nose 0 0", "no signal 'link.nose'"},
        {"range gpm.333 0 0", "no signal 'gpm.333'"},
        {"range nose* 0 0", "no signal 'nose*'"},
        {"range clock.s* 80 20", "a range cannot end below its beginning"},
        {"range clock.s* 80", "expected a number"},
        {"range clock.s* hot cold", "'hot' is not a number"},
        {"range clock.* 0 80 90", "unexpected '90'"},
        {"range clock.* none 80", "unexpected '80'"},
        {"range", "expected the name of a signal"},
        {"gpm 2 share 1.5", "a share is a number from 0 to 1"},
        {"gpm 333 share 1", "'333' is no GPM metric from 1 to 332"},
        {"gpm 2 part 1", "expected: gpm ID share PART"},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct sim_error error;
        unsigned line;
        bool loaded = load_with("h100-8", bad[i].line, &error, &line);
        check_that(!loaded && error.line == line && strstr(error.text, bad[i].reason) != NULL, __FILE__, __LINE__, bad[i].line,
                   "loaded=%d line %u of %u '%s'", loaded, error.line, line, error.text);
    }
}

/* A line for fewer signals wins, wherever it stands; a signal that no line names is an error. */
static void ranges_add_up(void)
{
    struct ranges ranges = {0};
    struct sim_error error = {0};
    static const char *const lines[] = {"link.tx 3 4", "link.* 1 2", "gpm.62-97 5 6", "gpm.* none", "gpm.70 7 8"};
    for (unsigned i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct words w;
        words_start(&w, lines[i], strlen(lines[i]), i + 1, &error);
        check_that(ranges_parse(&w, &ranges), __FILE__, __LINE__, lines[i], "%s", error.text);
    }
    CHECK_EQ(ranges.of[range_index(signal_of_link(7, LINK_TX))].low, 3);
    CHECK_EQ(ranges.of[range_index(signal_of_link(0, LINK_RX))].high, 2);
    CHECK_EQ(ranges.of[range_index(SIGNAL_GPM_FIRST + 97)].low, 5);
    CHECK_EQ(ranges.of[range_index(SIGNAL_GPM_FIRST + 70)].high, 8);
    CHECK(ranges.of[range_index(SIGNAL_GPM_FIRST + 98)].none && !ranges.of[range_index(SIGNAL_GPM_FIRST + 62)].none);
    CHECK(!ranges_complete(&ranges, 9, &error));
    check_that(error.line == 9 && strcmp(error.text, "no range line for temperature.gpu") == 0, __FILE__, __LINE__, "the first that is missing",
               "'%s'", error.text);
}

void profile_tests(void)
{
    test_case("profile: a range that cannot be is refused", a_range_that_cannot_be_is_refused);
    test_case("profile: ranges add up", ranges_add_up);
    test_case("profile: a layout that cannot be made is refused", a_layout_that_cannot_be_made_is_refused);
    test_case("profile: a layout with a hole is good", a_layout_with_a_hole_is_good);
}
