#include "check.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *install_dir;
static const char *wanted, *current;
static bool current_failed;
static int passed, failed;

void check_that(bool good, const char *file, int line, const char *what, const char *format, ...)
{
    if (good) return;
    va_list args;
    va_start(args, format);
    fprintf(stderr, "%s:%d: %s: %s ", file, line, current, what);
    vfprintf(stderr, format, args);
    fputc('\n', stderr);
    va_end(args);
    current_failed = true;
}

void test_case(const char *name, void (*body)(void))
{
    if (wanted != NULL && strstr(name, wanted) == NULL) return;
    current = name;
    current_failed = false;
    body();
    if (current_failed) {
        failed++;
        fprintf(stderr, "FAILED %s\n", name);
    } else {
        passed++;
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fprintf(stderr, "usage: native-tests DIR [PART-OF-A-NAME]\n");
        return 2;
    }
    install_dir = argv[1];
    wanted = argc > 2 ? argv[2] : NULL;
    unsetenv("FOREWARN_SIM_ROOT");
    grammar_tests();
    field_tests();
    card_tests();
    functions_since_555_tests();
    event_kinds_tests();
    layout_tests();
    symbol_tests();
    model_tests();
    counter_tests();
    reading_tests();
    fault_tests();
    event_tests();
    driver_tests();
    node_tests();
    mig_tests();
    profile_tests();
    range_tests();
    job_tests();
    gpm_tests();
    printf("%d passed, %d failed\n", passed, failed);
    return failed == 0 && passed > 0 ? 0 : 1;
}
